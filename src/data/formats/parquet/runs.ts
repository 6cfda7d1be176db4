/**
 * Walks the runs of parquet's hybrid of run lengths and packed bits before they are decoded: a run of a few bytes can claim
 * thousands of millions of values.
 * @param bytes those of the runs and nothing after them that they may reach
 * @param width bits of a value, at least 1
 * @param values the most there are; fewer are no fault, since absent values have no place in the runs
 * @throws Error if the runs are cut off or claim more values than there are
 */
export function checkRuns(bytes: Uint8Array, width: number, values: number): void {
  let at = 0;
  let seen = 0;
  while (seen < values && at < bytes.length) {
    const [header, next] = varint(bytes, at);
    const isPacked = header % 2 === 1;
    const count = Math.floor(header / 2) * (isPacked ? 8 : 1);
    at = next + (isPacked ? (count / 8) * width : Math.ceil(width / 8));
    if (at > bytes.length) throw new Error('a run that is cut off');
    seen += count;
    if (seen > values + (isPacked ? 7 : 0)) throw new Error('runs of more values than the page has');
  }
}

/** A number of at most 32 bits, seven of them in a byte, and where the next begins. */
function varint(bytes: Uint8Array, start: number): readonly [value: number, next: number] {
  let value = 0;
  for (let i = 0; i < 5 && start + i < bytes.length; i++) {
    const byte = bytes[start + i];
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return [value, start + i + 1];
  }
  throw new Error('a run that is cut off');
}

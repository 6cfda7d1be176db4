/** Writes numbers bit by bit, the lowest bit of each byte first. */
export class BitWriter {
  private readonly bytes: number[] = [];
  private used = 0;

  /** The low `count` bits of an unsigned number, 32 at most, the lowest first. */
  bits(value: number, count: number): void {
    for (let rest = value, left = count; left > 0; ) {
      if (this.used === 0) this.bytes.push(0);
      const take = Math.min(8 - this.used, left);
      this.bytes[this.bytes.length - 1] |= (rest & ((1 << take) - 1)) << this.used;
      this.used = (this.used + take) & 7;
      rest >>>= take;
      left -= take;
    }
  }

  /** Golomb-Rice: value / 2^k in ones, a zero, and the k bits that remain; after `limit` ones, 32 plain bits. */
  rice(value: number, k: number, limit: number): void {
    const ones = value >>> k;
    const isPlain = ones >= limit;
    const count = Math.min(ones, limit);
    this.bits(2 ** count - 1, isPlain ? count : count + 1);
    this.bits(value, isPlain ? 32 : k);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

/** The k that makes Golomb-Rice shortest for some numbers. */
export function bestRice(values: ArrayLike<number>, limit: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let k = 0; k < 24; k++) {
    let bits = 0;
    for (let i = 0; i < values.length; i++) {
      const ones = values[i] >>> k;
      bits += ones < limit ? ones + 1 + k : limit + 32;
    }
    if (bits < least) [best, least] = [k, bits];
  }
  return best;
}

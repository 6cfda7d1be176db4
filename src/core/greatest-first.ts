/** Positions of unsigned numbers of 32 bits, the greatest first, equal ones in their order: a radix sort. */
export function greatestFirst(numbers: Uint32Array): Uint32Array {
  let order = numbers.map((_, position) => position);
  let next = order.slice();
  for (let shift = 0; shift < 32; shift += 8) {
    const digitOf = (number: number) => 255 - ((number >>> shift) & 255);
    const starts = new Uint32Array(257);
    for (const number of numbers) starts[digitOf(number) + 1]++;
    for (let digit = 0; digit < 256; digit++) starts[digit + 1] += starts[digit];
    for (const position of order) next[starts[digitOf(numbers[position])]++] = position;
    [order, next] = [next, order];
  }
  return order;
}

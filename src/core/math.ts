/** Sums, means, deviations, counts and orders of lists of numbers. */

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** 0 of none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}

/** Standard deviation, n − 1 in the denominator; 0 of one value. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - center) ** 2)) / (values.length - 1));
}

/** How many numbers of some tensors are not zero. */
export function countNonzeros(tensors: readonly ArrayLike<number>[]): number {
  let count = 0;
  for (const tensor of tensors) {
    for (let i = 0; i < tensor.length; i++) if (tensor[i] !== 0) count++;
  }
  return count;
}

/** Positions of unsigned numbers of 32 bits, the greatest first, equal ones in their order: a radix sort. */
export function greatestFirst(numbers: Uint32Array): Uint32Array {
  const { length } = numbers;
  let order = new Uint32Array(length);
  for (let position = 0; position < length; position++) order[position] = position;
  let next = new Uint32Array(length);
  for (let shift = 0; shift < 32; shift += 8) {
    const starts = digitStarts(numbers, shift);
    for (let i = 0; i < length; i++) {
      const position = order[i];
      next[starts[255 - ((numbers[position] >>> shift) & 255)]++] = position;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Where the numbers with each digit begin, the greatest digit first. */
function digitStarts(numbers: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(257);
  for (let i = 0; i < numbers.length; i++) starts[256 - ((numbers[i] >>> shift) & 255)]++;
  for (let digit = 0; digit < 256; digit++) starts[digit + 1] += starts[digit];
  return starts;
}

/** A number to so many digits after the point. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

import { describe, expect, it } from 'vitest';
import { greatestFirst } from './math.js';

describe('greatestFirst', () => {
  it('gives equal numbers in their order', () => {
    expect([...greatestFirst(Uint32Array.of(3, 0, 7, 3, 0xffffffff, 0, 7))]).toEqual([4, 2, 6, 0, 3, 1, 5]);
  });

  it('sorts as a stable sort with a comparison does', () => {
    const numbers = Uint32Array.from({ length: 2000 }, (_, i) => ((i * 2654435761) >>> 0) % 997);
    const expected = [...numbers.keys()].sort((a, b) => numbers[b] - numbers[a]);
    expect([...greatestFirst(numbers)]).toEqual(expected);
  });

  it('has nothing to sort in an empty array', () => {
    expect(greatestFirst(new Uint32Array())).toHaveLength(0);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packPositions } from './packed-positions.js';

const COARSE = Infinity;

/** The step, and the multiples of it. */
function multiplesOf(positions: Float32Array): { readonly step: number; readonly multiples: readonly number[] } {
  const { bytes } = packPositions(positions, 3, COARSE);
  const step = new Float32Array(bytes.buffer, 4, 1)[0];
  return { step, multiples: [...new Int16Array(bytes.buffer, 8)] };
}

test('multiples are the nearest ones, halves upwards, of either sign', () => {
  const halves = Array.from({ length: 65000 }, (_, i) => i - 32500 + 0.5);
  const { step, multiples } = multiplesOf(Float32Array.from([32766.96875, ...halves]));
  expect(step).toBe(1);
  expect(multiples.slice(1)).toEqual(halves.map((half) => half + 0.5));
});

test('multiples are those that a division gives', () => {
  const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 });
  const near = fc
    .tuple(fc.float({ min: Math.fround(0.1), max: 10, noNaN: true }), values)
    .map(([far, others]) => [far, ...others.map((value) => far * (value % 1))]);
  fc.assert(
    fc.property(fc.oneof(values, near), (numbers) => {
      const positions = Float32Array.from(numbers);
      const { step, multiples } = multiplesOf(positions);
      expect(multiples).toEqual([...Int16Array.from(positions, (value) => Math.round(value / step))]);
    }),
    { examples: [[[Math.fround(-3.7e-37)]]] },
  );
});

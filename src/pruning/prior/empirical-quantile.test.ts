import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import { cumulate, MAGNITUDE_BINS, MAGNITUDE_RANGE, magnitudeQuantile, massBelow } from './empirical-quantile.js';

const WIDTH = MAGNITUDE_RANGE / MAGNITUDE_BINS;

function countsOf(values: readonly number[]): Float64Array {
  const masses = new Float64Array(MAGNITUDE_BINS);
  for (const value of values) masses[Math.min(Math.floor(Math.abs(value) / WIDTH), MAGNITUDE_BINS - 1)]++;
  return cumulate(masses);
}

test('by hand: four latents in one bin, one in another', () => {
  const below = countsOf([3.2, 3.2, 3.2, 3.2, 5].map((bin) => bin * WIDTH));
  expect(magnitudeQuantile(below, 0.4)).toBeCloseTo(3.5 * WIDTH, 12);
  expect(magnitudeQuantile(below, 0.9)).toBeCloseTo(5.5 * WIDTH, 12);
  expect(massBelow(below, 3.5 * WIDTH)).toBeCloseTo(2, 9);
  expect(massBelow(below, 100)).toBe(5);
  expect(massBelow(below, 0)).toBe(0);
});

test('the quantile is within one bin of the sorted magnitudes', () => {
  const random = new Random(2);
  const values = Array.from({ length: 5000 }, () => random.normal());
  const sorted = values.map(Math.abs).sort((a, b) => a - b);
  const below = countsOf(values);
  for (const rate of [0.1, 0.3, 0.5, 0.9, 0.98, 0.999]) {
    const exact = sorted[Math.ceil(rate * values.length) - 1];
    expect(Math.abs(magnitudeQuantile(below, rate) - exact)).toBeLessThanOrEqual(WIDTH);
  }
});

test('massBelow undoes magnitudeQuantile within 1e-6 of the count', () => {
  const random = new Random(3);
  const below = countsOf(Array.from({ length: 20000 }, () => random.normal()));
  const property = fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (rate) => {
    expect(Math.abs(massBelow(below, magnitudeQuantile(below, rate)) - rate * 20000)).toBeLessThan(0.02);
  });
  fc.assert(property, { numRuns: 200, seed: 1 });
});

test('latents beyond the range count in the last, open bin', () => {
  const below = countsOf([1, 50, 90, 1000]);
  expect(massBelow(below, 2)).toBe(1);
  expect(magnitudeQuantile(below, 0.9)).toBeLessThanOrEqual(MAGNITUDE_RANGE);
});

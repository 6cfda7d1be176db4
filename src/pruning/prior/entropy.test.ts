import { expect, test } from 'vitest';
import { entropy, entropySlopes } from './entropy.js';

test('entropy by hand: two equal masses have log 2, one mass none', () => {
  expect(entropy(Float64Array.of(0.5, 0.5, 0))).toBeCloseTo(Math.log(2), 5);
  expect(entropy(Float64Array.of(0, 1, 0))).toBeCloseTo(0, 5);
});

test('entropy by hand: of 1/2, 1/4, 1/8, 1/8 it is 7/4 bits, of n equal masses log n', () => {
  expect(entropy(Float64Array.of(0.5, 0.25, 0.125, 0.125))).toBeCloseTo(1.75 * Math.LN2, 5);
  expect(entropy(new Float64Array(100).fill(0.01))).toBeCloseTo(Math.log(100), 3);
});

test('a latent that moves right shifts mass to the next bin: its slope is the central difference', () => {
  const observed = Float64Array.of(0.1, 0.4, 0.3, 0.2);
  const [count, width, step] = [50, 0.25, 1e-6];
  const slopes = entropySlopes(observed, count, width);
  for (let k = 0; k < slopes.length; k++) {
    const moved = (by: number) =>
      observed.map((mass, i) => mass + (i === k + 1 ? by : i === k ? -by : 0) / (count * width));
    expect(slopes[k]).toBeCloseTo((entropy(moved(step)) - entropy(moved(-step))) / (2 * step), 6);
  }
});

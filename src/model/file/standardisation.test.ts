import { expect, test } from 'vitest';
import { roundStandardisation } from './standardisation.js';

test('deviations and means become the nearest that a file can hold', () => {
  const inverseDeviation = Float32Array.of(0.6, 0.7, 2.4, 2.6, 3.6, 2.5);
  const mean = Float32Array.of(0.3, -0.3, 0.3, 0.3, 0.3, 0);
  roundStandardisation(mean, inverseDeviation);
  expect([...inverseDeviation]).toEqual([0.5, 0.75, 2, 3, 4, 3]);
  // in eighths of a deviation: of 1 / 0.5, 1 / 0.75, 1 / 2, 1 / 3, 1 / 4
  expect([...mean]).toEqual([0.25, -1 / 3, 0.3125, 7 / 24, 0.3125, 0].map(Math.fround));
});

import { expect, test } from 'vitest';
import { erdosRenyiDensities } from './erdos-renyi.js';

test('two tensors, by hand: 10 × 10 has a density five times that of 50 × 50, and 52 weights are kept', () => {
  // (10 + 10) / 100 = 0.2 and (50 + 50) / 2500 = 0.04; 100 · 0.2 f + 2500 · 0.04 f = 120 f = 52
  const densities = erdosRenyiDensities(
    [
      { rows: 10, columns: 10, groups: 1 },
      { rows: 50, columns: 50, groups: 1 },
    ],
    52 / 2600,
  );
  expect(densities[0]).toBeCloseTo((0.2 * 52) / 120, 10);
  expect(densities[1]).toBeCloseTo((0.04 * 52) / 120, 10);
});

test('heads are graphs of their own', () => {
  const [heads, classifier] = erdosRenyiDensities(
    [
      { rows: 40, columns: 10, groups: 4 },
      { rows: 10, columns: 10, groups: 1 },
    ],
    0.1,
  );
  expect(heads).toBeCloseTo(0.1, 10);
  expect(classifier).toBeCloseTo(0.1, 10);
});

test('no tensor gets more than half; the others make it good', () => {
  const [small, large] = erdosRenyiDensities(
    [
      { rows: 2, columns: 2, groups: 1 },
      { rows: 100, columns: 100, groups: 1 },
    ],
    0.3,
  );
  expect(small).toBe(0.5);
  expect(4 * small + 10000 * large).toBeCloseTo(0.3 * 10004, 6);
});

import { expect, test } from 'vitest';
import { lossWeights } from './rates.js';

test('losses count in proportion to a power of the share that is kept, and 1 in the mean', () => {
  expect(lossWeights([0, 0.75, 0.96], 0)).toEqual([1, 1, 1]);
  // 1, 1/2 and 1/5 add up to 1.7
  const weights = lossWeights([0, 0.75, 0.96], 0.5);
  for (const [i, expected] of [3 / 1.7, 1.5 / 1.7, 0.6 / 1.7].entries()) expect(weights[i]).toBeCloseTo(expected, 12);
});

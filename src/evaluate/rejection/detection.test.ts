import { expect, test } from 'vitest';
import { auroc, shareRefused, thresholdFor } from './detection.js';

test('the area is the share of pairs in the right order, ties half', () => {
  expect(auroc([3, 4], [1, 2])).toBe(1);
  expect(auroc([1, 2], [3, 4])).toBe(0);
  expect(auroc([5, 5, 5], [5])).toBe(0.5);
  // pairs of {1, 3, 3, 7} and {2, 3}: 1 loses both, each 3 wins one and ties one, 7 wins both: (0 + 1.5 + 1.5 + 2) / 8
  expect(auroc([3, 1, 7, 3], [3, 2])).toBe(0.625);
});

test('a threshold refuses its share of the known ones', () => {
  expect(thresholdFor([4, 1, 3, 2, 5], 0.5)).toBe(3);
  expect(thresholdFor([4, 1, 3, 2, 5], 0)).toBe(1);
  expect(thresholdFor([4, 1, 3, 2, 5], 1)).toBe(5);
  expect(thresholdFor([10, 20], 0.25)).toBe(12.5);
  expect(thresholdFor([7], 0.05)).toBe(7);
});

test('what is refused is below the threshold, and not at it', () => {
  expect(shareRefused([1, 2, 3, 4], 3)).toBe(0.5);
  expect(shareRefused([1, 2, 3, 4], 0)).toBe(0);
});

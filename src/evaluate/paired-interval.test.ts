import { expect, test } from 'vitest';
import { accuracyRatio, countPairs, ratioInterval } from './paired-interval.js';

test('pairs are counted by hand: 3 of 4 and 3 of 4, two in common', () => {
  const counts = countPairs([true, true, true, false], [true, true, false, true]);
  expect(counts).toEqual({ bothRight: 2, onlyFirst: 1, onlySecond: 1, neither: 0 });
  expect(accuracyRatio(counts)).toBe(1);
});

test('the interval is that of the delta method, sqrt((b + c) / ((a + b)(a + c))) on the log, within 0.01', () => {
  const [bothRight, onlyFirst, onlySecond, neither] = [320, 40, 8, 32];
  const [low, high] = ratioInterval({ bothRight, onlyFirst, onlySecond, neither });
  const spread = 1.96 * Math.sqrt((onlyFirst + onlySecond) / ((bothRight + onlyFirst) * (bothRight + onlySecond)));
  const ratio = (bothRight + onlySecond) / (bothRight + onlyFirst);
  expect(Math.abs(low - ratio * Math.exp(-spread))).toBeLessThan(0.01);
  expect(Math.abs(high - ratio * Math.exp(spread))).toBeLessThan(0.01);
});

test('the same answers keep exactly 1', () => {
  expect(ratioInterval({ bothRight: 5, onlyFirst: 0, onlySecond: 0, neither: 3 })).toEqual([1, 1]);
});

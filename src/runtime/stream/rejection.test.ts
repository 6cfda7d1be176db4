import { expect, test } from 'vitest';
import type { Rejection } from '../file/header.js';
import { likeness, shareFor, thresholdAt } from './rejection.js';

const rule: Rejection = {
  refused: [0.01, 0.05, 0.2],
  thresholds: [
    [0.2, 0.4, 0.7],
    [0.4, 0.6, 0.9],
  ],
  alarms: [6, 2, 0],
};

test.each([
  [0, 0.05, 0.4],
  [0.5, 0.05, 0.6],
  [0.9, 0.05, 0.6], // beyond the last knot
  [1 - 2 ** -0.5, 0.05, 0.5], // halfway between the knots
  [0, 0.03, 0.3],
  [0, 0.125, 0.55],
  [0, 0, 0.2],
  [0, 0.5, 0.7],
])('at rate %d, %d of the known ones are refused below %d', (rate, share, threshold) => {
  expect(thresholdAt(rule, rate, share)).toBeCloseTo(threshold, 12);
});

test.each([
  [10, 0.01],
  [6, 0.01],
  [4, 0.03],
  [2, 0.05],
  [1, 0.125],
  [0, 0.2],
])('%d false alarms a minute take refusing %d of the known ones', (perMinute, share) => {
  expect(shareFor(rule, perMinute)).toBeCloseTo(share, 12);
});

test('the greatest share is taken where no share has so few alarms, or nobody counted', () => {
  expect(shareFor({ ...rule, alarms: [6, 3, 1] }, 0.5)).toBe(0.2);
  expect(shareFor({ refused: [0.05], thresholds: [[0.5]] }, 1)).toBe(0.05);
});

test('equal counts of alarms are no division by zero', () => {
  expect(shareFor({ ...rule, alarms: [3, 3, 0] }, 3)).toBe(0.01);
  expect(shareFor({ ...rule, alarms: [3, 0, 0] }, 0)).toBe(0.05);
});

test('likeness is a cosine of logarithms less their mean, by hand', () => {
  const scores = [0.5, 0.25, 0.25]; // (2, -1, -1) thirds of ln 2
  expect(likeness(scores, [20, -10, -10])).toBeCloseTo(1, 12);
  expect(likeness(scores, [-4, 2, 2])).toBeCloseTo(-1, 12);
  expect(likeness(scores, [-1, 2, -1])).toBeCloseTo(-0.5, 12);
  expect(likeness([0.2, 0.2, 0.6], [0, -1, 1])).toBeCloseTo(Math.cos(Math.PI / 6), 12); // (-1, -1, 2)
});

test('a temperature changes no likeness; probabilities of 0, and all alike, are no division by zero', () => {
  const squared = [0.5, 0.3, 0.2].map((p) => p ** 2 / 0.38);
  expect(likeness(squared, [5, -2, -3])).toBeCloseTo(likeness([0.5, 0.3, 0.2], [5, -2, -3]), 9);
  expect(likeness([1, 0, 0], [2, -1, -1])).toBeCloseTo(1, 12);
  expect(likeness([0.25, 0.25, 0.25, 0.25], [3, -1, -1, -1])).toBeCloseTo(0, 5);
});

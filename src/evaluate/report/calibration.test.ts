import { expect, test } from 'vitest';
import { calibrationError } from './calibration.js';

/** Logits whose softmax gives the first of two classes this probability. */
const answer = (probability: number) => [Math.log(probability), Math.log(1 - probability)];

test('0.75 right and wrong, 0.9 right: (|1.5 − 1| + |0.9 − 1|) / 3 = 0.2', () => {
  expect(calibrationError([answer(0.75), answer(0.75), answer(0.9)], [0, 1, 0])).toBeCloseTo(0.2, 12);
});

test('bins are a fifteenth wide: 0.61 right and 0.65 wrong share one and make up for each other, 0.61 and 0.75 do not', () => {
  expect(calibrationError([answer(0.61), answer(0.65)], [0, 1])).toBeCloseTo((0.65 - 0.39) / 2, 12);
  expect(calibrationError([answer(0.61), answer(0.75)], [0, 1])).toBeCloseTo((0.75 + 0.39) / 2, 12);
});

test('a temperature acts before the bins: 0.9 at T = 2 is 3 to 1', () => {
  expect(calibrationError([answer(0.9)], [0], 2)).toBeCloseTo(0.25, 12);
});

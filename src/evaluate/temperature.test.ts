import { expect, test } from 'vitest';
import { fitTemperature, negativeLogLikelihood } from './temperature.js';

const sure = [2, 0];

test('logits 2 and 0, right in three of four: sigmoid(2 / T) = 3/4 at T = 2 / ln 3', () => {
  const [logits, labels] = [
    [sure, sure, sure, sure],
    [0, 0, 0, 1],
  ];
  const temperature = fitTemperature(logits, labels);
  expect(temperature).toBeCloseTo(2 / Math.log(3), 9);
  const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
  expect(negativeLogLikelihood(logits, labels, temperature)).toBeCloseTo(entropy, 12);
  for (const other of [temperature * 0.99, temperature * 1.01]) {
    expect(negativeLogLikelihood(logits, labels, other)).toBeGreaterThan(entropy);
  }
});

test('all right asks for the coldest, mostly wrong for the hottest', () => {
  expect(fitTemperature([sure, sure], [0, 0])).toBeCloseTo(0.1, 6);
  expect(fitTemperature([sure, sure, sure], [1, 1, 0])).toBeCloseTo(10, 6);
});

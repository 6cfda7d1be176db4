import { expect, test } from 'vitest';
import { studentQuantile, studentWithin } from './student-t.js';

test.each([
  // two-sided critical values as statistical tables print them
  [0.95, 1, 12.7062],
  [0.95, 2, 4.3027],
  [0.95, 3, 3.1824],
  [0.95, 4, 2.7764],
  [0.95, 9, 2.2622],
  [0.95, 10, 2.2281],
  [0.95, 24, 2.0639],
  [0.95, 120, 1.9799],
  [0.99, 5, 4.0321],
  [0.99, 30, 2.75],
])('within %d, %d degrees of freedom: %d', (probability, degrees, expected) => {
  expect(studentQuantile(probability, degrees)).toBeCloseTo(expected, 4);
});

test('one degree is the Cauchy distribution', () => {
  expect(studentWithin(1, 1)).toBeCloseTo(0.5, 12);
});

import { expect, test } from 'vitest';
import { timeLeft } from './progress.js';

test('the time that is left is that of the epochs to come, and never below zero', () => {
  const ago = (seconds: number) => Date.now() - seconds * 1000;
  expect(timeLeft({ epoch: 20, epochs: 30 }, ago(20), 10)).toBe('20 s');
  expect(timeLeft({ epoch: 20, epochs: 320 }, ago(20), 0)).toBe('5 min');
  expect(timeLeft({ epoch: 30, epochs: 30 }, ago(20), 10)).toBe('0 s');
  expect(timeLeft({ epoch: 20, epochs: 30 }, ago(-60), 10)).toBe('0 s');
  expect(timeLeft({ epoch: 31, epochs: 30 }, ago(5), 31)).toBe('0 s');
});

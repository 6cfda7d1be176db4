import { expect, test } from 'vitest';
import type { Choices } from './automatic-recipe.js';
import { bestOf, trialOf } from './trial.js';

const choices: Choices = { direction: 'recorded', origin: 'fixed', chunks: 4, rotations: 'small' };
/** `right` answers of ten from the left, `shifted` to the right. */
const trial = (right: number, shifted = 0) => {
  const hits = Array.from({ length: 10 }, (_, i) => i >= shifted && i < shifted + right);
  return trialOf({ choices, judge: 'kernel', steps: 0, hits });
};

test('a trial counts its right answers', () => {
  expect(trial(7)).toMatchObject({ correct: 7, total: 10, accuracy: 0.7 });
});

test('the first stays unless another is better by more than the root of the answers in which they differ', () => {
  const first = trial(4);
  expect(bestOf([first])).toBe(first);
  expect(bestOf([first, trial(5)])).toBe(first); // 1 better of 1 that differ
  expect(bestOf([first, trial(6, 4)])).toBe(first); // 2 better of 10 that differ
  const [better, best] = [trial(6), trial(8)]; // 2 of 2, 4 of 4
  expect(bestOf([first, better])).toBe(better);
  expect(bestOf([first, better, best, trial(8)])).toBe(best);
  expect(bestOf([best, first, better])).toBe(best);
});

test('with a margin, another is taken only where it is better by more than that share of the answers as well', () => {
  const [first, better] = [trial(4), trial(7)];
  expect(bestOf([first, better], 0.2)).toBe(better);
  expect(bestOf([first, better], 0.3)).toBe(first);
  expect(bestOf([first, trial(6, 4)], 0.1)).toBe(first); // 2 better of 10 that differ
});

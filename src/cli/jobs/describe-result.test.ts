import { expect, test } from 'vitest';
import type { Finished, JobRow } from '../../run/jobs/result.js';
import { describeResult } from './describe-result.js';

test('the accuracy at a rate is the mean over the splits of a job, said once', () => {
  const finished = finishedWith([
    { split: 'fold1', rate: 0, accuracy: 0.75 },
    { split: 'fold1', rate: 0.98, accuracy: 0.5 },
    { split: 'fold2', rate: 0, accuracy: 1 },
    { split: 'fold2', rate: 0.98, accuracy: 0.75 },
  ]);
  expect(describeResult({ name: 'mrmp, seed 1' }, finished)).toBe('mrmp, seed 1: 87.5 % at 0, 62.5 % at 0.98');
});

test('of many rates every other one is shown', () => {
  const rates = [0, 0.5, 0.8, 0.9, 0.98];
  const finished = finishedWith(rates.map((rate) => ({ split: 'test', rate, accuracy: 1 - rate / 2 })));
  expect(describeResult({ name: 'one' }, finished)).toBe('one: 100.0 % at 0, 60.0 % at 0.8, 51.0 % at 0.98');
});

function finishedWith(rows: readonly Pick<JobRow, 'split' | 'rate' | 'accuracy'>[]): Finished {
  return { result: { rows } } as unknown as Finished;
}

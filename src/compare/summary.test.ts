import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../test/support/toy.js';
import { allJobs, type Comparison, identityOf, jobsOf } from './comparison.js';
import type { JobResult } from './run-job.js';
import { summarise } from './summary.js';

const dataset = toyDataset();
const recipe = toyRecipe();
const comparison: Comparison = {
  ...{ title: 'Toy', dataset, rates: [0, 0.9], seeds: [1, 2] },
  series: [
    { title: 'fold a', method: 'mrmp', recipe, splits: ['a'] },
    { title: 'mean', method: 'mrmp', recipe, splits: ['a', 'b'] },
    { title: 'specialist', method: 'srmp', recipe, splits: ['a'] },
  ],
};

/** Accuracies of split a are 0.8 and 0.6 at rate 0, those of b 0.4; half as good at 0.9. */
function results(): Map<string, JobResult> {
  return new Map(
    allJobs(comparison).map((job) => {
      const { split, seed } = job.recipe;
      const accuracy = split === 'b' ? 0.4 : seed === 1 ? 0.8 : 0.6;
      const rows = job.rates.map((rate) => ({
        ...{ rate, nonzeros: 10, actualRate: rate + 0.01 * seed, macs: 100 * seed, correct: 0, total: 1 },
        accuracy: rate === 0 ? accuracy : accuracy / 2,
      }));
      return [job.name, { name: job.name, identity: '', seconds: 3, rows }];
    }),
  );
}

test('lines that share jobs run them once; a method per rate has a job a rate', () => {
  const names = allJobs(comparison).map(({ name }) => name);
  expect(names).toHaveLength(8);
  expect(names).toContain('toy-mrmp-b-seed2');
  expect(jobsOf(comparison.series[2], comparison).map(({ name, rates }) => [name, rates])).toEqual([
    ['toy-srmp-a-seed1-0', [0]],
    ['toy-srmp-a-seed1-0.9', [0.9]],
    ['toy-srmp-a-seed2-0', [0]],
    ['toy-srmp-a-seed2-0.9', [0.9]],
  ]);
});

test('means over splits, then mean and spread over seeds; seconds of all rates of a seed and split', () => {
  const [first, both, specialist] = summarise(comparison, results());
  expect(first.rows[0].mean).toBeCloseTo(0.7, 12);
  expect(first.rows[0].deviation).toBeCloseTo(Math.SQRT2 / 10, 12);
  expect(first.rows[1].least).toBeCloseTo(0.3, 12);
  expect(first.rows[1].actualRate).toBeCloseTo(0.915, 12);
  expect(both.rows[0].accuracies[0]).toBeCloseTo(0.6, 12);
  expect(both.rows[0].mean).toBeCloseTo(0.55, 12);
  expect([first.seconds, both.seconds, specialist.seconds]).toEqual([3, 3, 6]);
  expect([first.rows[0].macs, first.seeds]).toEqual([150, [1, 2]]);
});

test('a diverged training takes its seed out of the mean, and is named', () => {
  const all = results();
  all.set('toy-srmp-a-seed1-0', { name: 'toy-srmp-a-seed1-0', identity: '', seconds: 1, rows: [], diverged: 'why' });
  const specialist = summarise(comparison, all)[2];
  expect(specialist).toMatchObject({ seeds: [2], diverged: ['toy-srmp-a-seed1-0'] });
  expect(specialist.rows[0].mean).toBeCloseTo(0.6, 12);
});

test('a result belongs to its recipe, rates and data, wherever the data lies', () => {
  const [job] = allJobs(comparison);
  const identity = identityOf(job, dataset);
  expect(identityOf({ ...job, recipe: { ...job.recipe, data: 'elsewhere' } }, dataset)).toBe(identity);
  expect(identityOf({ ...job, rates: [0] }, dataset)).not.toBe(identity);
  expect(identityOf({ ...job, recipe: { ...job.recipe, seed: 9 } }, dataset)).not.toBe(identity);
  expect(identityOf(job, toyDataset(39))).not.toBe(identity);
});

import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import type { Dataset } from '../../data/dataset.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { Finished } from '../jobs/result.js';
import { allJobs, type Comparison, comparedData, jobsOf } from './comparison.js';
import { summarise } from './summary.js';

const toy = toyDataset();
const splitOf = (name: string, train: number[], test: number[]) => ({ name, description: name, train, test });
const dataset: Dataset = {
  ...toy,
  splits: [splitOf('a', [0, 1, 2], [3, 4]), splitOf('b', [3, 4, 5], [0]), splitOf('a-less', [0, 1, 2], [3])],
};
const recipe = toyRecipe();
const comparison: Comparison = {
  title: 'Toy',
  data: comparedData(dataset),
  rates: [0, 0.9],
  picture: 'curves',
  seeds: [1, 2],
  series: [
    { title: 'fold a', method: 'mrmp', recipe, splits: ['a'] },
    { title: 'mean', method: 'mrmp', recipe, splits: ['a', 'b'] },
    { title: 'specialist', method: 'srmp', recipe, splits: ['a'] },
  ],
};

const machine = { date: '2026-01-01', processor: 'any', cores: 2, node: 'v20', version: '0', revision: 1 };

/** Accuracies of split a are 0.8 and 0.6 at rate 0, those of b 0.4; half as good at 0.9. */
function results(): Map<string, Finished> {
  return new Map(
    allJobs(comparison).map((job) => {
      const { spec, key } = job;
      const { split, seed } = spec.recipe as Recipe;
      const accuracy = split === 'b' ? 0.4 : seed === 1 ? 0.8 : 0.6;
      const rows = spec.rates.map((rate) => ({
        ...{
          split: split!,
          rate,
          nonzeros: 10,
          actualRate: rate + 0.01 * seed,
          macs: 100 * seed,
          correct: 0,
          total: 1,
        },
        accuracy: rate === 0 ? accuracy : accuracy / 2,
        accuracyAtThreshold: accuracy,
      }));
      return [key, { result: { job: spec, rows }, run: { seconds: 3, machine } }];
    }),
  );
}

test('lines that share jobs run them once; a method per rate has a job a rate', () => {
  const names = allJobs(comparison).map(({ name }) => name);
  expect(names).toHaveLength(8);
  expect(names).toContain('toy-mrmp-b-seed2');
  expect(jobsOf(comparison.series[2], comparison).map(({ name, spec }) => [name, spec.rates])).toEqual([
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
  expect(both.rows[1].meanAtThreshold).toBeCloseTo(0.55, 12);
  expect(both.rows[0].accuracies[0]).toBeCloseTo(0.6, 12);
  expect(both.rows[0].mean).toBeCloseTo(0.55, 12);
  expect([first.seconds, both.seconds, specialist.seconds]).toEqual([3, 3, 6]);
  expect([first.rows[0].macs, first.seeds]).toEqual([150, [1, 2]]);
});

test('splits with one training part share its jobs, and each has its own test', () => {
  const series = { title: 'less', method: 'mrmp', recipe, splits: ['a-less'] };
  const larger = { ...comparison, series: [comparison.series[0], series] };
  expect(allJobs(larger).map(({ name }) => name)).toEqual(['toy-mrmp-a-seed1', 'toy-mrmp-a-seed2']);
  const all = results();
  for (const [key, { result, run }] of all) {
    const less = result.rows.map((row) => ({ ...row, split: 'a-less', accuracy: 1, total: 7 }));
    all.set(key, { result: { ...result, rows: [...result.rows, ...less] }, run });
  }
  const [whole, part] = summarise(larger, all);
  expect(whole.rows[0]).toMatchObject({ accuracies: [0.8, 0.6], sequences: 1 });
  expect(part.rows[0]).toMatchObject({ accuracies: [1, 1], sequences: 7 });
});

test('a diverged training takes its seed out of the mean, and is named', () => {
  const all = results();
  const job = allJobs(comparison).find(({ name }) => name === 'toy-srmp-a-seed1-0')!;
  all.set(job.key, { result: { job: job.spec, rows: [], diverged: 'why' }, run: { seconds: 1, machine } });
  const specialist = summarise(comparison, all)[2];
  expect(specialist).toMatchObject({ seeds: [2], diverged: [{ job: 'toy-srmp-a-seed1-0', why: 'why' }] });
  expect(specialist.rows[0].mean).toBeCloseTo(0.6, 12);
});

test('where results alone were copied, the seconds are not known', () => {
  const copied = new Map([...results()].map(([key, { result }]) => [key, { result }]));
  expect(summarise(comparison, copied).map(({ seconds }) => seconds)).toEqual([null, null, null]);
});

import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import { splitsOfTraining } from '../../data/splits.js';
import { runJob } from './run-job.js';

const toy = toyDataset();
const [quarter] = toy.splits;
const part = (name: string, test: readonly number[]) => ({ ...quarter, name, test });
const other = { ...quarter, name: 'other', train: quarter.train.with(0, quarter.test[0]) };
const dataset = { ...toy, splits: [quarter, other, part('few', quarter.test.slice(0, 2)), part('none', [])] };

test('one training serves the splits that differ in their tests alone', () => {
  expect(splitsOfTraining(dataset, 'few').map(({ name }) => name)).toEqual(['quarter', 'few', 'none']);
  expect(splitsOfTraining(dataset, 'other').map(({ name }) => name)).toEqual(['other']);
  expect(splitsOfTraining(dataset, 'quarter/validation-1').map(({ name }) => name)).toEqual(['quarter/validation-1']);
});

test('a job is evaluated on each of their tests, but for empty ones', async () => {
  const recipe = toyRecipe({ split: 'quarter' }, { epochs: 1 });
  const job = { name: 'job', method: 'mrmp', recipe, rates: [0, 0.9] };
  const { rows } = await runJob(job, dataset, async () => {});
  expect(rows.map(({ split, rate, total }) => [split, rate, total])).toEqual([
    ['quarter', 0, 10],
    ['quarter', 0.9, 10],
    ['few', 0, 2],
    ['few', 0.9, 2],
  ]);
});

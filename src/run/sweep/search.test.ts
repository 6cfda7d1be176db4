import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import type { Job } from '../jobs/job.js';
import type { JobResult } from '../jobs/result.js';
import { createPlan, parsePlan, type SweepPlan } from './plan.js';
import { searchState } from './search.js';
import { sweepComparison, sweepSource } from './sweep-jobs.js';
import { variantsOf } from './variants.js';

const recipe = toyRecipe({ split: 'quarter' }, { epochs: 9 });
const batches = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const plan: SweepPlan = createPlan(
  {
    name: 'toy',
    command: 'anyrate sweep toy.json',
    methods: ['mrmp'],
    seeds: [1, 2],
    splits: ['quarter'],
    rates: [0, 0.9],
    variants: variantsOf([recipe], { grid: { 'training.batch': batches }, draws: undefined }, 'toy.json'),
    search: { eta: 3, least: 1, part: 2 },
  },
  toyDataset(),
  'toy.json',
);
const source = sweepSource(plan);

/** Batch b is right in b tenths of the cases, plus a little an epoch. */
function resultOf({ spec }: Job): JobResult {
  const { training, split } = spec.recipe as { training: { batch: number }; split: string };
  const accuracy = training.batch / 10 + (spec.until ?? 9) / 1000;
  const figures = { nonzeros: 1, actualRate: 0, macs: 1, correct: 1, total: 10, accuracyAtThreshold: 0 };
  return { job: spec, rows: spec.rates.map((rate) => ({ ...figures, split, rate, accuracy })) };
}

/** Runs what is wanted in an order; gives the epochs of each job as it was run. */
function runAll(next: (open: readonly Job[]) => Job): { results: Map<string, JobResult>; order: string[] } {
  const results = new Map<string, JobResult>();
  const order: string[] = [];
  for (;;) {
    const open = source(results).filter(({ key }) => !results.has(key));
    if (open.length === 0) return { results, order };
    const job = next(open);
    results.set(job.key, resultOf(job));
    const { training } = job.spec.recipe as { training: { batch: number } };
    order.push(`${training.batch}@${job.spec.until ?? 'test'}`);
  }
}

test('who is among the best third goes on at once; the first that is wanted is of the latest rung', () => {
  const { order } = runAll(([first]) => first);
  expect(order.slice(0, 8)).toEqual(['1@1', '2@1', '3@1', '3@3', '4@1', '4@3', '5@1', '5@3']);
  expect(order.slice(-3)).toEqual(['9@9', '9@test', '9@test']);
});

test.each<[string, (open: readonly Job[]) => Job]>([
  ['first come', (open) => open[0]],
  ['last come', (open) => open[open.length - 1]],
  ['the middle', (open) => open[Math.floor(open.length / 2)]],
])('in every order the same is chosen, of the same rungs: %s', (_, next) => {
  const { results } = runAll(next);
  const state = searchState(plan, plan.search!, 'quarter', results);
  expect(state.chosen?.settings).toEqual({ 'training.batch': 9 });
  expect(
    state.rungs.map(({ epochs, candidates }) => [epochs, candidates.map(({ variant }) => variant.settings)]),
  ).toEqual([
    [1, batches.map((batch) => ({ 'training.batch': batch }))],
    [3, [9, 8, 7].map((batch) => ({ 'training.batch': batch }))],
    [9, [{ 'training.batch': 9 }]],
  ]);
  expect(sweepComparison(plan, results).series.map(({ chosen }) => chosen?.get('quarter')?.training.batch)).toEqual([
    9,
  ]);
});

test('every job of a search trains and tests on the training part of its split', () => {
  const dataset = toyDataset();
  const held = new Set(dataset.splits[0].test);
  const { results } = runAll(([first]) => first);
  const searched = [...results.values()].filter(({ job }) => job.until !== undefined);
  expect(searched.length).toBeGreaterThan(13);
  expect(new Set(searched.map(({ job }) => (job.recipe as { split: string }).split))).toEqual(
    new Set(['quarter/validation-2']),
  );
  expect(held.size).toBe(10);
  expect(plan.data.splits['quarter/validation-2'].train + plan.data.splits['quarter/validation-2'].test).toBe(30);
});

test('a rung goes on from the checkpoint of the one before, and the training that is tested has another', () => {
  const { results } = runAll(([first]) => first);
  const jobs = source(results).filter(
    ({ spec }) => (spec.recipe as { training: { batch: number } }).training.batch === 9,
  );
  expect(jobs.map(({ spec }) => spec.until)).toEqual([9, 3, 1, undefined, undefined]);
  expect(new Set(jobs.slice(0, 3).map(({ checkpointKey }) => checkpointKey)).size).toBe(1);
  expect(new Set(jobs.map(({ checkpointKey }) => checkpointKey)).size).toBe(3);
});

test('a training that diverged is the last of its rung', () => {
  const results = new Map<string, JobResult>();
  for (const job of source(results)) results.set(job.key, resultOf(job));
  const [first] = source(new Map()).toReversed();
  results.set(first.key, { job: first.spec, rows: [], diverged: 'NaN' });
  const [rung, next] = searchState(plan, plan.search!, 'quarter', results).rungs;
  expect(rung.candidates.at(-1)?.score).toBe(-1);
  expect(next.candidates.map(({ variant }) => variant.settings['training.batch'])).toEqual([8, 7, 6]);
});

test('a plan that was written and read wants the same jobs', () => {
  const again = parsePlan(JSON.parse(JSON.stringify(plan)), 'sweep.json');
  expect(sweepSource(again)(new Map()).map(({ key }) => key)).toEqual(source(new Map()).map(({ key }) => key));
});

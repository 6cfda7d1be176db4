import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import { InterruptedError } from '../../core/errors.js';
import { splitsOfTraining } from '../../data/splits.js';
import { decodeJobCheckpoint } from './job-checkpoint.js';
import { createJob } from './node/job-key.js';
import { type PerformOptions, performJob } from './perform.js';
import { formatResult } from './result.js';

const toy = toyDataset();
const [quarter] = toy.splits;
const part = (name: string, test: readonly number[]) => ({ ...quarter, name, test });
const other = { ...quarter, name: 'other', train: quarter.train.with(0, quarter.test[0]) };
const dataset = { ...toy, splits: [quarter, other, part('few', quarter.test.slice(0, 2)), part('none', [])] };

const jobBy = (method: string, epochs: number, more: { until?: number } = {}) =>
  createJob({ method, recipe: toyRecipe({ split: 'quarter' }, { epochs }), rates: [0, 0.9], ...more }, dataset);

test('one training serves the splits that differ in their tests alone', () => {
  expect(splitsOfTraining(dataset, 'few').map(({ name }) => name)).toEqual(['quarter', 'few', 'none']);
  expect(splitsOfTraining(dataset, 'other').map(({ name }) => name)).toEqual(['other']);
  expect(splitsOfTraining(dataset, 'quarter/validation-1').map(({ name }) => name)).toEqual(['quarter/validation-1']);
});

test('a job is evaluated on each of their tests, but for empty ones', async () => {
  const { result } = await performJob(jobBy('mrmp', 1), dataset);
  expect(result.rows.map(({ split, rate, total }) => [split, rate, total])).toEqual([
    ['quarter', 0, 10],
    ['quarter', 0.9, 10],
    ['few', 0, 2],
    ['few', 0.9, 2],
  ]);
});

/** Ends a job after each epoch, and goes on from its checkpoint, until it is done. */
async function inPieces(job: ReturnType<typeof jobBy>, most: number): Promise<{ text: string; pieces: number }> {
  let checkpoint: Uint8Array | undefined;
  for (let pieces = 1; pieces <= most; pieces++) {
    const stop = new AbortController();
    const options: PerformOptions = {
      checkpoint,
      signal: stop.signal,
      onProgress: () => stop.abort(),
      onCheckpoint: (bytes) => {
        checkpoint = bytes;
      },
    };
    try {
      return { text: formatResult((await performJob(job, dataset, options)).result), pieces };
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error;
    }
  }
  throw new Error(`not done after ${most} pieces`);
}

test.each([
  ['mrmp', 4],
  ['mp-ft', 2 + 2 * 2],
])('%s, interrupted after every epoch, gives the same bytes as without', async (method, epochs) => {
  const job = jobBy(method, 4);
  const whole = formatResult((await performJob(job, dataset)).result);
  const { text, pieces } = await inPieces(job, 20);
  expect(text).toBe(whole);
  expect(pieces).toBe(epochs);
});

test('a job that ends at an epoch keeps a checkpoint from which the whole goes on', async () => {
  const [rung, whole] = [jobBy('mrmp', 4, { until: 2 }), jobBy('mrmp', 4)];
  expect(rung.checkpointKey).toBe(whole.key);
  expect(rung.key).not.toBe(whole.key);
  const checkpoints: Uint8Array[] = [];
  const shares: number[] = [];
  await performJob(rung, dataset, {
    onCheckpoint: (bytes) => void checkpoints.push(bytes),
    onProgress: ({ share }) => void shares.push(share),
  });
  expect(shares).toEqual([0.5, 1]);
  const losses: number[] = [];
  const onProgress = ({ loss }: { loss: number }) => void losses.push(loss);
  const { result } = await performJob(whole, dataset, { checkpoint: checkpoints.at(-1), onProgress });
  expect(losses).toHaveLength(2);
  expect(result).toEqual((await performJob(whole, dataset)).result);
});

test('a damaged checkpoint, and that of another job, count for nothing', async () => {
  const job = jobBy('mrmp', 2);
  const { result } = await performJob(job, dataset);
  const foreign: Uint8Array[] = [];
  await performJob(jobBy('mrmp', 4, { until: 1 }), dataset, { onCheckpoint: (bytes) => void foreign.push(bytes) });
  for (const checkpoint of [new Uint8Array(100), foreign[0]]) {
    expect((await performJob(job, dataset, { checkpoint })).result).toEqual(result);
  }
  expect(() => decodeJobCheckpoint(job.checkpointKey, foreign[0], 'ckpt')).toThrow(/ckpt: expected the checkpoint of/);
});

test('a training that diverges is a result', async () => {
  const recipe = toyRecipe({ split: 'quarter' }, { epochs: 2, learningRate: 1e30 });
  const { result } = await performJob(createJob({ method: 'mrmp', recipe, rates: [0] }, dataset), dataset);
  expect(result).toMatchObject({ rows: [], diverged: expect.stringMatching(/NaN/) });
});

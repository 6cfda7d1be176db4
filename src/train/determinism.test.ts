import { expect, test } from 'vitest';
import { built } from '../../test/support/built.js';
import { toyDataset, toyRecipe, toySplit } from '../../test/support/toy.js';
import type { Model } from '../model/model.js';
import { clipsWithin, openNodeClips } from './node/clip-file.js';
import { startNodeWorkers } from './node/workers.js';
import { Training } from './training.js';

const dataset = toyDataset();
const split = toySplit();

/** Every number of a model, as bytes. */
function bytesOf({ parameters: { latents, scales, gains, biases, mean, inverseDeviation } }: Model): string {
  const curves = [...gains, ...biases].map(({ values }) => values);
  const arrays = [...latents, Float64Array.from(scales), ...curves, mean, inverseDeviation];
  return arrays
    .map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('base64'))
    .join();
}

function train(training: Training): string {
  try {
    while (!training.done) training.runEpoch();
    return bytesOf(training.model());
  } finally {
    training.close();
  }
}

const once = train(new Training(toyRecipe(), dataset, split));

test('the same seed gives the same model, bit for bit; another seed another', () => {
  expect(train(new Training(toyRecipe(), dataset, split))).toBe(once);
  expect(train(new Training(toyRecipe({ seed: 8 }), dataset, split))).not.toBe(once);
});

// Worker threads run the compiled worker.
built('train/node/worker.js');

test.each([1, 2, 3])('%i threads give the same model, bit for bit (compiled worker of dist/)', (threads) => {
  const training = new Training(toyRecipe(), dataset, split, { threads, startWorkers: startNodeWorkers });
  expect(train(training)).toBe(once);
});

test.each([false, true])(
  'a network over time, normalised: %s, is the same, bit for bit, on 1 and on 2 threads',
  (normalise) => {
    const preprocessing = { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'frame-positions' }] };
    const network = [
      { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum', dropout: 0.2 },
      { kind: 'temporal-convolution', filters: 4, kernel: 3, residual: 2 },
      { kind: 'pool', over: 'both' },
    ];
    const recipe = toyRecipe({ preprocessing, network }, { normalise });
    const alone = train(new Training(recipe, dataset, split));
    const options = { threads: 2, startWorkers: startNodeWorkers };
    expect(train(new Training(recipe, dataset, split, options))).toBe(alone);
  },
);

test('clips in a file give the same model as clips in memory, on 1 and on 2 threads', () => {
  for (const threads of [1, 2]) {
    const options = {
      threads,
      startWorkers: startNodeWorkers,
      createClips: clipsWithin(0),
      openClips: openNodeClips,
    };
    expect(train(new Training(toyRecipe(), dataset, split, options))).toBe(once);
  }
});

test.each(['cosine', 'paper'])('restored from a snapshot, a training ends bit for bit the same (%s)', (schedule) => {
  const recipe = toyRecipe({}, { schedule });
  const whole = new Training(recipe, dataset, split);
  whole.runEpoch();
  whole.runEpoch();
  const saved = whole.snapshot();
  const expected = train(whole);
  const resumed = new Training(recipe, dataset, split);
  resumed.restore(saved);
  expect(resumed.epoch).toBe(2);
  expect(train(resumed)).toBe(expected);
  const back = new Training(recipe, dataset, split);
  while (!back.done) back.runEpoch();
  back.restore(saved);
  expect(train(back)).toBe(expected);
});

test('the toy is learned: the loss at rates 0 and 0.5 falls by half', () => {
  const changes = { pruning: { rates: { draw: 'fixed', rates: [0, 0.5] } }, augmentation: [] };
  const recipe = toyRecipe(changes, { epochs: 60, labelSmoothing: 0, mixup: 0 });
  const training = new Training(recipe, dataset, split);
  const first = training.runEpoch().loss;
  let last = first;
  while (!training.done) last = training.runEpoch().loss;
  expect(last).toBeLessThan(first / 2);
});

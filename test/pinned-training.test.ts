import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Random } from '../src/core/random.js';
import { TRAINING_REVISION } from '../src/core/version.js';
import type { Dataset, Sample, Split } from '../src/data/dataset.js';
import type { Model } from '../src/model/model.js';
import { augmentationSchema } from '../src/skeleton/augmentation.js';
import { kinectV1Joints15 } from '../src/skeleton/layouts/kinect-v1-15.js';
import { startNodeWorkers } from '../src/train/node/workers.js';
import { recipeSchema } from '../src/train/recipe/recipe.js';
import { Training } from '../src/train/training.js';

/**
 * SHA-256 of all numbers of the model below, one a revision of training. The kernels give the same bits on every machine.
 * What JavaScript computes beside them (schedules, rotations, gains) could differ on an engine whose log, exp, sin, cos
 * and ** are not those of V8.
 */
const CHECKSUMS: Readonly<Record<number, string>> = {
  2: '359705f04c899281c17cd0002ebe53190be984c435aeb5a546ab2f1310b5f94a',
};

/** The same with the steps of augmentation that came later, too. */
const LATER_CHECKSUMS: Readonly<Record<number, string>> = {
  2: 'd9b9eba7f7577adbdb93ee4e1d4fc8a130d7e9ace392049d025cd21946a64c02',
};

/** And with the windows of a stream. */
const WINDOWED_CHECKSUMS: Readonly<Record<number, string>> = {
  2: 'd6c9e56d7ace2ad97c114276cded6639b0d8c3cfbfdc07c3438514018d8c4554',
};

const CHANGED =
  'A training of the same recipe and seed gives other bits. If that is meant, raise TRAINING_REVISION in ' +
  'src/core/version.ts and add the checksum of the new revision to CHECKSUMS; never change one that is there.';

/** Every option that changes what a training computes is on. */
const recipe = v.parse(recipeSchema, {
  name: 'pinned',
  data: 'pinned',
  seed: 11,
  preprocessing: {
    pose: [
      { step: 'order-persons' },
      { step: 'resample', frames: 8 },
      { step: 'center', persons: 'all', scale: 'spine' },
    ],
    channels: [
      { step: 'positions', chunks: 2 },
      { step: 'velocities', chunks: 2 },
      { step: 'statistics' },
      { step: 'bone-statistics' },
      { step: 'distances', joints: ['Head', 'LeftHand'], chunks: 2 },
    ],
  },
  augmentation: [
    { step: 'mirror', classes: { left: 'right', right: 'left' }, persons: 'swap' },
    { step: 'time-warp', crop: 0.1, bend: 0.2 },
    { step: 'amplitude', least: 0.5, most: 1.5 },
    { step: 'rotate', angle: 0.3 },
    { step: 'scale', amount: 0.1 },
    { step: 'body', deviation: 0.05 },
    { step: 'jitter', deviation: 0.02 },
  ],
  network: [
    { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'concatenate', dropout: 0.2 },
    { kind: 'dense', units: 12, members: 3, dropout: 0.1 },
  ],
  pruning: {
    rates: { draw: 'sandwich', largest: 0.98, between: 2 },
    threshold: 'empirical',
    mask: 'band-stop',
    regulariser: { kind: 'l1', weight: 0.5 },
    crispness: { from: 3, to: 40 },
    divergence: { weight: 5, bins: 40 },
    gain: 'learned',
    knots: 7,
  },
  training: {
    epochs: 4,
    batch: 12,
    learningRate: 0.05,
    weightDecay: 0.02,
    biasLearningRate: 0.005,
    warmup: 3,
    average: 0.9,
    labelSmoothing: 0.1,
    mixup: 0.3,
  },
});

/** With what joined the options later: the bits of recipes without it stay as they were. */
const later = v.parse(recipeSchema, {
  ...recipe,
  augmentation: [{ step: 'lose', joints: 0.3, frames: 0.3 }, ...recipe.augmentation],
});

const windowed = v.parse(recipeSchema, {
  ...later,
  augmentation: [{ step: 'windows', each: 3, length: 0.8, share: 0.5 }, ...later.augmentation],
});

/** Two persons whose hands drift to a side or stay, in arithmetic that is the same everywhere. */
function pinnedDataset(): Dataset {
  const random = new Random(5);
  const joints = kinectV1Joints15.joints.length;
  const samples = Array.from({ length: 30 }, (_, index): Sample => {
    const [label, frames] = [index % 3, 7 + (index % 5)];
    const positions = Float32Array.from({ length: frames * 2 * joints * 3 }, (_, i) => {
      const [frame, person] = [Math.floor(i / (6 * joints)), Math.floor(i / (3 * joints)) % 2];
      const [joint, axis] = [Math.floor(i / 3) % joints, i % 3];
      const pose = ((joint * 7 + axis * 5) % 13) / 6 + (axis === 0 ? 2 * person : 0);
      const drift = axis === 0 ? ((label - 1) * frame * (joint % 4)) / 12 : 0;
      return pose + drift + random.uniform(-0.1, 0.1);
    });
    return { id: `take-${index}`, label, subject: `s${index % 5}`, frames, persons: 2, joints, positions };
  });
  return {
    name: 'pinned',
    title: 'Pinned',
    licence: 'none',
    citation: 'nobody',
    layout: kinectV1Joints15,
    persons: 2,
    unit: 'metre',
    classes: ['left', 'still', 'right'],
    samples,
    skipped: [],
    splits: [split],
  };
}

const split: Split = {
  name: 'all',
  description: 'all of them train',
  train: Array.from({ length: 30 }, (_, index) => index),
  test: [],
};

function checksumOf({ parameters: { latents, scales, gains, biases, mean, inverseDeviation } }: Model): string {
  const curves = [...gains, ...biases].map(({ values }) => values);
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of [
    ...latents,
    Float64Array.from(scales),
    ...curves,
    mean,
    inverseDeviation,
  ]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

function train(options: ConstructorParameters<typeof Training>[3] = {}, given = recipe): string {
  const training = new Training(given, pinnedDataset(), split, options);
  try {
    while (!training.done) training.runEpoch();
    return checksumOf(training.model());
  } finally {
    training.close();
  }
}

test('a training with every option on gives the bits that its revision has always given', () => {
  const checksum = train();
  expect(CHECKSUMS, `${CHANGED} Revision ${TRAINING_REVISION} has none yet: ${checksum}`).toHaveProperty(
    String(TRAINING_REVISION),
  );
  expect(checksum, CHANGED).toBe(CHECKSUMS[TRAINING_REVISION]);
});

test('so does one with the steps that came later', () => {
  expect(train({}, later), CHANGED).toBe(LATER_CHECKSUMS[TRAINING_REVISION]);
});

test('and one with windows, on two threads too', () => {
  expect(train({}, windowed), CHANGED).toBe(WINDOWED_CHECKSUMS[TRAINING_REVISION]);
  expect(train({ threads: 2, startWorkers: startNodeWorkers }, windowed)).toBe(WINDOWED_CHECKSUMS[TRAINING_REVISION]);
});

test('it uses every augmentation that there is', () => {
  const known = augmentationSchema.options.map(({ entries }) => entries.step.literal);
  expect(windowed.augmentation.map(({ step }) => step).sort()).toEqual(known.sort());
});

const WORKER = new URL('../dist/train/node/worker.js', import.meta.url);

test('on two threads it gives the same bits (compiled worker of dist/)', () => {
  expect(existsSync(WORKER), `${WORKER.pathname} is missing: run \`npm run build\``).toBe(true);
  expect(train({ threads: 2, startWorkers: startNodeWorkers }), CHANGED).toBe(CHECKSUMS[TRAINING_REVISION]);
});

import * as v from 'valibot';
import { Random } from '../../src/core/random.js';
import type { Dataset, Sample, Split } from '../../src/data/dataset.js';
import { Model } from '../../src/model/model.js';
import { createCurve } from '../../src/model/rate-curve.js';
import { mediapipeHand } from '../../src/skeleton/layouts/hands.js';
import { type Recipe, recipeSchema } from '../../src/train/recipe/recipe.js';

const JOINTS = mediapipeHand.joints.length;

/** A recipe of a second: two chunks a joint, one small graph convolution, one small dense layer. */
export function toyRecipe(changes: object = {}, training: object = {}): Recipe {
  return v.parse(recipeSchema, {
    name: 'toy',
    data: 'toy',
    seed: 7,
    preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 2 }] },
    augmentation: [{ step: 'jitter', deviation: 0.02 }],
    network: [
      { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'concatenate', dropout: 0.2 },
      { kind: 'dense', units: 6, dropout: 0.1 },
    ],
    training: { epochs: 4, batch: 12, warmup: 2, mixup: 0.2, ...training },
    ...changes,
  });
}

/** Hands that wave along one of three axes. */
export function toyDataset(count = 40): Dataset {
  const random = new Random(99);
  const samples = Array.from({ length: count }, (_, i): Sample => {
    const frames = 6 + random.integer(6);
    const label = i % 3;
    const positions = new Float32Array(frames * JOINTS * 3).map((_, at) => {
      const [frame, axis] = [Math.floor(at / (JOINTS * 3)), at % 3];
      return Math.sin(at % (JOINTS * 3)) + (axis === label ? Math.sin(frame) : 0) + 0.1 * random.normal();
    });
    return { id: `take-${i}`, label, subject: `s${i % 5}`, frames, persons: 1, joints: JOINTS, positions };
  });
  return {
    name: 'toy',
    title: 'Toy',
    licence: 'none',
    citation: 'nobody',
    layout: mediapipeHand,
    persons: 1,
    unit: 'normalised',
    classes: ['x', 'y', 'z'],
    samples,
    skipped: [],
    splits: [toySplit(count)],
  };
}

export function toySplit(count = 40): Split {
  const indices = Array.from({ length: count }, (_, i) => i);
  const [train, test] = [indices.filter((i) => i % 4 !== 3), indices.filter((i) => i % 4 === 3)];
  return { name: 'quarter', description: 'every fourth one tests', train, test };
}

/** An untrained model whose latents `fill` draws. */
export function toyModel(fill: (random: Random, tensor: number) => number, seed = 1): Model {
  const { preprocessing, network: layers } = toyRecipe();
  const provenance = { dataset: 'toy', split: 'none', recipe: 'toy', seed, trainedRates: [0], version: '0' };
  const description = {
    layout: mediapipeHand,
    persons: 1,
    classes: ['x', 'y', 'z'],
    preprocessing,
    layers,
    provenance,
  };
  const empty = {
    latents: [],
    scales: [],
    gains: [],
    biases: [],
    mean: new Float32Array(),
    inverseDeviation: new Float32Array(),
  };
  const { network } = new Model(description, empty);
  const random = new Random(seed);
  return new Model(description, {
    latents: network.weights.map(({ rows, columns }, t) =>
      Float32Array.from({ length: rows * columns }, () => fill(random, t)),
    ),
    scales: network.weights.map(() => 0.1),
    gains: network.weights.map(() => createCurve(3, 1)),
    biases: network.biases.map(({ size }) => createCurve(3, size)),
    mean: new Float32Array(JOINTS * 6),
    inverseDeviation: new Float32Array(JOINTS * 6).fill(1),
  });
}

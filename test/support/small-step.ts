import { Random } from '../../src/core/random.js';
import { Network } from '../../src/model/network.js';
import type { LayerOptions } from '../../src/model/network-schema.js';
import type { PruningOptions } from '../../src/train/recipe/recipe.js';
import { type CreateFill, createEngine } from '../../src/train/step/engine.js';
import { JointStep, type StepInput } from '../../src/train/step/joint-step.js';
import { histogramOf } from '../../src/train/step/latent-terms.js';
import { pruningMask } from '../../src/train/step/masks/masks.js';
import type { Backend } from './backends.js';
import type { Parameters } from './joint-oracle.js';

/** A joint step so small that every number of it can be checked: ten sequences, 230 weights. */
export const BATCH = 10;
const NODES = { nodes: 4, channels: 3 };
export const CLASSES = 3;
export const convolution = { heads: 2, filters: 4, combine: 'concatenate', activation: 'relu' } as const;
export const layers: readonly LayerOptions[] = [
  { kind: 'graph-convolution', ...convolution, dropout: 0 },
  { kind: 'dense', units: 5, activation: 'relu', dropout: 0 },
];
export const network = new Network(layers, NODES, CLASSES);

/** The same with six units in two members that answer apart. */
export const layersApart: readonly LayerOptions[] = [
  { kind: 'graph-convolution', ...convolution, dropout: 0 },
  { kind: 'dense', units: 6, members: 2, activation: 'relu', dropout: 0 },
];
export const networkApart = new Network(layersApart, NODES, CLASSES, { members: 'apart' });

const random = new Random(17);
/** [rows][sequences] */
export const features = Float64Array.from({ length: 12 * BATCH }, () => Math.fround(random.normal()));
export const targets = new Float64Array(CLASSES * BATCH);
for (let j = 0; j < BATCH; j++) {
  for (let c = 0; c < CLASSES; c++) targets[c * BATCH + j] = Math.fround(c === j % CLASSES ? 0.8 : 0.1);
}

/** A joint step over a backend, whose batch is the ten sequences above in any order of shards. */
export function createStep(backend: Backend, pruning: PruningOptions, rates: number, of = layers) {
  const { bins } = pruning.divergence;
  const sizes = { rates, batch: BATCH, threads: 1, bins, partners: pruningMask(pruning).partners };
  const shape = { layers: of, input: NODES, classes: CLASSES };
  const job = { ...shape, sizes, histogram: histogramOf(pruning), mode: 'deterministic', samples: undefined } as const;
  const engine = createEngine(job, { createFill, createKernels: backend.create });
  const { plan, kernels } = engine;
  const { floats } = kernels.heap;
  const step = new JointStep(engine, pruning);
  step.initialise(new Random(3));
  // not zero: the slope of a rectifier at 0 is a matter of taste
  const biasRandom = new Random(4);
  for (const { curve } of step.biases)
    for (let i = 0; i < curve.values.length; i++) curve.values[i] = biasRandom.normal();
  const read = (pointer: number, count: number) =>
    Float64Array.from(floats.subarray(pointer >> 2, (pointer >> 2) + count));
  return {
    step,
    plan,
    heap: kernels.heap,
    floats,
    read,
    measure: () => step.measure(),
    latents: () => plan.tensors.map((tensor) => read(tensor.latents, tensor.count)),
    averages: () => plan.tensors.map((tensor) => read(tensor.average, tensor.count)),
    parameters: (): Parameters => ({
      latents: plan.tensors.map((tensor) => read(tensor.latents, tensor.count)),
      gains: step.gains.map(({ curve }) => curve.values.slice()),
      biases: step.biases.map(({ curve }) => curve.values.slice()),
      partners: plan.tensors.flatMap(({ partner, count }) => (partner ? [read(partner.latents, count)] : [])),
    }),
  };
}

const createFill: CreateFill =
  (plan, { floats }) =>
  (shard) => {
    for (let j = 0; j < shard.sequences; j++) {
      for (let row = 0; row < 12; row++)
        floats[(shard.features >> 2) + row * plan.columns + j] = features[row * BATCH + shard.offset + j];
      for (let c = 0; c < CLASSES; c++)
        floats[(shard.targets >> 2) + c * plan.columns + j] = targets[c * BATCH + shard.offset + j];
    }
  };

/** All ten sequences at these rates. */
export function stepInput(rates: readonly number[], pace: Partial<StepInput> = {}): StepInput {
  const still = { crispness: 5, learningRate: 0, biasLearningRate: 0, weightDecay: 0, averageDecay: 0 };
  return { rates, batch: Array.from({ length: BATCH }, (_, i) => i), seed: 1, ...still, ...pace };
}

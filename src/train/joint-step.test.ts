import { describe, expect, test } from 'vitest';
import { type Backend, backends, distance, reference } from '../../test/support/backends.js';
import { jointLoss, type Parameters, PlainAdam, type Problem } from '../../test/support/joint-oracle.js';
import { dense, graphConvolution } from '../../test/support/oracle.js';
import { Random } from '../core/random.js';
import { Network } from '../model/network.js';
import { histogramShape } from '../pruning/divergence.js';
import { JointStep } from './joint-step.js';
import { pruningSchema } from './recipe.js';
import { StepPlan } from './step/plan.js';
import { StepTasks } from './step/tasks.js';

const STEPS = [3, 20, 50];
const LATENT_RATE = 0.05;
const BIAS_RATE = 0.01;
const AVERAGE = 0.75;
const BOUND = 5e-6;

const BATCH = 10;
const NODES = { nodes: 4, channels: 3 };
const CLASSES = 3;
const pruning = pruningSchema.parse({
  ...{ rates: { draw: 'fixed', rates: [0, 0.5, 0.9] }, threshold: 'prior', knots: 5 },
  divergence: { weight: 0.1, bins: 21, range: 3 },
});
const convolution = { heads: 2, filters: 4, combine: 'concatenate', activation: 'relu' } as const;
const network = new Network(
  [
    { kind: 'graph-convolution', ...convolution, dropout: 0 },
    { kind: 'dense', units: 5, activation: 'relu', dropout: 0 },
  ],
  NODES,
  CLASSES,
);

const random = new Random(17);
/** [rows][sequences] */
const features = Float64Array.from({ length: 12 * BATCH }, () => Math.fround(random.normal()));
const targets = new Float64Array(CLASSES * BATCH);
for (let j = 0; j < BATCH; j++) {
  for (let c = 0; c < CLASSES; c++) targets[c * BATCH + j] = Math.fround(c === j % CLASSES ? 0.8 : 0.1);
}

const problem: Problem = {
  ...{ network, features, targets, sequences: BATCH, support: pruning.support, knots: pruning.knots, crispness: 0 },
  formulas: [graphConvolution(convolution), dense({ activation: 'relu' }), dense({ activation: 'none' })],
  ...{ rates: [0, 0.5, 0.9], thresholds: [0, 0.674489750196, 1.644853626951] },
  ...{ lambda: 0.1, bins: 21, range: 3 },
};

/** A joint step over a backend, whose batch is the ten sequences above in any order of shards. */
function createStep(backend: Backend) {
  const plan = new StepPlan(network, { rates: 3, batch: BATCH, threads: 1, bins: 21 });
  const kernels = backend.create(plan.bytes);
  const { floats } = kernels.heap;
  const tasks = new StepTasks(
    plan,
    kernels,
    histogramShape(21, 3),
    ({ features: to, targets: aims, offset, sequences }) => {
      for (let j = 0; j < sequences; j++) {
        for (let row = 0; row < 12; row++)
          floats[(to >> 2) + row * plan.columns + j] = features[row * BATCH + offset + j];
        for (let c = 0; c < CLASSES; c++) floats[(aims >> 2) + c * plan.columns + j] = targets[c * BATCH + offset + j];
      }
    },
  );
  const step = new JointStep(plan, kernels.heap, pruning, (phase) => {
    for (let task = 0; task < tasks.count(phase); task++) tasks.run(phase, task, 0);
  });
  step.initialise(new Random(3));
  // not zero: the slope of a rectifier at 0 is a matter of taste
  const biasRandom = new Random(4);
  for (const { curve } of step.biases)
    for (let i = 0; i < curve.values.length; i++) curve.values[i] = biasRandom.normal();
  for (const chunk of plan.chunks.keys()) tasks.measure(chunk);
  const read = (pointer: number, count: number) =>
    Float64Array.from(floats.subarray(pointer >> 2, (pointer >> 2) + count));
  return {
    step,
    latents: () => plan.tensors.map((tensor) => read(tensor.latents, tensor.count)),
    averages: () => plan.tensors.map((tensor) => read(tensor.average, tensor.count)),
    parameters: (): Parameters => ({
      latents: plan.tensors.map((tensor) => read(tensor.latents, tensor.count)),
      gains: step.gains.map(({ curve }) => curve.values.slice()),
      biases: step.biases.map(({ curve }) => curve.values.slice()),
    }),
  };
}

function inputAt(crispness: number) {
  const pace = { latentRate: LATENT_RATE, biasRate: BIAS_RATE, averageDecay: AVERAGE };
  return { rates: problem.rates, batch: Array.from({ length: BATCH }, (_, i) => i), seed: 1, crispness, ...pace };
}

function flatten({ latents, gains, biases }: Parameters): Float64Array[] {
  return [...latents, ...gains, ...biases];
}

/** Parameters, loss and average after each step, by the plain computation. */
function expectedSteps(start: Parameters) {
  const adam = new PlainAdam();
  const averages = start.latents.map((tensor) => tensor.slice());
  return STEPS.map((crispness) => {
    const { loss, gradients } = jointLoss({ ...problem, crispness }, start);
    adam.begin();
    for (const [t, latents] of start.latents.entries()) adam.move(latents, gradients.latents[t], LATENT_RATE);
    for (const [t, gain] of start.gains.entries()) adam.move(gain, gradients.gains[t], BIAS_RATE);
    for (const [b, bias] of start.biases.entries()) adam.move(bias, gradients.biases[b], BIAS_RATE);
    for (const [t, average] of averages.entries()) {
      for (let i = 0; i < average.length; i++) average[i] = AVERAGE * average[i] + (1 - AVERAGE) * start.latents[t][i];
    }
    return { loss, after: flatten(start).map((values) => values.slice()), averages: averages.map((a) => a.slice()) };
  });
}

const expected = expectedSteps(createStep(reference).parameters());

describe.each(backends)('$name', (backend) => {
  test(`${STEPS.length} joint steps move latents, gains and biases as plain double precision does, within ${BOUND}`, () => {
    const own = createStep(backend);
    const before = flatten(own.parameters());
    for (const [i, { loss, after, averages }] of expected.entries()) {
      const result = own.step.run(inputAt(STEPS[i]));
      const mean = result.losses.reduce((sum, value) => sum + value, 0) / result.losses.length;
      expect(mean + pruning.divergence.weight * result.divergence).toBeCloseTo(loss, 4);
      const apart = flatten(own.parameters()).map((values, t) => distance(values, after[t]));
      expect(Math.max(...apart), `step ${i + 1}: ${apart}`).toBeLessThan(BOUND);
      expect(Math.max(...own.averages().map((values, t) => distance(values, averages[t])))).toBeLessThan(BOUND);
    }
    const moved = flatten(own.parameters()).map((values, t) => distance(values, before[t]));
    expect(Math.min(...moved)).toBeGreaterThan(10 * BOUND);
  });
});

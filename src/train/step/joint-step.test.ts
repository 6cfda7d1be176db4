import { describe, expect, test } from 'vitest';
import { backends, distance, reference } from '../../../test/support/backends.js';
import { jointLoss, type Parameters, PlainAdam, type Problem } from '../../../test/support/joint-oracle.js';
import { dense, denseMembers, graphConvolution, type LayerFormula } from '../../../test/support/oracle.js';
import {
  BATCH,
  convolution,
  createStep,
  features,
  network,
  networkApart,
  stepInput,
  targets,
} from '../../../test/support/small-step.js';
import type { Network } from '../../model/network.js';
import { pruningSchema } from '../recipe/recipe.js';

const STEPS = [3, 20, 50];
const LATENT_RATE = 0.05;
const BIAS_RATE = 0.01;
const WEIGHT_DECAY = 0.02;
const AVERAGE = 0.75;
const BOUND = 5e-6;

const pruning = pruningSchema.parse({
  ...{ rates: { draw: 'fixed', rates: [0, 0.5, 0.9] }, threshold: 'prior', knots: 5 },
  divergence: { weight: 0.1, bins: 21, range: 3 },
});
const facts = {
  ...{ features, targets, sequences: BATCH, support: pruning.support, knots: pruning.knots, crispness: 0 },
  ...{ rates: [0, 0.5, 0.9], thresholds: [0, 0.674489750196, 1.644853626951] },
  ...{ lambda: 0.1, bins: 21, range: 3 },
};

function problemOf(network: Network, ...denseLayers: LayerFormula[]): Problem {
  return { ...facts, network, formulas: [graphConvolution(convolution), ...denseLayers] };
}

const PROBLEMS = [
  { name: 'one answer', problem: problemOf(network, dense({ activation: 'relu' }), dense({ activation: 'none' })) },
  {
    name: 'answers of two members apart',
    problem: problemOf(
      networkApart,
      denseMembers({ activation: 'relu' }, 2, false),
      denseMembers({ activation: 'none' }, 2, true),
    ),
  },
];

function inputAt(crispness: number) {
  return stepInput(facts.rates, {
    ...{ crispness, latentRate: LATENT_RATE, biasRate: BIAS_RATE, weightDecay: WEIGHT_DECAY, averageDecay: AVERAGE },
  });
}

function flatten({ latents, gains, biases }: Parameters): Float64Array[] {
  return [...latents, ...gains, ...biases];
}

/** Parameters, loss and average after each step, by the plain computation. */
function expectedSteps(problem: Problem, start: Parameters) {
  const adam = new PlainAdam();
  const averages = start.latents.map((tensor) => tensor.slice());
  return STEPS.map((crispness) => {
    const { loss, gradients } = jointLoss({ ...problem, crispness }, start);
    adam.begin();
    for (const [t, latents] of start.latents.entries()) {
      for (let i = 0; i < latents.length; i++) latents[i] *= 1 - WEIGHT_DECAY;
      adam.move(latents, gradients.latents[t], LATENT_RATE);
    }
    for (const [t, gain] of start.gains.entries()) adam.move(gain, gradients.gains[t], BIAS_RATE);
    for (const [b, bias] of start.biases.entries()) adam.move(bias, gradients.biases[b], BIAS_RATE);
    for (const [t, average] of averages.entries()) {
      for (let i = 0; i < average.length; i++) average[i] = AVERAGE * average[i] + (1 - AVERAGE) * start.latents[t][i];
    }
    return { loss, after: flatten(start).map((values) => values.slice()), averages: averages.map((a) => a.slice()) };
  });
}

const expected = PROBLEMS.map(({ problem }) =>
  expectedSteps(problem, createStep(reference, pruning, 3, problem.network).parameters()),
);

describe.each(backends)('$name', (backend) => {
  test.each(PROBLEMS.map((each, i) => ({ ...each, steps: expected[i] })))(
    `$name: ${STEPS.length} joint steps move latents, gains and biases as plain double precision does, within ${BOUND}`,
    ({ problem, steps }) => {
      const own = createStep(backend, pruning, 3, problem.network);
      const before = flatten(own.parameters());
      for (const [i, { loss, after, averages }] of steps.entries()) {
        const result = own.step.run(inputAt(STEPS[i]));
        const mean = result.losses.reduce((sum, value) => sum + value, 0) / result.losses.length;
        expect(mean + pruning.divergence.weight * result.divergence).toBeCloseTo(loss, 4);
        const apart = flatten(own.parameters()).map((values, t) => distance(values, after[t]));
        expect(Math.max(...apart), `step ${i + 1}: ${apart}`).toBeLessThan(BOUND);
        expect(Math.max(...own.averages().map((values, t) => distance(values, averages[t])))).toBeLessThan(BOUND);
      }
      const moved = flatten(own.parameters()).map((values, t) => distance(values, before[t]));
      expect(Math.min(...moved)).toBeGreaterThan(10 * BOUND);
    },
  );
});

import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../test/support/toy.js';
import type { Model, ModelParameters } from '../model/model.js';
import { Paths } from '../pruning/cut/paths.js';
import { planNetwork } from '../runtime/network/plan.js';
import { createTraining } from './create-training.js';

const dataset = toyDataset();

/** Parameters before and after the first step, whose moving average is the step's own numbers. */
function firstStep(weightDecay: number): [before: ModelParameters, after: ModelParameters] {
  const recipe = toyRecipe({}, { epochs: 2, batch: 30, warmup: 4, learningRate: 0.04, weightDecay });
  const training = createTraining(recipe, dataset);
  const before = training.model().parameters;
  training.runEpoch();
  training.close();
  return [before, training.model().parameters];
}

test('weight decay takes its share, times the scheduled learning rate, off the latent weights alone', () => {
  const [start, plain] = firstStep(0);
  const [, decayed] = firstStep(0.5);
  // a quarter of the warm-up, at the top of the cosine
  const share = 0.5 * 0.04 * 0.25;
  for (const [t, latents] of start.latents.entries()) {
    for (const [i, latent] of latents.entries()) {
      expect(plain.latents[t][i] - decayed.latents[t][i]).toBeCloseTo(share * latent, 6);
    }
  }
  expect([decayed.gains, decayed.biases]).toEqual([plain.gains, plain.biases]);
});

test('with paths every weight of the trained network is as small as its widest path at any rate', () => {
  const trained = (paths: boolean) => {
    const pruning = { rates: { draw: 'sandwich', largest: 0.9, between: 1 }, paths };
    const training = createTraining(toyRecipe({ pruning }), toyDataset());
    while (!training.done) training.runEpoch();
    return training.model();
  };
  const limited = (model: Model) => {
    const { description, network, parameters } = model;
    const latents = parameters.latents.map((tensor) => tensor.slice());
    const plan = planNetwork(description.layers, network.input, description.classes.length);
    new Paths(plan, new Uint8Array(parameters.mean.length)).limit(latents);
    return latents;
  };
  const [free, bound] = [trained(false), trained(true)];
  expect(limited(bound)).toEqual(bound.parameters.latents);
  expect(limited(free)).not.toEqual(free.parameters.latents);
  expect(limited(free)).not.toEqual(bound.parameters.latents);
});

import { expect, test } from 'vitest';
import { randomModel } from '../../test/support/random-model.js';
import { toyDataset, toyRecipe } from '../../test/support/toy.js';
import { Random } from '../core/random.js';
import { evaluate } from '../evaluate/evaluate.js';
import { labelledSequences } from '../evaluate/labelled-sequences.js';
import { Inference } from '../model/inference.js';
import type { ModelParameters } from '../model/model.js';
import { Network } from '../model/network.js';
import { Paths } from '../pruning/cut/paths.js';
import { planNetwork } from '../runtime/network/plan.js';
import { evaluateCurve } from '../runtime/network/rate.js';
import { createTraining } from './create-training.js';
import { joinMembers, partMembers } from './members.js';

const RATE = 0.7;
const model = randomModel(
  [
    { kind: 'graph-convolution', heads: 2, filters: 6, combine: 'concatenate' },
    { kind: 'dense', units: 12, members: 3 },
  ],
  5,
);
const { layers, classes } = model.description;
const network = new Network(layers, model.network.input, classes.length, { members: 'apart' });
const whole = new Network(layers, model.network.input, classes.length);
const features = Array.from({ length: 8 }, (_, i) => {
  const random = new Random(i);
  return Float32Array.from({ length: model.parameters.mean.length }, () => random.normal());
});

/** The model's parameters for members apart, with biases of their own. */
function apart(): ModelParameters {
  const parted = partMembers(model.parameters, network);
  const random = new Random(9);
  const last = parted.biases.length - 1;
  const biases = parted.biases.map((curve, b) =>
    b === last ? { ...curve, values: curve.values.map((value) => value + random.normal()) } : curve,
  );
  return { ...parted, biases };
}

function logitsOf(of: Network, { latents, scales, gains, biases }: ModelParameters): Float32Array[] {
  const weights = latents.map((tensor, t) => {
    const scale = scales[t] * Math.exp(evaluateCurve(gains[t], RATE)[0]);
    return tensor.map((latent) => latent * scale);
  });
  const numbers = biases.map((curve) => Float32Array.from(evaluateCurve(curve, RATE)));
  return new Inference(of, { weights, biases: numbers }, features.length).run(features);
}

test('the joined network answers with the mean of the logits of its members, within 1e-5', () => {
  const members = apart();
  const [joined, each] = [logitsOf(whole, joinMembers(members, network)), logitsOf(network, members)];
  for (const [i, logits] of each.entries()) {
    expect(logits).toHaveLength(3 * classes.length);
    for (let c = 0; c < classes.length; c++) {
      const apart = [0, 1, 2].map((member) => logits[member * classes.length + c]);
      expect(joined[i][c]).toBeCloseTo((apart[0] + apart[1] + apart[2]) / 3, 5);
      expect(new Set(apart).size).toBe(3);
    }
  }
});

test('parting the members and joining them gives the same parameters', () => {
  const again = joinMembers(partMembers(model.parameters, network), network);
  expect(again.latents).toEqual(model.parameters.latents);
  expect(again.scales).toEqual(model.parameters.scales);
  for (const [b, { values }] of again.biases.entries()) {
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(model.parameters.biases[b].values[i], 6);
  }
});

test('paths of members apart are limited as those of the network that they become', () => {
  const zeros = new Uint8Array(model.parameters.mean.length);
  const { latents } = partMembers(model.parameters, network);
  Paths.ofTraining(layers, network, zeros).limit(latents);
  const expected = model.parameters.latents.map((tensor) => tensor.slice());
  new Paths(planNetwork(layers, network.input, classes.length), zeros).limit(expected);
  expect(joinMembers({ ...model.parameters, latents }, network).latents).toEqual(expected);
  expect(expected).not.toEqual(model.parameters.latents);
});

test('a member reads units of its own: without those of the others, their answers are the same for all sequences', () => {
  const members = apart();
  const latents = members.latents.map((tensor, t) =>
    network.weights[t].fullName === 'dense-2.weight' ? tensor.fill(0, tensor.length / 3) : tensor,
  );
  const logits = logitsOf(network, { ...members, latents });
  const isConstant = logits[0].map((value, i) => (logits.every((answers) => answers[i] === value) ? 1 : 0));
  expect(Array.from(isConstant.subarray(0, classes.length))).not.toContain(1);
  expect(Array.from(isConstant.subarray(classes.length))).not.toContain(0);
});

const recipe = toyRecipe({ network: [...layers] }, { epochs: 80 });
const dataset = toyDataset(120);

test('what a training with members gives answers most sequences that it never saw, whole and at 50 %', () => {
  const training = createTraining(recipe, dataset);
  while (!training.done) training.runEpoch();
  const trained = training.model();
  const results = evaluate(trained, labelledSequences(trained, dataset, dataset.splits[0].test), [0, 0.5]);
  for (const { accuracy } of results) expect(accuracy).toBeGreaterThan(0.9);
});

test('a training that starts from a model with members gives the same model before its first step', () => {
  const trained = createTraining(recipe, dataset);
  trained.runEpoch();
  const before = trained.model();
  const again = createTraining(recipe, dataset, { start: before.parameters }).model().atRate(RATE);
  const { weights, biases } = before.atRate(RATE);
  for (const [t, tensor] of [...weights, ...biases].entries()) {
    const found = [...again.weights, ...again.biases][t];
    expect(tensor.some((value) => value !== 0)).toBe(true);
    for (const [i, value] of tensor.entries()) expect(found[i]).toBeCloseTo(value, 5);
  }
});

import { expect, test } from 'vitest';
import { randomModel } from '../../../test/support/random-model.js';
import { Model } from '../../model/model.js';
import { dropDead } from './keep.js';

/** A model whose only unit reads the first channel of the second node, at a rate. */
function readingOneFeature(rate: number) {
  const model = randomModel([{ kind: 'dense', units: 1 }], 1);
  const { channels } = model.network.input;
  const [weight, classifier] = model.parameters.latents.map((tensor) => tensor.fill(0));
  weight[channels] = 1;
  classifier[0] = 1;
  model.parameters.mean.set(model.parameters.mean.map((_, i) => i + 1));
  model.parameters.inverseDeviation.set(model.parameters.mean.map((value) => value / 2));
  return { model: new Model(model.description, model.parameters, rate), channels };
}

test('a feature that is not read repeats that of the node before; those of the first node become 0 and 8', () => {
  const { model, channels } = readingOneFeature(0.5);
  const before = [...model.parameters.mean];
  const { mean, inverseDeviation } = dropDead(model).parameters;
  // From the second node on, its first channel is kept and then repeated; all others repeat the first node's.
  expect([...mean]).toEqual(before.map((_, i) => (i >= channels && i % channels === 0 ? channels + 1 : 0)));
  expect([...inverseDeviation]).toEqual(
    before.map((_, i) => (i >= channels && i % channels === 0 ? (channels + 1) / 2 : 8)),
  );
  expect([...model.parameters.mean]).toEqual(before);
});

test('gains and biases lose the knots that no rate from its own on needs', () => {
  const { model } = readingOneFeature(0.6);
  const { knots, size } = model.parameters.biases[0];
  for (const curve of [...model.parameters.gains, ...model.parameters.biases]) curve.values.fill(3);
  // Knots are at rates 1 − 2^(−k): 0.6 lies between 0.5 (k = 1) and 0.75, so that the one at 0 is not needed.
  const { gains, biases } = dropDead(model).parameters;
  expect([...biases[0].values]).toEqual(Array.from({ length: knots * size }, (_, i) => (i < size ? 0 : 3)));
  expect([...gains[0].values]).toEqual([0, 3, 3, 3]);
});

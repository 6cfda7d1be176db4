import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layerLists, randomModel } from '../../../test/support/random-model.js';
import { Model } from '../../model/model.js';
import { createCurve } from '../../model/rate-curve.js';
import { planNetwork } from '../../runtime/network/plan.js';
import { liveWeights } from './live.js';
import { Paths } from './paths.js';

const dense = (units: number) => ({ kind: 'dense', units, activation: 'relu' }) as const;
const numbers = (tensors: readonly Float32Array[]) => tensors.map((tensor) => [...tensor]);

test('widest paths by hand: two features, two units, two classes', () => {
  const plan = planNetwork([dense(2)], { nodes: 1, channels: 2 }, 2);
  // unit 0 is read by class 1 alone, with 3; unit 1 by class 0, with 1, and nothing larger than 0.5 enters it
  const latents = () => [Float32Array.of(5, -2, 0.5, 0.25), Float32Array.of(0, 1, 3, -0.1)];
  const all = latents();
  new Paths(plan, Uint8Array.of(0, 0)).limit(all);
  expect(numbers(all)).toEqual([
    [3, -2, 0.5, 0.25],
    [0, 0.5, 3, Math.fround(-0.1)],
  ]);
  const withoutFirst = latents();
  new Paths(plan, Uint8Array.of(1, 0)).limit(withoutFirst);
  expect(numbers(withoutFirst)).toEqual([
    [0, -2, 0, 0.25],
    [0, 0.25, 2, Math.fround(-0.1)],
  ]);
  const fromOneOn = latents();
  new Paths(plan, Uint8Array.of(0, 0)).limit(fromOneOn, 0.9);
  expect(numbers(fromOneOn)).toEqual([
    [3, -2, 0.5, 0.25],
    [0, 0, 3, Math.fround(-0.1)],
  ]);
});

/** Without biases, of which units without input would take constants, and with all features. */
function withoutBiases(model: Model): Model {
  const { description, parameters } = model;
  const biases = parameters.biases.map(({ size }) => createCurve(4, size));
  const mean = parameters.mean.map(() => 1);
  return new Model(description, { ...parameters, biases, mean });
}

function limited({ description, network, parameters }: Model): Float32Array[] {
  const { layers, classes } = description;
  const latents = parameters.latents.map((tensor) => tensor.slice());
  new Paths(planNetwork(layers, network.input, classes.length), new Uint8Array(parameters.mean.length)).limit(latents);
  return latents;
}

test('random networks: above any threshold are exactly the weights that are live among those above it', () => {
  const property = fc.property(
    layerLists,
    fc.nat(1000),
    fc.double({ min: 0, max: 2.5, noNaN: true }),
    (layers, seed, limit) => {
      const model = withoutBiases(randomModel(layers, seed));
      const { description, parameters } = model;
      const above = parameters.latents.map((tensor) => tensor.map((latent) => (Math.abs(latent) > limit ? latent : 0)));
      const live = liveWeights(new Model(description, { ...parameters, latents: above })).weights;
      const kept = limited(model).map((tensor) =>
        Uint8Array.from(tensor, (latent) => (Math.abs(latent) > limit ? 1 : 0)),
      );
      expect(kept).toEqual(live);
    },
  );
  fc.assert(property, { numRuns: 25, seed: 1 });
});

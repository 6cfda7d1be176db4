import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layerLists, randomModel } from '../../../test/support/random-model.js';
import { Model } from '../model.js';
import { decodeModel, encodeModel } from './file.js';
import { asFiled } from './rounding.js';

const { fround } = Math;

/** Numbers between those of any file, and zeros of either sign. */
function unrounded({ description, parameters }: Model, precision: Model['precision'], rate: number): Model {
  const { latents, gains, biases, mean, inverseDeviation } = parameters;
  const curves = (list: typeof gains) =>
    list.map((curve) => ({ ...curve, values: curve.values.map((x, i) => (i % 5 ? x * 1.0001 : -x * 1e-9)) }));
  const others = {
    ...parameters,
    latents: latents.map((tensor) => tensor.map((latent, i) => (i % 7 ? fround(latent * 1.0001) : -0))),
    gains: curves(gains),
    biases: curves(biases),
    mean: mean.map((value) => value * 1.01),
    inverseDeviation: inverseDeviation.map((value) => value * 1.01),
  };
  return new Model(description, others, rate, precision);
}

test('a model as filed is the one that its file gives back, to the bit', () => {
  const precisions = fc.constantFrom<Model['precision'][]>('float32', 'float16', 'int8');
  const property = fc.property(layerLists, fc.nat(1000), precisions, (layers, seed, precision) => {
    const model = unrounded(randomModel(layers, seed), precision, 0.1);
    const [filed, read] = [asFiled(model), decodeModel(encodeModel(model), 'file')];
    expect(filed.parameters).toEqual(read.parameters);
    expect([filed.rate, filed.precision, filed.quantum]).toEqual([read.rate, read.precision, read.quantum]);
    expect(filed.parameters).not.toEqual(model.parameters);
  });
  fc.assert(property, { numRuns: 60 });
});

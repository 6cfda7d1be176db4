import fc from 'fast-check';
import * as v from 'valibot';
import { Random } from '../../src/core/random.js';
import { quantise } from '../../src/model/file/quantise.js';
import type { Shape } from '../../src/model/layer.js';
import { Model } from '../../src/model/model.js';
import { findNetworkFault } from '../../src/model/network-outline.js';
import { type LayerOptions, networkSchema } from '../../src/model/network-schema.js';
import { createCurve } from '../../src/model/rate-curve.js';
import type { LayerOf, LayerSpec, StillKind } from '../../src/runtime/network/products.js';
import { Pipeline } from '../../src/runtime/skeleton/pipeline.js';
import { preprocessingSchema } from '../../src/skeleton/schemas.js';
import { toyModel } from './toy.js';

const activation = fc.constantFrom('relu' as const, 'none' as const);

/** Every kind of layer without time; a new kind has to be tried here too. */
const layerKinds: { readonly [Kind in StillKind]: fc.Arbitrary<LayerOf<Kind>> } = {
  'graph-convolution': fc.record({
    kind: fc.constant('graph-convolution' as const),
    heads: fc.integer({ min: 1, max: 4 }),
    filters: fc.integer({ min: 1, max: 12 }),
    combine: fc.constantFrom('sum' as const, 'concatenate' as const),
    activation,
  }),
  dense: fc.record(
    {
      kind: fc.constant('dense' as const),
      units: fc.integer({ min: 1, max: 16 }),
      members: fc.constantFrom(2, 3),
      activation,
    },
    { requiredKeys: ['kind', 'units', 'activation'] },
  ),
};

/** One to three hidden layers of any kind. `randomModel` leaves out members that do not divide units or channels. */
export const layerLists = fc.array(fc.oneof(...Object.values<fc.Arbitrary<LayerSpec>>(layerKinds)), {
  minLength: 1,
  maxLength: 3,
});

/** A model of the toy data set, or described otherwise, with random weights, gains, biases and means, and temperatures other than 1, as a file can hold them. */
export function randomModel(
  layers: unknown,
  seed: number,
  preprocessing?: Model['description']['preprocessing'],
  persons = 1,
  toy = toyModel(() => 1).description,
): Model {
  const random = new Random(seed);
  const steps = v.parse(preprocessingSchema, preprocessing ?? toy.preprocessing);
  const temperatures = [0.5, 1.5, 0.8].map((value) => value + 0.01 * (seed % 7));
  const description = {
    ...toy,
    persons,
    temperatures,
    preprocessing: steps,
    layers: fitting(v.parse(networkSchema, layers), new Pipeline(steps, toy.layout, persons).input),
  };
  const { network } = new Model(description, undefined as never);
  const randoms = (count: number) => Float64Array.from({ length: count }, () => random.normal());
  const curve = (size: number) => ({ ...createCurve(4, size), values: randoms(4 * size).map((x) => 0.3 * x) });
  const features = (network.input.nodes * network.input.channels) / (network.input.frames ?? 1);
  const parameters = {
    latents: network.weights.map(({ rows, columns }) => Float32Array.from(randoms(rows * columns))),
    scales: network.weights.map(({ columns }) => 1 / Math.sqrt(columns)),
    gains: network.weights.map(() => curve(1)),
    biases: network.biases.map(({ size }) => curve(size)),
    mean: Float32Array.from(randoms(features)),
    inverseDeviation: Float32Array.from(randoms(features), (x) => 2 ** x),
  };
  return quantise(new Model(description, parameters), 'float32');
}

function fitting(layers: readonly LayerOptions[], input: Shape): readonly LayerOptions[] {
  const fault = findNetworkFault(layers, input);
  if (fault === undefined) return layers;
  const uneven = layers.findIndex((_, i) => fault.place.startsWith(`[${i}]`));
  return fitting(
    layers.map((layer, i) => (i === uneven ? { ...layer, members: undefined } : layer)),
    input,
  );
}

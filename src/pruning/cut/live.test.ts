import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layerLists, randomModel } from '../../../test/support/random-model.js';
import { toyDataset } from '../../../test/support/toy.js';
import { decodeModel, encodeModel } from '../../model/file/file.js';
import { quantise } from '../../model/file/quantise.js';
import { runtimeOf } from '../../model/file/runtime-of.js';
import { inferenceOf } from '../../model/inference.js';
import { Model } from '../../model/model.js';
import { RuntimeModel } from '../../runtime/model.js';
import { nonzerosAt } from '../../runtime/network/rate.js';
import { zeroFeatures } from '../../skeleton/zero-features.js';
import { cut } from './cut.js';
import { dropDead, keepNonzeros } from './keep.js';
import { liveWeights } from './live.js';
import { effectivePrefix, selectionOrder } from './selector.js';
import { weightSize } from './size.js';

const { samples } = toyDataset(3);
const rates = fc.constantFrom(0.3, 0.7, 0.9, 0.95, 0.98, 0.99, 0.999);
const seeds = fc.nat(1000);

/** Logits of the samples, [sample][class], in the engine at the model's own rate. */
function engineLogits(model: Model): Float32Array[] {
  const features = samples.map((sample) => model.standardise(model.pipeline.features(sample)));
  return inferenceOf(model, model.rate, samples.length).run(features);
}

function runtimeLogits(model: Model): Float64Array[] {
  const view = runtimeOf(model).view();
  return samples.map((sample) => view.logits(sample).slice());
}

const precisions = fc.constantFrom('float32' as const, 'int8' as const);

const nonzeros = (model: Model) => weightSize(model).nonzeros;

function withLatents(model: Model, latents: Float32Array[]): Model {
  return new Model(model.description, { ...model.parameters, latents }, model.rate);
}

test('random networks: without its dead weights a cut gives the same logits, to the bit, in engine and runtime', () => {
  const property = fc.property(layerLists, seeds, rates, precisions, (layers, seed, rate, precision) => {
    const small = cut(quantise(randomModel(layers, seed), precision), { rate });
    const live = dropDead(small);
    expect(nonzeros(live)).toBe(liveWeights(small).effective);
    expect(engineLogits(live)).toEqual(engineLogits(small));
    expect(runtimeLogits(live)).toEqual(runtimeLogits(small));
    expect(quantise(live, precision).parameters.latents).toEqual(live.parameters.latents);
  });
  fc.assert(property, { numRuns: 100 });
});

test('features that are always zero stay so where a live weight reads them', () => {
  const pose = [{ step: 'resample', frames: 8 } as const];
  const channels = [{ step: 'distances', joints: ['Wrist', 'ThumbTIP', 'IndexTIP'], chunks: 2 } as const];
  const layers = [{ kind: 'graph-convolution', heads: 1, filters: 1, combine: 'sum', activation: 'none' }];
  const { description, parameters } = randomModel(layers, 8, { pose, channels });
  const zeros = zeroFeatures(description.preprocessing, description.layout, 1);
  const model = new Model(description, { ...parameters, mean: Float32Array.from(zeros, (zero) => 1 - zero) });
  expect(liveWeights(model).layers[0].input).toEqual(zeros.map((zero) => 1 - zero));
  expect(runtimeLogits(dropDead(model))).toEqual(runtimeLogits(model));
});

test('random linear networks: every weight that is left moves some logit', () => {
  const linear = layerLists.map((layers) => layers.map((layer) => ({ ...layer, activation: 'none' })));
  const property = fc.property(linear, seeds, (layers, seed) => {
    const live = dropDead(cut(randomModel(layers, seed), { rate: 0.97 }));
    const before = engineLogits(live);
    for (const [t, tensor] of live.parameters.latents.entries()) {
      for (const [i, latent] of tensor.entries()) {
        if (latent === 0) continue;
        const latents = live.parameters.latents.map((tensor, at) => (at === t ? tensor.with(i, 3 * latent) : tensor));
        expect(engineLogits(withLatents(live, latents))).not.toEqual(before);
      }
    }
  });
  fc.assert(property, { numRuns: 10, seed: 1 });
});

test('by hand: a unit is as good as its way in, or its bias, and its way out', () => {
  const model = randomModel([{ kind: 'dense', units: 4 }], 1);
  const [weight, classifier] = model.parameters.latents.map((tensor) => tensor.fill(0));
  const [bias] = model.parameters.biases;
  bias.values.fill(-1);
  const width = model.network.input.nodes * model.network.input.channels;
  weight.set([1, 2], 0); // unit 0: in and out
  classifier[0] = 1;
  weight.set([1, 2, 3], width); // unit 1: in alone
  classifier[2] = 1; // unit 2: out alone, rectified to zero
  classifier[3] = 1; // unit 3: out alone, a constant
  for (let knot = 0; knot < bias.knots; knot++) bias.values[knot * 4 + 3] = 1;
  const { weights, layers, effective } = liveWeights(model);
  const places = (mask: Uint8Array) => [...mask.keys()].filter((i) => mask[i]);
  expect(weights.map(places)).toEqual([
    [0, 1],
    [0, 3],
  ]);
  expect(places(layers[0].input)).toEqual([0, 1]);
  expect(places(layers[0].output)).toEqual([0, 3]);
  expect(places(layers[1].output)).toEqual([0, 1, 2]);
  expect(effective).toBe(4);
});

test('attention to a root that never leaves the origin is dead', () => {
  const channels = [{ step: 'positions', chunks: 2 }] as const;
  const still = {
    pose: [
      { step: 'body-frame', up: 'spine' },
      { step: 'resample', frames: 8 },
    ],
    channels,
  } as const;
  const model = randomModel([{ kind: 'graph-convolution', heads: 1, filters: 8, combine: 'sum' }], 1, still);
  model.parameters.mean.fill(0);
  const [root] = model.description.layout.anchors.root;
  const [attention] = liveWeights(model).weights;
  expect(attention.every((live, i) => live === (i % 21 === root ? 0 : 1))).toBe(true);
  expect(engineLogits(dropDead(model))).toEqual(engineLogits(model));
});

test('an effective budget is filled with live weights, as far as the next one does not bring too many', () => {
  const property = fc.property(layerLists, seeds, rates, precisions, (layers, seed, rate, precision) => {
    const model = quantise(randomModel(layers, seed), precision);
    const wanted = nonzerosAt(model.network.weightCount, rate);
    const order = selectionOrder(model);
    const effective = (count: number) => liveWeights(keepNonzeros(model, order, count, rate)).effective;
    const prefix = effectivePrefix(model, order, wanted, rate);
    expect(effective(prefix)).toBeLessThanOrEqual(wanted);
    if (prefix < order.length) expect(effective(prefix + 1)).toBeGreaterThan(wanted);
    const filled = cut(model, { rate, effective: true });
    expect(filled.rate).toBe(rate);
    expect([nonzeros(filled), liveWeights(filled).effective]).toEqual([effective(prefix), effective(prefix)]);
  });
  fc.assert(property, { numRuns: 40 });
});

test('a file without dead weights keeps its rate, and its prefixes are networks', () => {
  const live = dropDead(cut(randomModel([{ kind: 'dense', units: 16 }], 2), { rate: 0.9 }));
  const bytes = encodeModel(live);
  expect(decodeModel(bytes, 'live').rate).toBe(0.9);
  expect(engineLogits(decodeModel(bytes, 'live'))).toEqual(engineLogits(live));
  for (const prefix of new RuntimeModel(bytes).prefixes.slice(0, -1)) {
    const read = decodeModel(bytes.subarray(0, prefix.bytes), 'prefix');
    expect(read.rate).toBe(prefix.rate);
    expect(read.parameters.latents).toEqual(cut(live, { rate: prefix.rate }).parameters.latents);
  }
});

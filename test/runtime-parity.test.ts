import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../src/core/random.js';
import { loadDataset } from '../src/data/node/load-dataset-node.js';
import { selectSplit } from '../src/data/splits.js';
import { encodeModel } from '../src/model/file.js';
import { Inference } from '../src/model/inference.js';
import { Model } from '../src/model/model.js';
import { networkSchema } from '../src/model/network.js';
import { quantise } from '../src/model/quantise.js';
import { createCurve } from '../src/model/rate-curve.js';
import { cut } from '../src/pruning/cut.js';
import { RuntimeModel } from '../src/runtime/model.js';
import { argmax } from '../src/runtime/scores.js';
import type { SkeletonSequence } from '../src/skeleton/sequence.js';
import { createTraining } from '../src/train/create-training.js';
import { loadRecipe } from '../src/train/node/load-recipe-node.js';
import { train } from '../src/train/train.js';
import { toyDataset, toyModel } from './support/toy.js';

/** The greatest difference of a logit, and how many decisions differ. */
function compare(model: Model, rate: number, sequences: readonly SkeletonSequence[]) {
  const view = new RuntimeModel(encodeModel(model)).view(rate);
  const small = cut(model, { rate });
  const inference = new Inference(small.network, small.atRate(rate), 1);
  let [difference, decisions] = [0, 0];
  for (const sequence of sequences) {
    const features = small.standardise(small.pipeline.features(sequence));
    expect(Buffer.from(view.features(sequence).buffer).equals(Buffer.from(features.buffer))).toBe(true);
    const [expected] = inference.run([features]);
    const found = view.logits(sequence);
    for (const [i, logit] of expected.entries()) difference = Math.max(difference, Math.abs(logit - found[i]));
    if (argmax(found) !== argmax(expected)) decisions++;
  }
  return { difference, decisions };
}

const layer = fc.oneof(
  fc.record({
    kind: fc.constant('graph-convolution'),
    heads: fc.integer({ min: 1, max: 4 }),
    filters: fc.integer({ min: 1, max: 12 }),
    combine: fc.constantFrom('sum', 'concatenate'),
    activation: fc.constantFrom('relu', 'none'),
  }),
  fc.record({ kind: fc.constant('dense'), units: fc.integer({ min: 1, max: 16 }) }),
);

function randomModel(layers: unknown, seed: number): Model {
  const random = new Random(seed);
  const { description } = toyModel(() => 1);
  const own = { ...description, layers: networkSchema.parse(layers) };
  const { network } = new Model(own, undefined as never);
  const curve = (size: number) => ({ ...createCurve(4, size), values: randoms(4 * size).map((x) => 0.3 * x) });
  const randoms = (count: number) => Float64Array.from({ length: count }, () => random.normal());
  const model = new Model(own, {
    latents: network.weights.map(({ rows, columns }) => Float32Array.from(randoms(rows * columns))),
    scales: network.weights.map(({ fanIn }) => 1 / Math.sqrt(fanIn)),
    gains: network.weights.map(() => curve(1)),
    biases: network.biases.map(({ size }) => curve(size)),
    mean: Float32Array.from(randoms(network.input.nodes * network.input.channels)),
    inverseDeviation: new Float32Array(network.input.nodes * network.input.channels).fill(1),
  });
  return quantise(model, seed % 2 === 0 ? 'float32' : 'float16');
}

test('random networks: the runtime gives the logits of the engine within 1e-5, at any rate', () => {
  const sequences = toyDataset(4).samples;
  const property = fc.property(
    fc.array(layer, { minLength: 1, maxLength: 3 }),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.nat(1000),
    (layers, rate, seed) => {
      expect(compare(randomModel(layers, seed), rate, sequences).difference).toBeLessThan(1e-5);
    },
  );
  fc.assert(property, { numRuns: 60 });
});

test('a network trained on irds: within 1e-5, and every decision on all test sequences', async () => {
  const dataset = await loadDataset('irds');
  const training = createTraining(loadRecipe('irds', { epochs: 2 }), dataset);
  for await (const _ of train(training));
  const sequences = selectSplit(dataset).test.map((index) => dataset.samples[index]);
  const model = training.model();
  for (const rate of [0, 0.9, 0.98, 0.995]) {
    const { difference, decisions } = compare(model, rate, rate < 0.9 ? sequences.slice(0, 100) : sequences);
    expect(difference).toBeLessThan(1e-5);
    expect(decisions).toBe(0);
  }
  training.close();
}, 120_000);

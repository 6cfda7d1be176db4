import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDataset } from '../src/data/node/load.js';
import { selectSplit } from '../src/data/splits.js';
import { encodeModel } from '../src/model/file/file.js';
import { quantise } from '../src/model/file/quantise.js';
import { inferenceOf } from '../src/model/inference.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { RuntimeModel } from '../src/runtime/model.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import { argmax } from '../src/runtime/view.js';
import { createTraining } from '../src/train/create-training.js';
import { loadRecipe } from '../src/train/node/load-recipe.js';
import { train } from '../src/train/train.js';
import { layerLists, randomModel } from './support/random-model.js';
import { toyDataset } from './support/toy.js';

/** The greatest difference of a logit, and how many decisions differ. */
function compare(model: Model, rate: number, sequences: readonly SkeletonSequence[]) {
  const view = new RuntimeModel(encodeModel(model)).view(rate);
  const small = cut(model, { rate });
  const inference = inferenceOf(small, rate, 1);
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

test('random networks: the runtime gives the logits of the engine within 1e-5, at any rate', () => {
  const sequences = toyDataset(4).samples;
  const property = fc.property(
    layerLists,
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.nat(1000),
    (layers, rate, seed) => {
      const model = quantise(randomModel(layers, seed), seed % 2 === 0 ? 'float32' : 'float16');
      expect(compare(model, rate, sequences).difference).toBeLessThan(1e-5);
    },
  );
  fc.assert(property, { numRuns: 60, seed: 1 });
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

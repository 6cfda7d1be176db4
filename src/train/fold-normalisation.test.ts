import { expect, test } from 'vitest';
import { distance } from '../../test/support/backends.js';
import { toyDataset, toyRecipe, toySplit } from '../../test/support/toy.js';
import { runCuts } from '../evaluate/evaluate.js';
import { Inference } from '../model/inference.js';
import { Network } from '../model/network.js';
import { cutter } from '../pruning/cut/cutter.js';
import { Pipeline } from '../runtime/skeleton/pipeline.js';
import { createTraining } from './create-training.js';
import { foldNormalisation } from './fold-normalisation.js';
import { memoryClips, openMemoryClips } from './samples/clip-store.js';
import { prepareSamples } from './samples/samples.js';

const dataset = toyDataset();
const { train } = toySplit();
/** Without augmentation, so that the sequences which are drawn are those of the data set. */
const plain = {
  preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'frame-positions' }] },
  augmentation: [],
  network: [
    { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum' },
    { kind: 'temporal-convolution', filters: 6, kernel: 3, residual: 2 },
    { kind: 'pool', over: 'both' },
  ],
};

test('over one part of all sequences, the folded network answers as the normalised one does at every knot', () => {
  const recipe = toyRecipe(plain, { epochs: 3 });
  const training = createTraining(recipe, dataset);
  while (!training.done) training.runEpoch();
  const model = training.model();
  training.close();
  const pipeline = new Pipeline(recipe.preprocessing, dataset.layout, dataset.persons);
  const store = memoryClips(train.length, pipeline.frames * pipeline.nodes * 3, false);
  const source = prepareSamples(recipe, dataset, train, { pipeline, store, openClips: openMemoryClips });
  const folded = foldNormalisation(model, source, train.length);
  expect(folded.description).toEqual(model.description);

  const { layers, classes } = model.description;
  const network = new Network(layers, pipeline.input, classes.length, { normalises: true });
  const sequences = train.map((index) => dataset.samples[index]);
  const features = sequences.map((sequence) => model.standardise(pipeline.features(sequence)));
  for (const rate of [0, 0.5, 0.75, 0.875]) {
    const normalised = new Inference(network, cutter(model)(rate).atRate(rate), train.length).run(features);
    const [{ logits }] = runCuts(folded, sequences, [rate]);
    for (const [i, expected] of normalised.entries()) expect(distance(logits[i], expected)).toBeLessThan(1e-4);
    const [before] = runCuts(model, sequences, [rate]);
    expect(Math.max(...before.logits.map((scores, i) => distance(scores, normalised[i])))).toBeGreaterThan(0.01);
  }
});

test('a training that starts from a model does not normalise', () => {
  const training = createTraining(toyRecipe(plain, { normalise: true }), dataset);
  const { parameters: start } = training.model();
  training.close();
  const message = /training\.normalise: expected false where the training starts from a model, found true/;
  expect(() => createTraining(toyRecipe(plain, { normalise: true }), dataset, { start })).toThrow(message);
  createTraining(toyRecipe(plain), dataset, { start }).close();
});

test('a training that normalises gives a folded network, at any time, and goes on as if none had been asked for', () => {
  const recipe = toyRecipe(plain, { normalise: true });
  const asked = createTraining(recipe, dataset);
  const other = createTraining(recipe, dataset);
  for (const training of [asked, other]) {
    while (!training.done) {
      training.runEpoch();
      if (training === asked) training.model();
    }
  }
  expect(asked.model().parameters).toEqual(other.model().parameters);
  const unlike = createTraining(toyRecipe(plain), dataset);
  while (!unlike.done) unlike.runEpoch();
  expect(asked.model().parameters.gains).not.toEqual(unlike.model().parameters.gains);
  for (const training of [asked, other, unlike]) training.close();
});

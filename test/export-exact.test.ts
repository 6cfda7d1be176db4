import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeModel } from '../src/model/file/file.js';
import { quantise } from '../src/model/file/quantise.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { loadModel } from '../src/run/node/load-model.js';
import type { Preprocessing } from '../src/runtime/skeleton/pipeline.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import { argmax, softmax } from '../src/runtime/view.js';
import { RuntimeModel } from '../src/runtime-temporal.js';
import { layoutNamed } from '../src/skeleton/layouts/layouts.js';
import { loadRecipe } from '../src/train/node/load-recipe.js';
import { irdsSamples } from './support/irds.js';
import { layerLists, randomModel } from './support/random-model.js';
import { preprocessings, randomSequences } from './support/random-preprocessing.js';
import { randomStream, runtimeAnswers } from './support/runtime-stream.js';
import { toyModel } from './support/toy.js';
import { answersOfClip, answersOfStream, loadWasm } from './support/wasm-module.js';

/** Bodies and persons of recipes, whose networks get random weights. */
const RECIPES = [
  ['irds', 'kinect-v2', 1],
  ['irds-tiny', 'kinect-v2', 1],
  ['irds-temporal', 'kinect-v2', 1],
  ['ui-prmd', 'kinect-v2', 1],
  ['sbu', 'kinect-v1-15', 2],
  ['paper-sbu-blocks', 'kinect-v1-15', 2],
  ['fpha', 'fpha-hand', 1],
] as const;
const PRECISIONS = ['float32', 'float16', 'int8'] as const;
const CUTS = [
  ['float32', 0.9],
  ['float16', 0.5],
  ['int8', 0.98],
] as const;

function modelOfRecipe(name: string, layout: string, persons: number, seed: number): Model {
  const { preprocessing, network } = loadRecipe(name);
  const toy = { ...toyModel(() => 1).description, layout: layoutNamed(layout) };
  return randomModel(network, seed, preprocessing, persons, toy);
}

/** Logits, class and probabilities of each recording are those of the runtime, to the bit. */
function expectSameClips(model: Model, sequences: readonly SkeletonSequence[]): void {
  const [wasm, view] = [loadWasm(model), new RuntimeModel(encodeModel(model)).view()];
  for (const sequence of sequences) {
    const logits = [...view.logits(sequence)];
    const scores = softmax(logits, view.temperature);
    expect(answersOfClip(wasm, sequence, logits.length)).toEqual({ logits, label: argmax(logits), scores });
  }
}

test.each(RECIPES)('recordings by the network of %s: the bits of the runtime', (name, layout, persons) => {
  const { joints } = layoutNamed(layout);
  for (const [seed, [precision, rate]] of CUTS.entries()) {
    const model = cut(quantise(modelOfRecipe(name, layout, persons, seed), precision), { rate });
    expectSameClips(model, randomSequences(5, persons, seed, joints.length));
  }
});

test.each([0.9, 0.98, 0.995])('recordings and a stream of irds at %d: the bits of the runtime', async (rate) => {
  const model = cut(loadModel('examples/irds.anyrate'), { rate });
  const samples = await irdsSamples(12);
  expectSameClips(model, samples);
  const size = model.description.layout.joints.length * 3;
  const frames = samples.flatMap(({ positions, frames }) =>
    Array.from({ length: frames }, (_, i) => positions.slice(i * size, (i + 1) * size)),
  );
  const stream = frames.map((positions, i) => ({ positions: i % 9 === 4 ? null : positions, seconds: i / 30 }));
  const expected = runtimeAnswers(model, stream);
  expect(answersOfStream(loadWasm(model), stream)).toEqual(expected);
  expect(expected.filter(({ isChanged }) => isChanged).length).toBeGreaterThan(5);
});

/** How a stream is read: a share of the past that is no power of two, spotting, a rule of likeness, smoothed landmarks. */
const contracts = fc.record(
  {
    seconds: fc.double({ min: 0.3, max: 1.5, noNaN: true }),
    smoothing: fc.double({ min: 0, max: 0.95, noNaN: true }),
    nothing: fc.constant(['z']),
    spotting: fc.constant({ enter: 0.7, leave: 0.3, shortest: 0.1, rest: 0.2 }),
    oneEuro: fc.constant({ minCutoff: 1.5, beta: 0.4, derivativeCutoff: 1 }),
    rejection: fc.array(fc.double({ min: -40, max: 0, noNaN: true }), { minLength: 9, maxLength: 9 }).map((means) => ({
      means: [means.slice(0, 3), means.slice(3, 6), means.slice(6)],
      refused: [0.05],
      thresholds: [[0.1]],
      share: 0.05,
    })),
  },
  { requiredKeys: ['seconds'] },
);

/** Features that are the same in every window, so that a step of a stream costs its new cells alone. */
const LOCAL = {
  pose: [{ step: 'resample', frames: 12 }],
  channels: [{ step: 'frame-positions' }, { step: 'frame-bones' }],
};
const OVER_TIME = [
  { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum' },
  { kind: 'temporal-convolution', filters: 6, kernel: 3, stride: 2, residual: 2 },
  { kind: 'pool', over: 'both' },
];

/** Of so few frames that the first answer comes before the first whole step. */
const SHORT = { pose: [{ step: 'resample', frames: 2 }], channels: [{ step: 'statistics' }] };

/** Its weights are large enough for answers that it is sure of. */
function surer(model: Model): Model {
  for (const tensor of model.parameters.latents) tensor.set(tensor.map((latent) => 3 * latent));
  return model;
}

test('streams by random networks, preprocessing and contracts: the bits of the runtime', () => {
  let changes = 0;
  const property = fc.property(
    fc.oneof(
      fc.tuple(layerLists, preprocessings),
      fc.tuple(layerLists, fc.constant(SHORT as Preprocessing)),
      fc.constant([OVER_TIME, LOCAL] as never),
    ),
    fc.constantFrom(1, 2),
    contracts,
    fc.double({ min: 0, max: 0.97, noNaN: true }),
    fc.constantFrom(...PRECISIONS),
    fc.nat(1000),
    ([layers, preprocessing], persons, stream, rate, precision, seed) => {
      const whole = quantise(surer(randomModel(layers, seed, preprocessing, persons)), precision);
      const model = cut(whole, { rate }).describedBy({ stream });
      const frames = randomStream(persons, seed);
      const expected = runtimeAnswers(model, frames);
      changes += expected.filter(({ isChanged }) => isChanged).length;
      expect(answersOfStream(loadWasm(model), frames)).toEqual(expected);
    },
  );
  fc.assert(property, { numRuns: Number(process.env.RUNS ?? 12), seed: 2 });
  expect(changes).toBeGreaterThan(20);
});

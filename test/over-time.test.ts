import { expect, test } from 'vitest';
import { evaluate, runCuts } from '../src/evaluate/evaluate.js';
import { decodeModel, encodeModel } from '../src/model/file/file.js';
import { Model } from '../src/model/model.js';
import { createCurve } from '../src/model/rate-curve.js';
import { cut } from '../src/pruning/cut/cut.js';
import { dropDead } from '../src/pruning/cut/keep.js';
import { liveWeights } from '../src/pruning/cut/live.js';
import { Paths } from '../src/pruning/cut/paths.js';
import { weightSize } from '../src/pruning/cut/size.js';
import { planNetwork } from '../src/runtime/network/plan.js';
import { Pipeline } from '../src/runtime/skeleton/pipeline.js';
import { RuntimeModel } from '../src/runtime-temporal.js';
import { createTraining } from '../src/train/create-training.js';
import { SampleRows } from '../src/train/samples/sample-rows.js';
import { toyDataset, toyRecipe } from './support/toy.js';

const FRAMES = { pose: [{ step: 'resample', frames: 16 }] };
const CHANNELS = ['positions', 'relative', 'bones', 'velocities'].map((name) => ({ step: `frame-${name}` }));
const BLOCKS = [
  { kind: 'graph-convolution', heads: 2, filters: 6, combine: 'sum' },
  { kind: 'temporal-convolution', filters: 8, kernel: 3, residual: 2 },
  { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'concatenate' },
  { kind: 'temporal-convolution', filters: 8, kernel: 3, stride: 2, residual: 2 },
  { kind: 'pool', over: 'both' },
];

function overTime(network: object[] = BLOCKS, training: object = {}, changes: object = {}) {
  const preprocessing = { ...FRAMES, channels: CHANNELS };
  return toyRecipe({ preprocessing, augmentation: [], network, ...changes }, training);
}

const dataset = toyDataset();
const training = createTraining(overTime(BLOCKS, { epochs: 3 }), dataset);
while (!training.done) training.runEpoch();
const model = training.model();
const sequences = dataset.samples.slice(0, 8);

test('channels of frames by hand: positions, from the root, from the parent, from the frame before', () => {
  const skeleton = {
    joints: ['root', 'tip'],
    bones: [[1, 0]],
    anchors: { root: [0], top: [1], left: [1], right: [1] },
  };
  const preprocessing = { pose: [{ step: 'resample', frames: 2 }], channels: CHANNELS };
  const pipeline = new Pipeline(preprocessing as never, skeleton as never, 1);
  expect(pipeline.input).toEqual({ nodes: 4, channels: 12, frames: 2 });
  const positions = Float32Array.of(1, 2, 3, 5, 7, 9, 2, 4, 6, 8, 12, 16);
  const features = pipeline.features({ frames: 2, persons: 1, joints: 2, positions });
  expect([...features]).toEqual([
    ...[1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...[5, 7, 9, 4, 5, 6, 4, 5, 6, 0, 0, 0],
    ...[2, 4, 6, 0, 0, 0, 0, 0, 0, 1, 2, 3],
    ...[8, 12, 16, 6, 8, 10, 6, 8, 10, 3, 5, 7],
  ]);
});

test('training makes the same features of frames as the runtime, bit for bit', () => {
  const { pipeline } = model;
  const rows = new SampleRows(pipeline, 4);
  for (const sequence of sequences) {
    rows.clip.positions.set(pipeline.clip(sequence).positions);
    rows.writeFeatures();
    expect(rows.features).toEqual(pipeline.features(sequence));
  }
});

test('weights and multiply-accumulates by hand', () => {
  // 21 joints of 12 channels in 16 frames: 14 after three taps, 6 after three taps and strides of 2
  const filtersFirst = [2 * 6 * 12 * 21 * 16, 21 * 42 * 6 * 16];
  const first = [8 * 3 * 6 * 21 * 14, 8 * 12 * 21 * 14];
  const second = [2 * 4 * 8 * 21 * 14, 2 * 21 * 21 * 4 * 14, 8 * 3 * 8 * 21 * 6];
  const macs = [...filtersFirst, ...first, ...second, 3 * 8].reduce((sum, count) => sum + count);
  expect(model.network.weightCount).toBe(144 + 882 + 144 + 96 + 64 + 882 + 192 + 24);
  expect(weightSize(model).macs).toBe(macs);
});

test.each([0, 0.5, 0.9, 0.97])('at %d the runtime, the file and the engine give the same logits', (rate) => {
  const small = cut(model, { rate });
  const bytes = encodeModel(small);
  const [{ logits }] = runCuts(decodeModel(bytes, 'file'), sequences, [rate]);
  const view = new RuntimeModel(bytes).view(rate);
  for (const [i, sequence] of sequences.entries()) {
    for (const [c, logit] of view.logits(sequence).entries()) {
      expect(Math.abs(logit - logits[i][c]) / (1 + Math.abs(logit))).toBeLessThan(1e-5);
    }
  }
});

test('without what is dead, through residuals and the pool, the logits are the same to the bit', () => {
  for (const rate of [0.5, 0.9, 0.97]) {
    const small = cut(model, { rate });
    const live = dropDead(small);
    expect(weightSize(live).nonzeros).toBeLessThan(weightSize(small).nonzeros);
    expect(runCuts(live, sequences, [rate])[0].logits).toEqual(runCuts(small, sequences, [rate])[0].logits);
  }
});

test('of the limit to widest paths, through residuals and the pool, no budget has dead weights', () => {
  const { description, network, parameters } = model;
  const biases = parameters.biases.map(({ size }) => createCurve(4, size));
  const plan = planNetwork(description.layers, network.input, description.classes.length);
  const latents = parameters.latents.map((tensor) => tensor.slice());
  new Paths(plan, new Uint8Array(network.input.nodes * network.input.channels)).limit(latents);
  const limited = new Model(description, { ...parameters, biases, latents, mean: parameters.mean.map(() => 1) });
  const before = new Model(description, { ...parameters, biases, mean: limited.parameters.mean });
  for (const rate of [0.5, 0.9, 0.97]) {
    const small = cut(limited, { rate });
    const { nonzeros } = weightSize(small);
    expect(liveWeights(small).effective).toBe(nonzeros);
    expect(nonzeros).toBeGreaterThan(liveWeights(cut(before, { rate })).effective);
  }
});

test('the file of any rate is a prefix of that of the whole network', () => {
  const bytes = encodeModel(model);
  const whole = new RuntimeModel(bytes);
  const part = new RuntimeModel(bytes.subarray(0, whole.bytesAt(0.9)));
  expect(part.view(0.9).predict(sequences[0])).toEqual(whole.view(0.9).predict(sequences[0]));
});

test('the training learns more than chance, a third', () => {
  const pruning = { rates: { draw: 'fixed', rates: [0] }, divergence: { weight: 0 } };
  const long = createTraining(overTime(BLOCKS, { epochs: 30, batch: 8 }, { pruning }), dataset);
  while (!long.done) long.runEpoch();
  expect(evaluate(long.model(), dataset.samples, [0])[0].accuracy).toBeGreaterThan(0.6);
});

test.each([
  [
    'a kernel of more frames than there are',
    [{ kind: 'temporal-convolution', filters: 4, kernel: 17 }],
    'at most the 16 frames',
  ],
  ['no pool before a dense layer', [{ kind: 'dense', units: 4 }], 'a pool over time before a dense layer'],
  ['no pool at all', BLOCKS.slice(0, 2), 'a pool over time before a dense layer'],
  [
    'filters that do not divide',
    [{ kind: 'temporal-convolution', filters: 5, kernel: 3, depthwise: true }],
    'a multiple of 12 filters',
  ],
  ['a residual from before the features', [{ ...BLOCKS[0], residual: 2 }], 'a residual over time, joint by joint'],
  [
    'a residual over a pool over time, which leaves no frame in the middle',
    [BLOCKS[0], { kind: 'pool', over: 'time' }, { ...BLOCKS[0], residual: 2 }],
    'a residual over time, joint by joint',
  ],
])('%s is refused', (_, network, message) => {
  expect(() => createTraining(overTime(network), dataset)).toThrow(message);
});

test.each([
  ['a temporal convolution', { kind: 'temporal-convolution', filters: 4, kernel: 1 }],
  ['a pool', { kind: 'pool', over: 'joints' }],
  ['a residual', { ...BLOCKS[0], residual: 1 }],
])('%s of features without time, which the small runtime does not know, is refused', (_, layer) => {
  const recipe = toyRecipe({ network: [BLOCKS[0], layer] });
  const expected = 'network[1]: expected channel steps of frames ("frame-…"), found others';
  expect(() => createTraining(recipe, dataset)).toThrow(expected);
});

test('where no pool is the last layer, the message says how to add one', () => {
  expect(() => createTraining(overTime(BLOCKS.slice(0, 2)), dataset)).toThrow('Add {"kind": "pool"} after the last');
});

test('steps of frames and others do not go together', () => {
  const channels = [{ step: 'frame-positions' }, { step: 'statistics' }];
  const mixed = { ...overTime(), preprocessing: { ...overTime().preprocessing, channels } };
  expect(() => createTraining(mixed as never, dataset)).toThrow('steps of frames alone');
});

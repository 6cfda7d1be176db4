import { expect, test } from 'vitest';
import { exporters, exportModel } from '../src/export/exporters.js';
import { encodeModel, quantise } from '../src/model/file/file.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { RuntimeModel } from '../src/runtime-temporal.js';
import { randomModel } from './support/random-model.js';
import { randomSequences } from './support/random-preprocessing.js';

const STEPS = ['positions', 'relative', 'bones', 'velocities'].map((name) => ({ step: `frame-${name}` }) as const);
const PREPROCESSING = {
  pose: [{ step: 'resample', frames: 12 }, { step: 'center' }],
  channels: STEPS,
} as unknown as Model['description']['preprocessing'];

const graph = (options: object) => ({ kind: 'graph-convolution', heads: 2, filters: 3, combine: 'sum', ...options });
const time = (options: object) => ({ kind: 'temporal-convolution', filters: 6, kernel: 3, ...options });

/** Every kind of layer and option of networks over time. */
const NETWORKS: Record<string, object[]> = {
  'blocks with a projection and an identity': [
    graph({ filters: 5 }),
    time({ residual: 2 }),
    graph({ filters: 6, residual: 1 }),
    time({ residual: 2, stride: 2 }),
    { kind: 'pool', over: 'both' },
  ],
  'dilations, depthwise, heads side by side': [
    graph({ combine: 'concatenate', residual: 1 }),
    time({ filters: 12, depthwise: true, dilation: 2, residual: 1 }),
    { kind: 'pool', over: 'joints' },
    time({ filters: 4, kernel: 2, stride: 2, activation: 'none' }),
    { kind: 'pool', over: 'both' },
    { kind: 'dense', units: 6, members: 2 },
  ],
  'filters before joints, a graph after time': [
    time({ filters: 4, stride: 3 }),
    { kind: 'pool', over: 'time' },
    graph({ filters: 2, combine: 'concatenate' }),
  ],
};

const models = Object.entries(NETWORKS).flatMap(([name, layers], seed) =>
  [0, 0.6, 0.95].map((rate): [string, Model] => {
    return [`${name}, rate ${rate}`, cut(randomModel(layers, seed, PREPROCESSING, 1 + (seed % 2)), { rate })];
  }),
);
const sequencesOf = ({ description }: Model) => randomSequences(3, description.persons, 5);

test.each(models)('JavaScript: the predictions of the runtime, to the bit: %s', async (_, model) => {
  const small = quantise(model, 'float16');
  const code = new TextDecoder().decode(exportModel(small, 'javascript').files[0]);
  const standalone = await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  );
  const view = new RuntimeModel(encodeModel(small)).view();
  for (const sequence of sequencesOf(small)) expect(standalone.predict(sequence)).toEqual(view.predict(sequence));
  expect(standalone.recognizer({ window: 2 }).current.name).toBeNull();
});

test('other formats refuse a network over time by name, and say which do not', () => {
  const [[, model]] = models;
  for (const { name, overTime } of exporters) {
    if (overTime) continue;
    expect(() => exportModel(model, name), name).toThrow('expected a network without layers over time');
    expect(() => exportModel(model, name), name).toThrow('Export to javascript');
  }
});

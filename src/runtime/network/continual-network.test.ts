import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import '../temporal.js';
import { ContinualNetwork } from './continual-network.js';
import { countWeights, planNetwork, productsOf } from './plan.js';
import type { LayerSpec } from './products.js';
import { TemporalNetwork } from './temporal-network.js';

const activation = 'relu';
const graph = (filters: number, options = {}) =>
  ({ kind: 'graph-convolution', heads: 2, filters, combine: 'sum', activation, ...options }) as const;
const time = (filters: number, kernel: number, options = {}) =>
  ({
    kind: 'temporal-convolution',
    filters,
    kernel,
    stride: 1,
    dilation: 1,
    depthwise: false,
    activation,
    ...options,
  }) as const;
const pool = (over: 'time' | 'joints' | 'both') => ({ kind: 'pool', over, activation: 'none' }) as const;

const NETWORKS: Record<string, readonly LayerSpec[]> = {
  'blocks with a projection and an identity': [
    graph(4),
    time(5, 3, { residual: 2 }),
    graph(5),
    time(5, 3, { residual: 2 }),
    pool('both'),
  ],
  'strides and dilations': [
    graph(3),
    time(4, 3, { stride: 2, residual: 2 }),
    time(4, 2, { stride: 3, dilation: 2, residual: 1 }),
    pool('both'),
  ],
  'filters first, heads side by side, depthwise': [
    graph(2, { combine: 'concatenate', residual: 1 }),
    time(8, 2, { depthwise: true }),
    pool('time'),
    { kind: 'dense', units: 5, activation },
  ],
  'joints pooled first': [time(3, 2), pool('joints'), time(3, 4, { stride: 2 }), pool('both')],
  'a graph after time': [time(4, 2), pool('time'), graph(3)],
};

const [FRAMES, JOINTS, CHANNELS, CLASSES] = [19, 5, 3, 4];

function networkOf(layers: readonly LayerSpec[], random: Random, density: number): TemporalNetwork {
  const plan = planNetwork(layers, { nodes: FRAMES * JOINTS, channels: CHANNELS, frames: FRAMES }, CLASSES);
  const products = productsOf(plan);
  const latents = Float32Array.from({ length: countWeights(products) }, () => random.normal());
  const places = Uint32Array.from([...latents.keys()].filter(() => random.uniform() < density));
  const biases = plan.map(({ output }) =>
    Float64Array.from({ length: output.channels }, () => Math.fround(random.normal())),
  );
  return new TemporalNetwork(
    plan,
    latents,
    places,
    products.map(() => 0.5 + random.uniform()),
    biases,
  );
}

for (const [name, layers] of Object.entries(NETWORKS)) {
  test(`a stream answers as the clip of its last frames, to the bit: ${name}`, () => {
    const run = (seed: number, density: number) => {
      const random = new Random(seed);
      const network = networkOf(layers, random, density);
      const size = JOINTS * CHANNELS;
      const stream = Float32Array.from({ length: (FRAMES + 40) * size }, () => random.normal());
      const continual = new ContinualNetwork(network);
      for (let frame = 0; frame < FRAMES + 40; frame++) {
        const logits = continual.push(stream.subarray(frame * size, (frame + 1) * size))?.slice();
        const start = frame + 1 - FRAMES;
        if (start < 0) expect(logits).toBeUndefined();
        else expect(logits).toEqual(network.run(stream.slice(start * size, (start + FRAMES) * size)));
      }
    };
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.constantFrom(0.05, 0.3, 1), (seed, density) => run(seed, density)),
      { numRuns: 8 },
    );
  });
}

test('a stream that begins again knows nothing of the one before', () => {
  const random = new Random(7);
  const network = networkOf(NETWORKS['strides and dilations'], random, 0.5);
  const continual = new ContinualNetwork(network);
  const frames = Array.from({ length: 2 * FRAMES }, () =>
    Float32Array.from({ length: JOINTS * CHANNELS }, () => random.normal()),
  );
  for (const frame of frames.slice(0, FRAMES)) continual.push(frame);
  continual.reset();
  const answers = frames.slice(FRAMES).map((frame) => continual.push(frame)?.slice());
  expect(answers.slice(0, -1).every((answer) => answer === undefined)).toBe(true);
  expect(answers.at(-1)).toEqual(network.run(Float32Array.from(frames.slice(FRAMES).flatMap((frame) => [...frame]))));
});

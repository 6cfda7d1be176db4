import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import '../temporal.js';
import { ContinualNetwork } from './continual-network.js';
import { FrameMachine } from './frame-machine.js';
import { countWeights, type LayerPlan, planNetwork, productsOf } from './plan.js';
import type { LayerSpec } from './products.js';
import { plainRunner, wasmRunner } from './stage-runner.js';
import { TemporalNetwork } from './temporal-network.js';
import { eachUse } from './uses.js';

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

type Numbers = ConstructorParameters<typeof TemporalNetwork>;

function numbersOf(layers: readonly LayerSpec[], random: Random, density: number): Numbers {
  const plan = planNetwork(layers, { nodes: FRAMES * JOINTS, channels: CHANNELS, frames: FRAMES }, CLASSES);
  const products = productsOf(plan);
  const latents = Float32Array.from({ length: countWeights(products) }, () => random.normal());
  const places = Uint32Array.from([...latents.keys()].filter(() => random.uniform() < density));
  const biases = plan.map(({ output }) =>
    Float64Array.from({ length: output.channels }, () => Math.fround(random.normal())),
  );
  const scales = products.map(() => 0.5 + random.uniform());
  return [plan, latents, places, scales, biases];
}

/** The logits of a clip, every value of every layer, weight by weight. */
function slowLogits([plan, latents, places, scales, biases]: Numbers, features: Float32Array): number[] {
  const activations: ArrayLike<number>[] = [features];
  const kept = new Set(places);
  let [start, tensor] = [0, 0];
  for (const [i, { output, products, fixed = [], scratchRows, rectify }] of plan.entries()) {
    const y = Array.from({ length: output.nodes * output.channels }, (_, at) => biases[i][at % output.channels]);
    let between = activations[i];
    for (const [p, product] of [...products, ...fixed].entries()) {
      const isFirst = product.from === undefined && p === 0 && (products[1] ?? { from: 0 }).from === undefined;
      const [x, to] = [product.from === undefined ? between : activations[product.from], Array(scratchRows).fill(0)];
      const add = (place: number, weight: number) =>
        eachUse(product, place, (read, written, width) => {
          for (let w = 0; w < width; w++) (isFirst ? to : y)[written + w] += weight * x[read + w];
        });
      if (p < products.length) {
        const size = product.rows * product.columns;
        for (let at = 0; at < size; at++) if (kept.has(start + at)) add(at, latents[start + at] * scales[tensor]);
        [start, tensor] = [start + size, tensor + 1];
      } else for (let at = 0; at < product.columns; at++) add(at, fixed[p - products.length].factor);
      if (isFirst) between = to;
    }
    activations.push(rectify ? y.map((value) => Math.max(value, 0)) : y);
  }
  return [...(activations.at(-1) as number[])];
}

const networkOf = (...of: Parameters<typeof numbersOf>) => new TemporalNetwork(...numbersOf(...of));

test.each(Object.entries(NETWORKS))('a clip is as weight by weight: %s', (_, layers) => {
  for (const [seed, density] of [0.05, 0.3, 1].entries()) {
    const random = new Random(seed);
    const numbers = numbersOf(layers, random, density);
    const features = Float32Array.from({ length: FRAMES * JOINTS * CHANNELS }, () => random.normal());
    const logits = new TemporalNetwork(...numbers).run(features);
    for (const [i, logit] of slowLogits(numbers, features).entries()) {
      expect(Math.abs(logits[i] - logit) / (1 + Math.abs(logit))).toBeLessThan(1e-5);
    }
  }
});

test.each(Object.entries(NETWORKS))('WebAssembly and JavaScript give the same bits: %s', (_, layers) => {
  const random = new Random(3);
  const { program } = networkOf(layers, random, 0.4);
  const machines = [plainRunner, wasmRunner].map((runner) => new FrameMachine(program, runner));
  for (let frame = 0; frame < 2 * FRAMES; frame++) {
    const features = Float32Array.from({ length: JOINTS * CHANNELS }, () => random.normal());
    const [plain, fast] = machines.map((machine) => {
      machine.push(features, 0);
      return machine.answer().slice();
    });
    expect(fast).toEqual(plain);
  }
});

test('only what leads from a feature to an answer is computed', () => {
  const layers = [time(2, 2), pool('both')];
  const plan = planNetwork(layers, { nodes: FRAMES * JOINTS, channels: CHANNELS, frames: FRAMES }, CLASSES);
  const latents = new Float32Array(countWeights(productsOf(plan))).fill(1);
  // Filters [2][2 taps × 3 channels], then [4][2 channels]: filter 0 reads channels 1 and 2 of two frames, no class reads filter 1.
  const places = Uint32Array.of(1, 4, 5, 6, 12, 14);
  const biases = plan.map(({ output }: LayerPlan) => new Float64Array(output.channels).fill(0.5));
  const network = new TemporalNetwork(plan, latents, places, [1, 1], biases);
  expect([...network.needed]).toEqual(Array.from({ length: JOINTS }, () => [0, 1, 1]).flat());
  expect(new ContinualNetwork(network).operations).toBe(3 * JOINTS + 2);
});

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

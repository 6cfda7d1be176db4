import { describe, expect, test } from 'vitest';
import { backends, distance, reference } from '../../test/support/backends.js';
import { array, einsum, grad, type JaxArray, nn, np } from '../../test/support/oracle.js';
import { Rig, type Tensors } from '../../test/support/rig.js';
import '../runtime/temporal.js';
import { type Layer, rowsOf, type Shape } from './layer.js';
import { GraphConvolution } from './layers/graph-convolution.js';
import { Pool } from './layers/pool.js';
import { TemporalConvolution } from './layers/temporal-convolution.js';

const ORACLE_BOUND = 2e-5;
const DIFFERENCE_BOUND = 5e-3;
const STEP = 1e-3;
const N = 8;
const JOINTS = 3;

type Options =
  | { kind: 'graph'; heads: number; filters: number; combine: 'sum' | 'concatenate'; residual?: number }
  | {
      kind: 'time';
      filters: number;
      kernel: number;
      stride?: number;
      dilation?: number;
      depthwise?: boolean;
      residual?: number;
    }
  | { kind: 'pool'; over: 'time' | 'joints' | 'both' };

interface Case {
  readonly name: string;
  readonly frames: number;
  readonly channels: number;
  readonly layers: readonly Options[];
  readonly normalises?: boolean;
}

const CASES: Case[] = [
  {
    name: 'a block with a projection, one with an identity, a stride and a dilation, and a pool',
    frames: 11,
    channels: 2,
    layers: [
      { kind: 'graph', heads: 2, filters: 4, combine: 'sum' },
      { kind: 'time', filters: 5, kernel: 3, residual: 2 },
      { kind: 'graph', heads: 2, filters: 3, combine: 'concatenate' },
      { kind: 'time', filters: 5, kernel: 2, stride: 2, dilation: 2, residual: 2 },
      { kind: 'pool', over: 'both' },
    ],
  },
  {
    name: 'filters first, each joint by itself, depthwise, residuals of one layer, and two to one source',
    frames: 7,
    channels: 6,
    layers: [
      { kind: 'graph', heads: 2, filters: 3, combine: 'sum', residual: 1 },
      { kind: 'time', filters: 6, kernel: 2, depthwise: true, residual: 1 },
      { kind: 'time', filters: 3, kernel: 3, residual: 2 },
      { kind: 'pool', over: 'time' },
    ],
  },
  {
    name: 'products that are normalised, with projections, identities and neither',
    frames: 9,
    channels: 2,
    normalises: true,
    layers: [
      { kind: 'graph', heads: 2, filters: 4, combine: 'sum' },
      { kind: 'time', filters: 5, kernel: 3, residual: 2 },
      { kind: 'graph', heads: 2, filters: 5, combine: 'sum', residual: 1 },
      { kind: 'time', filters: 4, kernel: 3, stride: 2 },
      { kind: 'pool', over: 'both' },
    ],
  },
  { name: 'a pool over joints', frames: 3, channels: 4, layers: [{ kind: 'pool', over: 'joints' }] },
];

/** The layers of a case, each of which wants the gradient of its input. */
function build({ frames, channels, layers, normalises }: Case): Layer[] {
  const shapes: Shape[] = [{ nodes: frames * JOINTS, channels, frames }];
  const sources = layers.map((layer, i) => ('residual' in layer && layer.residual ? i + 1 - layer.residual : -1));
  return layers.map((options, i) => {
    const addsGradient = sources.includes(i);
    const read = { input: shapes[i], before: shapes.slice() };
    const context = { name: `${i}`, ...read, inputGradient: true, addsGradient, normalises };
    const after = { activation: 'relu', dropout: 0 } as const;
    const layer =
      options.kind === 'graph'
        ? new GraphConvolution({ ...options, ...after, kind: 'graph-convolution' }, context)
        : options.kind === 'pool'
          ? new Pool({ ...options, ...after, activation: 'none' }, context)
          : new TemporalConvolution(
              { stride: 1, dilation: 1, depthwise: false, ...options, ...after, kind: 'temporal-convolution' },
              context,
            );
    shapes.push(layer.output);
    return layer;
  });
}

/** 1 in [frames][frames before] at frame · stride + start. */
function frameChoice(frames: number, before: number, stride: number, start: number): JaxArray {
  const at = (i: number) => (i % before === Math.floor(i / before) * stride + start ? 1 : 0);
  return array(
    Float64Array.from({ length: frames * before }, (_, i) => at(i)),
    [frames, before],
  );
}

type Frames = { readonly values: JaxArray; readonly frames: number };

/** A layer's output [frames][joints][channels][n] by the textbook formula. */
function formula(
  options: Options,
  layer: Layer,
  seen: readonly Frames[],
  tensors: readonly JaxArray[],
  bias: JaxArray,
  normalises = false,
) {
  const { values: x, frames: before } = seen[seen.length - 1];
  const channels = layer.input.channels;
  const frames = layer.output.frames ?? 1;
  if (options.kind === 'pool') {
    const joints = options.over === 'time' ? JOINTS : 1;
    const sum = { time: 'tjcn->jcn', joints: 'tjcn->tcn', both: 'tjcn->cn' }[options.over];
    const count = { time: before, joints: JOINTS, both: before * JOINTS }[options.over];
    const mean = einsum(sum, x.ref)
      .mul(1 / count)
      .reshape([frames, joints, channels, N]);
    return mean.add(bias.reshape([1, 1, channels, 1]));
  }
  const outputs = layer.output.channels;
  const convolved =
    options.kind === 'graph' ? convolve(options, layer, x, tensors) : slide(options, layer, x, before, tensors[0]);
  const products = convolved.reshape([frames, JOINTS, outputs, N]);
  const summed = (normalises ? normalised(products) : products).add(residual(options, layer, seen, tensors));
  return nn.relu(summed.add(bias.reshape([1, 1, outputs, 1])));
}

/** [frames][joints][channels][n], less the mean of each channel, over the deviation of all. */
function normalised(z: JaxArray): JaxArray {
  const [frames, joints, channels, n] = z.shape;
  const means = einsum('tjcn->c', z.ref).mul(1 / (frames * joints * n));
  const centred = z.sub(means.reshape([1, 1, channels, 1]));
  const variance = einsum('tjcn,tjcn->', centred.ref, centred.ref).mul(1 / (frames * joints * channels * n));
  return centred.div(np.sqrt(variance.add(1e-5)));
}

function convolve(
  { heads, filters, combine }: Options & { kind: 'graph' },
  layer: Layer,
  x: JaxArray,
  t: readonly JaxArray[],
) {
  const { channels } = layer.input;
  const isFirst = layer.weights[0].name === 'attention';
  const [a, w] = isFirst ? [t[0], t[1]] : [t[1], t[0]];
  if (combine === 'concatenate') {
    const attention = isFirst ? a.reshape([JOINTS, heads, JOINTS]) : a.reshape([heads, JOINTS, JOINTS]);
    const filter = w.reshape([heads, filters, channels]);
    return einsum(`${isFirst ? 'vku' : 'kvu'},tucn,kfc->tvkfn`, attention, x.ref, filter);
  }
  const attention = isFirst ? a.reshape([JOINTS, heads, JOINTS]) : a.reshape([JOINTS, JOINTS, heads]);
  const filter = isFirst ? w.reshape([filters, heads, channels]) : w.reshape([heads, filters, channels]);
  return einsum(`${isFirst ? 'vku' : 'vuk'},tucn,${isFirst ? 'fkc' : 'kfc'}->tvfn`, attention, x.ref, filter);
}

function slide(options: Options & { kind: 'time' }, layer: Layer, x: JaxArray, before: number, w: JaxArray): JaxArray {
  const { filters, kernel, stride = 1, dilation = 1, depthwise = false } = options;
  const { frames = 1 } = layer.output;
  const at = (i: number) => {
    const [t, u, k] = [Math.floor(i / (before * kernel)), Math.floor(i / kernel) % before, i % kernel];
    return u === t * stride + k * dilation ? 1 : 0;
  };
  const choice = array(
    Float64Array.from({ length: frames * before * kernel }, (_, i) => at(i)),
    [frames, before, kernel],
  );
  const { channels } = layer.input;
  if (depthwise) return einsum('tuk,ujcn,cmk->tjcmn', choice, x.ref, w.reshape([channels, filters / channels, kernel]));
  return einsum('tuk,ujcn,fkc->tjfn', choice, x.ref, w.reshape([filters, kernel, channels]));
}

/** What enters the last layers, at the frames in the middle of what each output frame is made of. */
function residual(options: Options, layer: Layer, seen: readonly Frames[], tensors: readonly JaxArray[]) {
  const { residual: over } = options as { residual?: number };
  const { frames = 1, channels } = layer.output;
  if (over === undefined) return array(new Float64Array(frames * JOINTS * channels), [frames, JOINTS, channels, 1]);
  const source = seen[seen.length - over];
  const time = options.kind === 'time' ? options : { kernel: 1, stride: 1, dilation: 1 };
  const { kernel, stride = 1, dilation = 1 } = time;
  const earlier = seen[seen.length - 1].frames;
  const start = Math.floor(((kernel - 1) * dilation) / 2) + Math.floor((source.frames - earlier) / 2);
  const choice = frameChoice(frames, source.frames, stride, start);
  if (tensors.length === (options.kind === 'time' ? 1 : 2)) return einsum('tu,ujcn->tjcn', choice, source.values.ref);
  const projection = tensors[tensors.length - 1].reshape([channels, -1]);
  return einsum('tu,ujcn,fc->tjfn', choice, source.values.ref, projection);
}

/** Gradients of ⟨output, outer⟩ by jax-js. */
function oracle({ layers: options, frames, channels, normalises }: Case, { layers, tensors, outer }: Rig): Tensors {
  type Tree = { input: JaxArray; weights: JaxArray[][]; biases: JaxArray[] };
  const loss = (tree: Tree) => {
    const seen: Frames[] = [{ values: tree.input.reshape([frames, JOINTS, channels, N]), frames }];
    for (const [i, layer] of layers.entries()) {
      const values = formula(options[i], layer, seen, tree.weights[i], tree.biases[i], normalises);
      seen.push({ values, frames: layer.output.frames ?? 1 });
    }
    const { values } = seen[seen.length - 1];
    return values.reshape([outer.length]).mul(array(outer)).sum();
  };
  const tree: Tree = {
    input: array(tensors.input),
    weights: tensors.weights.map((group) => group.map((tensor) => array(tensor))),
    biases: tensors.biases.map((bias) => array(bias)),
  };
  const gradients = grad(loss)(tree) as Tree;
  const read = (values: JaxArray) => Float32Array.from(values.dataSync());
  return {
    input: read(gradients.input),
    weights: gradients.weights.map((group) => group.map(read)),
    biases: gradients.biases.map(read),
  };
}

function flatten({ input, weights, biases }: Tensors): Float32Array[] {
  return [...weights.flat(), ...biases, input];
}

/** Where a weight is stored. */
function onSupport(gradients: readonly ArrayLike<number>[], of: readonly Float32Array[]): Float64Array[] {
  return gradients.map((gradient, t) => Float64Array.from(gradient, (slope, i) => (of[t][i] === 0 ? 0 : slope)));
}

describe.each(CASES)('$name', (each) => {
  const layers = build(each);
  const full = new Rig(layers, N, 3, 1);
  const pruned = new Rig(layers, N, 4, 0.5);

  test.each([
    { form: 'dense', sparse: false, rig: full },
    { form: 'sparse', sparse: true, rig: pruned },
  ])(`$form: every gradient on every backend is jax-js's within ${ORACLE_BOUND} · (1 + |jax|)`, ({ sparse, rig }) => {
    const tensors = flatten(rig.tensors);
    const expected = onSupport(flatten(oracle(each, rig)), tensors);
    for (const backend of backends) {
      const found = onSupport(flatten(rig.run(backend, sparse).gradients), tensors);
      const apart = found.map((gradient, t) => distance(gradient, expected[t]));
      expect(Math.max(...apart), `${backend.name}: ${apart}`).toBeLessThan(ORACLE_BOUND);
    }
  });

  test(`gradients are central differences of the reference's forward pass within ${DIFFERENCE_BOUND}`, () => {
    const signs = () =>
      full
        .run(reference, false)
        .outputs.map((y) => Array.from(y, (v) => +(v > 0)).join(''))
        .join();
    const pattern = signs();
    const found = flatten(full.run(reference, false).gradients);
    let [checked, count] = [0, 0];
    for (const [t, tensor] of flatten(full.tensors).entries()) {
      for (let i = 0; i < tensor.length; i += 7, count++) {
        const value = tensor[i];
        const losses = [value + STEP, value - STEP].map((moved) => {
          tensor[i] = moved;
          return signs() === pattern ? full.loss(full.run(reference, false).outputs) : Number.NaN;
        });
        tensor[i] = value;
        const numeric = (losses[0] - losses[1]) / (Math.fround(value + STEP) - Math.fround(value - STEP));
        if (Number.isNaN(numeric)) continue;
        checked++;
        expect(Math.abs(found[t][i] - numeric) / (1 + Math.abs(numeric))).toBeLessThan(DIFFERENCE_BOUND);
      }
    }
    expect(checked).toBeGreaterThan(0.5 * count);
  });

  test('the outputs are as large as the layers say', () => {
    for (const [i, output] of full.run(reference, false).outputs.entries()) {
      expect(output.length).toBe(rowsOf(layers[i].output) * N);
    }
  });
});

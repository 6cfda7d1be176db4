import {
  type Access,
  type FixedProduct,
  graphConvolution,
  type LayerOf,
  type LayerProducts,
  layerKinds,
  type PoolOver,
  type Product,
  type Shape,
} from './products.js';

/** A layer that does not fit what it reads. */
export class LayerFault extends RangeError {
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: unknown) {
    super(`layer: expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = `${found}`;
  }
}

const still = layerKinds.dense;

/** Products of layers over time; see docs/format.md. */
export const temporalKinds: Partial<typeof layerKinds> = {
  'graph-convolution': convolveFrames,
  'temporal-convolution': temporalConvolution,
  pool,
  dense(layer, input, before) {
    if (framesOf(input) > 1) throw new LayerFault('a pool over time before a dense layer', `${input.frames} frames`);
    return still(layer, input, before);
  },
};

export function framesOf({ frames = 1 }: Shape): number {
  return frames;
}

/** Networks of features without time are run by `SparseNetwork`, which knows nothing over time. */
function requireTime([features]: readonly Shape[]): void {
  if (framesOf(features) === 1) throw new LayerFault('channel steps of frames ("frame-…")', 'others');
}

/** Nodes of a frame. */
export function jointsOf(shape: Shape): number {
  return shape.nodes / framesOf(shape);
}

/** A graph convolution of each frame: the same matrices, so many frames as often. */
function convolveFrames(layer: LayerOf<'graph-convolution'>, input: Shape, before: readonly Shape[]): LayerProducts {
  const { channels, frames = 1, clock } = input;
  const joints = jointsOf(input);
  const { output, scratchRows, products } = graphConvolution(layer, { nodes: joints, channels });
  const between = [joints * channels, scratchRows, joints * output.channels];
  const each = products.map((product, i) => overFrames(product, frames, between[i], between[i + 1]));
  const shape = { nodes: frames * joints, channels: output.channels, frames: input.frames, clock };
  return withResidual({ output: shape, scratchRows: scratchRows * frames, products: each }, layer, before);
}

/** @param x values from frame to frame of what it reads; @param y of what it writes */
function overFrames(product: Product, frames: number, x: number, y: number): Product {
  const count = product.count * frames;
  return { ...product, count, frames, x: { ...product.x, frame: x }, y: { ...product.y, frame: y } };
}

/** Y[t, v] = Σ_k W_k U[t · stride + k · dilation, v]; depthwise, each filter reads the channel ⌊f · channels / filters⌋. */
function temporalConvolution(
  layer: LayerOf<'temporal-convolution'>,
  input: Shape,
  before: readonly Shape[],
): LayerProducts {
  requireTime(before);
  const { filters, kernel, stride, dilation, depthwise } = layer;
  const { channels, clock: { first, step } = START } = input;
  const [joints, span] = [jointsOf(input), (kernel - 1) * dilation];
  const frames = Math.floor((framesOf(input) - span - 1) / stride) + 1;
  for (const count of [kernel, stride, dilation]) {
    if (!(count >= 1 && count % 1 === 0)) throw new LayerFault('kernel, stride and dilation from 1', count);
  }
  if (!(frames >= 1)) throw new LayerFault(`at most the ${framesOf(input)} frames that it reads`, `${span + 1} frames`);
  if (depthwise && filters % channels > 0) throw new LayerFault(`a multiple of ${channels} filters`, filters);
  const clock = { first: first + Math.floor(span / 2) * step, step: step * stride };
  const [tap, frame] = [dilation * joints * channels, stride * joints * channels];
  const x: Access = depthwise
    ? { row: tap, group: 1, stride: channels, frame }
    : { row: 1, group: 0, stride: channels, tap, frame };
  const y = { row: 1, group: depthwise ? filters / channels : 0, stride: filters, frame: joints * filters };
  const product: Product = {
    name: 'filters',
    rows: filters,
    columns: depthwise ? kernel : kernel * channels,
    groups: depthwise ? channels : 1,
    width: 1,
    count: joints * frames,
    frames,
    taps: depthwise ? undefined : kernel,
    x,
    y,
  };
  const output = { nodes: frames * joints, channels: filters, frames: input.frames && frames, clock };
  return withResidual({ output, scratchRows: 0, products: [product] }, layer, before);
}

/** The mean over frames, joints or both. */
function pool({ over }: LayerOf<'pool'>, input: Shape, before: readonly Shape[]): LayerProducts {
  requireTime(before);
  const { nodes, channels, frames = 1, clock } = input;
  const joints = jointsOf(input);
  const kinds: Record<PoolOver, readonly [output: Shape, columns: number, width: number]> = {
    both: [{ nodes: 1, channels }, nodes, channels],
    time: [{ nodes: joints, channels }, frames, joints * channels],
    joints: [{ nodes: frames, channels, frames: input.frames, clock }, joints, channels],
  };
  const kind = kinds[over];
  if (!kind) throw new LayerFault('time, joints or both', over);
  const [output, columns, width] = kind;
  const runs = (nodes * channels) / columns / width;
  const mean: FixedProduct = {
    name: 'mean',
    rows: 1,
    columns,
    groups: 1,
    width,
    count: runs,
    frames: runs,
    from: before.length - 1,
    factor: 1 / columns,
    x: { row: width, group: 0, stride: 0, frame: joints * channels },
    y: { row: 1, group: 0, stride: 0, frame: channels },
  };
  return { output, scratchRows: 0, products: [], fixed: [mean] };
}

const START = { first: 0, step: 1 };

/** Adds what enters the last `residual` layers: as it is where its channels are as many, else through a projection. */
function withResidual(
  layer: LayerProducts,
  { residual }: { readonly residual?: number | undefined },
  before: readonly Shape[],
): LayerProducts {
  if (residual === undefined) return layer;
  requireTime(before);
  const from = before.length - residual;
  const source = before[from];
  const { output } = layer;
  const { frames } = output;
  const joints = jointsOf(output);
  if (!source?.frames || !frames || jointsOf(source) !== joints) {
    throw new LayerFault('a residual over time, joint by joint', `one over ${residual} layers`);
  }
  const [a, b] = [source.clock ?? START, output.clock ?? START];
  const [start, step] = [(b.first - a.first) / a.step, b.step / a.step];
  const row = joints * source.channels;
  const x = { row: 1, group: 0, stride: source.channels, frame: step * row, start: start * row };
  const y = { row: 1, group: 0, stride: output.channels, frame: joints * output.channels };
  const added = { groups: 1, frames, from, x, y };
  if (source.channels === output.channels) {
    const identity: FixedProduct = {
      ...added,
      name: 'identity',
      rows: 1,
      columns: 1,
      width: row,
      count: frames,
      factor: 1,
    };
    return { ...layer, fixed: [identity] };
  }
  const projection: Product = {
    ...added,
    name: 'projection',
    rows: output.channels,
    columns: source.channels,
    width: 1,
    count: joints * frames,
  };
  return { ...layer, products: [...layer.products, projection] };
}

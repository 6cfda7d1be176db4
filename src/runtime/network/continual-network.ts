import type { LayerPlan } from './plan.js';
import { type FixedProduct, outputAt, type Product, repetitionOf, type Shape } from './products.js';
import { framesOf, jointsOf } from './temporal-layers.js';
import type { NetworkNumbers, TemporalNetwork } from './temporal-network.js';
import { eachUse } from './uses.js';

/** So many repetitions of a row are summed side by side. */
const LANES = 4;

/** The non-zeros of one row of a product, and where its first repetition writes to in a frame. */
interface Row {
  readonly to: number;
  /** From the first value of the frame that the layer writes at the same time, in values of the activation that is read. */
  readonly from: Int32Array;
  readonly weights: Float32Array;
}

/** A product of one frame by its non-zeros: each row is repeated for all joints or all channels, so many values apart. */
interface FramePart {
  /** Activation that is read; −1 for what the product before it wrote. */
  readonly source: number;
  readonly rows: readonly Row[];
  readonly repeat: number;
  readonly xStride: number;
  readonly yStride: number;
}

/** What a frame costs in one layer: a product of the chain, and with the last one all that is added to the output. */
interface FrameStage {
  readonly parts: readonly FramePart[];
  readonly bias: Float64Array;
  readonly sums: Float64Array;
  readonly rectify: boolean;
  /** Between two products. */
  readonly scratch: Float32Array | undefined;
}

/**
 * The frames of an activation that are still read, one after the other; the newest is the last. In a frame, the joints of a
 * channel are side by side, so that what a weight reads of all joints is.
 */
class Frames {
  readonly size: number;
  readonly values: Float32Array;
  private readonly depth: number;
  /** Where the newest frame begins. */
  at: number;

  /** @param depth frames that are read */
  constructor(size: number, depth: number) {
    this.size = size;
    this.depth = depth;
    this.values = new Float32Array(size * 2 * depth);
    this.at = (depth - 1) * size;
  }

  /** Makes room for a new frame: at the end of the room, what is still read goes back to its beginning. */
  advance(): void {
    const { size, depth, values } = this;
    this.at += size;
    if (this.at < values.length) return;
    values.copyWithin(0, this.at - (depth - 1) * size, this.at);
    this.at = (depth - 1) * size;
  }
}

/** A layer over time. */
interface TimeLayer {
  readonly stages: readonly FrameStage[];
  /** Activation that it writes. */
  readonly output: number;
}

/**
 * A network over time whose frames come one by one. Each layer computes one frame for each frame that comes, from the
 * frames of its sources that it keeps; after a stride, for every phase, so that each window of frames finds those that it
 * needs. The logits are to the bit those of the network on the last frames.
 */
export class ContinualNetwork {
  private readonly network: TemporalNetwork;
  private readonly layers: readonly TimeLayer[];
  private readonly activations: readonly Frames[];
  private readonly pool: SlidingPool;
  /** Layers up to the pool over time, it included. */
  private readonly pooled: number;
  private readonly window: number;
  /** Where each feature of a frame is kept. */
  private readonly order: Int32Array;
  private seen = 0;

  constructor(network: TemporalNetwork) {
    const { plan, biases } = network.numbers;
    const pooled = plan.findIndex(({ output }) => output.frames === undefined);
    if (!plan[pooled].fixed) throw new RangeError('network: expected a pool over time');
    const layers = plan.slice(0, pooled);
    const activations = activationsOf(layers, plan[0].input);
    const parts = partsOf(network.numbers, layers, activations);
    const last = activations[pooled];
    this.network = network;
    this.pooled = pooled + 1;
    this.window = framesOf(plan[0].input);
    this.order = orderOf(activations[0].size, activations[0].joints);
    this.activations = activations.map(({ size }, i) => new Frames(size, depthOf(i, activations, parts)));
    this.layers = layers.map((layer, i) => ({ output: i + 1, stages: stagesOf(layer, biases[i], parts[i]) }));
    this.pool = new SlidingPool(plan[pooled], biases[pooled], this.window - last.reach, last.step);
  }

  /**
   * Takes the standardised features of one frame, [joints][channels].
   * @returns the logits of the last frames, as many as a clip has, valid until the next call; undefined while there are fewer
   */
  push(features: Float32Array): Float64Array | undefined {
    const { activations, layers, pool, window } = this;
    const [first, last] = [activations[0], activations[activations.length - 1]];
    first.advance();
    const { order } = this;
    for (let i = 0; i < order.length; i++) first.values[first.at + order[i]] = features[i];
    for (const { stages, output } of layers) {
      activations[output].advance();
      let before: Float32Array = NOTHING;
      for (const stage of stages) before = compute(stage, before, activations, activations[output]);
    }
    pool.push(last.values, last.at);
    this.seen = Math.min(this.seen + 1, window);
    return this.seen < window ? undefined : this.network.runAfter(this.pooled, pool.mean());
  }

  /** Forgets all frames. */
  reset(): void {
    this.seen = 0;
  }

  /** Multiply-accumulates of a frame, up to the pool. */
  get operations(): number {
    const parts = this.layers.flatMap(({ stages }) => stages.flatMap((stage) => stage.parts));
    return parts.reduce((sum, { rows, repeat }) => {
      return sum + rows.reduce((count, { weights }) => count + weights.length * repeat, 0);
    }, 0);
  }
}

const NOTHING = new Float32Array(0);

/** An activation over time: values of a frame, and when the stream has a frame of it. */
interface Activation {
  readonly size: number;
  readonly joints: number;
  /** Frames of the clip from one of its frames to the next. */
  readonly step: number;
  /** Its frame that begins at a frame of the stream is known when so many more have come. */
  readonly reach: number;
}

/** A source that is no activation: what the product before it wrote. */
const BETWEEN = -1;

/** A product of one frame, and the activation that it reads. */
interface Source {
  readonly product: Product;
  readonly source: number;
}

/** The products of a layer and of one frame: first the chain. */
function sourcesOf({ products, fixed = [] }: LayerPlan, layer: number): Source[] {
  return [...products, ...fixed].map((product, i) => {
    const { frames = 1, count, from } = product;
    return { product: { ...product, frames: 1, count: count / frames }, source: from ?? (i === 0 ? layer : BETWEEN) };
  });
}

function activationsOf(layers: readonly LayerPlan[], input: Shape): Activation[] {
  const joints = jointsOf(input);
  const activations: Activation[] = [{ size: joints * input.channels, joints, step: 1, reach: 0 }];
  for (const [i, layer] of layers.entries()) {
    const { output } = layer;
    const reaches = sourcesOf(layer, i).flatMap(({ product, source }) => {
      if (source === BETWEEN) return [0];
      const { size, step, reach } = activations[source];
      return framesRead(product, size).map((frame) => reach + frame * step);
    });
    const joints = jointsOf(output);
    const size = joints * output.channels;
    activations.push({ size, joints, step: output.clock?.step ?? activations[i].step, reach: Math.max(...reaches) });
  }
  return activations;
}

/** The frames that the columns of a product of one frame read, counted from the first. */
function framesRead(product: Product, size: number): number[] {
  return Array.from({ length: product.columns }, (_, place) => {
    let frame = 0;
    eachUse({ ...product, count: 1 }, place, (from) => {
      frame = Math.floor(from / size);
    });
    return frame;
  });
}

/** The non-zeros of each layer, product by product, with the places of what they read among the kept frames. */
function partsOf(
  { latents, places, scales }: NetworkNumbers,
  layers: readonly LayerPlan[],
  activations: readonly Activation[],
): FramePart[][] {
  let [start, next, tensor] = [0, 0, 0];
  return layers.map((layer, i) => {
    const target = activations[i + 1];
    const { joints } = activations[i];
    const between = { joints, size: layer.scratchRows / framesOf(layer.input) };
    const sources = sourcesOf(layer, i);
    return sources.map(({ product, source }, p) => {
      const writes = sources[p + 1]?.source === BETWEEN ? between : target;
      const reads = source === BETWEEN ? between : activations[source];
      const rows = new Map<number, { from: number[]; weights: number[] }>();
      const add = (place: number, weight: number) => {
        const row = Math.floor(place / product.columns);
        const links = rows.get(row) ?? { from: [], weights: [] };
        rows.set(row, links);
        links.weights.push(weight);
        links.from.push(placeOf(product, place, reads, target.reach));
      };
      if (p < layer.products.length) {
        const end = start + product.rows * product.columns;
        for (; places[next] < end; next++) add(places[next] - start, latents[places[next]] * scales[tensor]);
        [start, tensor] = [end, tensor + 1];
      } else for (let place = 0; place < product.columns; place++) add(place, (product as FixedProduct).factor);
      const { repeat, xStride, yStride } = repetitionOf(product);
      const order = orderOf(writes.size, writes.joints);
      const listed = [...rows].map(([row, { from, weights }]) => ({
        to: order[outputAt(product, row)],
        from: Int32Array.from(from),
        weights: Float32Array.from(weights),
      }));
      const steps = { xStride: strideIn(reads, xStride, repeat), yStride: strideIn(writes, yStride, repeat) };
      return { source, rows: listed, repeat, ...steps };
    });
  });
}

/** How the values of a frame, and those between two products, are laid out: joint by joint outside, here channel by channel. */
type Layout = Pick<Activation, 'size' | 'joints'>;

/** Where each value of a frame is kept. */
function orderOf(size: number, joints: number): Int32Array {
  const channels = size / joints;
  return Int32Array.from({ length: size }, (_, at) => (at % channels) * joints + Math.floor(at / channels));
}

/** The step from one repetition to the next: over all values, from joint to joint, or from channel to channel. */
function strideIn({ size, joints }: Layout, stride: number, repeat: number): number {
  return repeat === size || stride === size / joints ? 1 : stride * joints;
}

/**
 * Where the first value that a weight reads is, counted from the newest frame of its source.
 * @param source without a reach, of what is between two products, which has no frames
 * @param reach of the activation that is written
 */
function placeOf(product: Product, place: number, source: Layout | Activation, reach: number): number {
  let first = 0;
  eachUse({ ...product, count: 1 }, place, (from) => {
    first = from;
  });
  const { size, joints } = source;
  const frame = Math.floor(first / size);
  const inFrame = orderOf(size, joints)[first % size];
  if (!('reach' in source)) return inFrame;
  return inFrame - (reach - source.reach - frame * source.step) * size;
}

/** Frames of an activation from the oldest that is read to the newest. */
function depthOf(activation: number, activations: readonly Activation[], parts: readonly FramePart[][]): number {
  const places = parts.flat().filter(({ source }) => source === activation);
  const oldest = Math.min(0, ...places.flatMap(({ rows }) => rows.map(({ from }) => Math.min(...from))));
  return 1 + Math.ceil(-oldest / activations[activation].size);
}

/** The products of the chain each by itself, and with the last of them whatever is added to the output. */
function stagesOf(
  { output, scratchRows, rectify, products }: LayerPlan,
  biases: Float64Array,
  parts: readonly FramePart[],
): FrameStage[] {
  const frames = framesOf(output);
  const chained = products.filter(({ from }) => from === undefined).length;
  const between = parts.slice(0, Math.max(0, chained - 1)).map((part) => {
    const bias = new Float64Array(scratchRows / frames);
    return { parts: [part], bias, sums: bias.slice(), rectify: false, scratch: new Float32Array(bias.length) };
  });
  const values = (output.nodes * output.channels) / frames;
  const joints = jointsOf(output);
  const bias = Float64Array.from({ length: values }, (_, at) => biases[Math.floor(at / joints)]);
  return [...between, { parts: parts.slice(between.length), bias, sums: bias.slice(), rectify, scratch: undefined }];
}

/** A frame of a layer, or what is between two products. */
function compute(
  { parts, bias, sums, rectify, scratch }: FrameStage,
  before: Float32Array,
  activations: readonly Frames[],
  output: Frames,
): Float32Array {
  sums.set(bias);
  for (const part of parts) {
    const { source } = part;
    if (source < 0) addRows(part, before, 0, sums);
    else addRows(part, activations[source].values, activations[source].at, sums);
  }
  const values = scratch ?? output.values;
  const at = scratch ? 0 : output.at;
  for (let i = 0; i < sums.length; i++) values[at + i] = rectify && sums[i] < 0 ? 0 : sums[i];
  return values;
}

/** y += W x, each value by its weights in their order. */
function addRows({ rows, repeat, xStride, yStride }: FramePart, x: Float32Array, start: number, y: Float64Array): void {
  const whole = repeat - (repeat % LANES);
  for (let r = 0; r < rows.length; r++) {
    const { to, from, weights } = rows[r];
    const links = weights.length;
    let read = start;
    let write = to;
    for (let i = 0; i < whole; i += LANES) {
      const read1 = read + xStride;
      const read2 = read1 + xStride;
      const read3 = read2 + xStride;
      let a = y[write];
      let b = y[write + yStride];
      let c = y[write + 2 * yStride];
      let d = y[write + 3 * yStride];
      for (let k = 0; k < links; k++) {
        const weight = weights[k];
        const offset = from[k];
        a += weight * x[read + offset];
        b += weight * x[read1 + offset];
        c += weight * x[read2 + offset];
        d += weight * x[read3 + offset];
      }
      y[write] = a;
      y[write + yStride] = b;
      y[write + 2 * yStride] = c;
      y[write + 3 * yStride] = d;
      read += LANES * xStride;
      write += LANES * yStride;
    }
    for (let i = whole; i < repeat; i++) {
      let a = y[write];
      for (let k = 0; k < links; k++) a += weights[k] * x[read + from[k]];
      y[write] = a;
      read += xStride;
      write += yStride;
    }
  }
}

/** The mean over time: each frame's share of it is summed once, and the shares of a window are added up in its order. */
class SlidingPool {
  private readonly weight: number;
  private readonly size: number;
  private readonly step: number;
  private readonly frames: number;
  private readonly rectify: boolean;
  private readonly bias: Float64Array;
  private readonly sums: Float64Array;
  private readonly values: Float32Array;
  /** Of the last frames, in a ring; the oldest is at `next`. */
  private readonly shares: Float64Array[];
  /** Of the values that are joined into each one, where they are kept, in their order. */
  private readonly joined: Int32Array;
  private next = 0;

  /** @param depth frames from the oldest of a window to the newest; @param step from one that is read to the next */
  constructor({ input, output, fixed = [], rectify }: LayerPlan, biases: Float64Array, depth: number, step: number) {
    const [{ factor }] = fixed;
    this.size = output.nodes * output.channels;
    this.weight = Math.fround(factor);
    this.step = step;
    this.frames = framesOf(input);
    this.rectify = rectify;
    this.bias = Float64Array.from({ length: this.size }, (_, at) => biases[at % output.channels]);
    this.sums = new Float64Array(this.size);
    this.values = new Float32Array(this.size);
    this.shares = Array.from({ length: depth }, () => new Float64Array(this.size));
    this.joined = orderOf(jointsOf(input) * input.channels, jointsOf(input));
  }

  /** Takes the frame that begins at a place. */
  push(x: Float32Array, start: number): void {
    const { shares, size, weight, joined } = this;
    const share = shares[this.next].fill(0);
    for (let k = 0; k < joined.length; ) for (let i = 0; i < size; i++, k++) share[i] += weight * x[start + joined[k]];
    this.next = (this.next + 1) % shares.length;
  }

  /** The mean of the window; valid until the next call. */
  mean(): Float32Array {
    const { shares, sums, values, step, frames, rectify } = this;
    sums.set(this.bias);
    let place = this.next;
    for (let frame = 0; frame < frames; frame++) {
      const share = shares[place];
      place += step;
      if (place >= shares.length) place -= shares.length;
      for (let i = 0; i < sums.length; i++) sums[i] += share[i];
    }
    for (let i = 0; i < sums.length; i++) values[i] = rectify && sums[i] < 0 ? 0 : sums[i];
    return values;
  }
}

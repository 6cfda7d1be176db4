import { type FrameLayout, type FrameLinks, layOutFrame, linksOfFrame, type NetworkWeights } from './frame-links.js';
import type { LayerPlan } from './plan.js';
import { activate, type Stage, stageOf } from './sparse-network.js';
import { framesOf } from './temporal-layers.js';

/** What is computed at once for a frame, and where it is kept. */
export interface FrameStage {
  readonly stage: Stage;
  /** Multiply-accumulates. */
  readonly links: number;
  /** Of its first value in the newest frame, from the beginning of the kept frames. */
  readonly to: number;
  /** It is known for the clip's frames reach, reach + step … */
  readonly reach: number;
  readonly step: number;
}

/** The mean over time: of each frame its share, and from the shares of a window their sum. */
export interface PoolProgram {
  readonly share: Stage;
  /** Of what is added to the shares. */
  readonly bias: Float64Array;
  readonly fold: number;
  /** Where the sums are kept. */
  readonly to: number;
  /** Frames from the oldest of a window to the newest, and of those that are read: how many, and from one to the next. */
  readonly depth: number;
  readonly frames: number;
  readonly step: number;
}

/** A network over time as what one frame costs: of the values that depend on the features and that an answer depends on. */
export interface FrameProgram {
  /** Values that are kept of a frame, and frames that are kept of each. */
  readonly size: number;
  readonly depth: number;
  /** Frames of a clip, and features of a frame. */
  readonly window: number;
  readonly features: number;
  /** The features of a frame that lead to an answer: 1 in [joints][channels]. */
  readonly needed: Uint8Array;
  /** Their places, in the order in which they are kept. */
  readonly inputs: Int32Array;
  readonly stages: readonly FrameStage[];
  readonly pool: PoolProgram;
  /** After the pool. */
  readonly last: readonly FrameStage[];
  /** The answer where it is constant, and where the other logits are kept. */
  readonly logits: Float64Array;
  readonly logitsAt: Int32Array;
}

/** So many values are summed side by side. */
const LANES = 4;

/** @param biases of each layer */
export function compileFrames(weights: NetworkWeights, biases: readonly Float64Array[]): FrameProgram {
  const { plan } = weights;
  const layout = layOutFrame(plan);
  const links = linksOfFrame(layout, weights);
  const live = liveValues(layout, links);
  const compiler = new Compiler(layout, links, live);
  const pooled = plan.findIndex(({ output }) => output.frames === undefined);
  const stages: FrameStage[] = [];
  for (let i = 0; i < pooled; i++) stages.push(...compiler.layer(i, plan[i], biases[i]));
  const pool = compiler.pool(pooled, plan, biases[pooled]);
  const last: FrameStage[] = [];
  for (let i = pooled + 1; i < plan.length; i++) last.push(...compiler.layer(i, plan[i], biases[i]));
  const { size, depth, newest, constants, indices } = compiler;
  const { features, layers } = layout;
  const { start, size: classes } = layers[layers.length - 1].output;
  return {
    size,
    depth,
    window: framesOf(plan[0].input),
    features: features.size,
    needed: live.subarray(0, features.size),
    inputs: Int32Array.from([...live.subarray(0, features.size).keys()].filter((i) => live[i])),
    stages,
    pool,
    last,
    logits: constants.slice(start, start + classes),
    logitsAt: indices.slice(start, start + classes).map((index) => (index < 0 ? index : newest + index)),
  };
}

/** 1 for each value of a frame that depends on the features and that an answer depends on. */
function liveValues({ features, layers, total }: FrameLayout, links: readonly FrameLinks[]): Uint8Array {
  const [varies, needed] = [new Uint8Array(total), new Uint8Array(total)];
  varies.fill(1, 0, features.size);
  for (const { target, from, to } of links) {
    for (let i = 0; i < to.length; i++) if (varies[from[i] % total]) varies[target.start + to[i]] = 1;
  }
  const { start, size } = layers[layers.length - 1].output;
  needed.fill(1, start, start + size);
  for (const { target, from, to } of links.toReversed()) {
    for (let i = 0; i < to.length; i++) if (needed[target.start + to[i]]) needed[from[i] % total] = 1;
  }
  return needed.map((isNeeded, i) => isNeeded & varies[i]);
}

/** Makes the stages of a network, layer by layer. */
class Compiler {
  readonly size: number;
  readonly depth: number;
  /** Where the newest frame begins. */
  readonly newest: number;
  /** Of each value of a frame: where it is kept, or −1, and what it is where it is constant. */
  readonly indices: Int32Array;
  readonly constants: Float64Array;
  private readonly layout: FrameLayout;
  private readonly links: readonly FrameLinks[];
  private readonly live: Uint8Array;
  /** Of each value of the kept frames: where it is. */
  private readonly kept: Int32Array;
  private next: number;

  constructor(layout: FrameLayout, links: readonly FrameLinks[], live: Uint8Array) {
    const { features, layers, total } = layout;
    const all = [features, ...layers.flatMap(({ between, output }) => (between ? [between, output] : [output]))];
    const rooms = all.map(({ start, size }) =>
      roomOf(live.subarray(start, start + size).reduce((n, one) => n + one, 0)),
    );
    this.layout = layout;
    this.links = links;
    this.live = live;
    this.size = rooms.reduce((sum, room) => sum + room, 0);
    this.depth = 1 + Math.max(0, ...links.map((part) => framesBack(part, live, total)));
    this.kept = Int32Array.from({ length: this.size * this.depth }, (_, at) => at);
    this.newest = (this.depth - 1) * this.size;
    this.indices = new Int32Array(total).fill(-1);
    this.constants = new Float64Array(total);
    let kept = 0;
    for (let i = 0; i < features.size; i++) if (live[i]) this.indices[i] = kept++;
    this.next = rooms[0];
  }

  /** The products of the chain each by itself, and with the last of them whatever is added to the output. */
  layer(i: number, { output: shape, rectify }: LayerPlan, biases: Float64Array): FrameStage[] {
    const { between, output } = this.layout.layers[i];
    const bias = biasOf(output.size, shape.channels, biases);
    const targets = [
      ...(between ? [{ values: between, bias: new Float64Array(between.size), fold: 0 }] : []),
      { values: output, bias, fold: rectify ? 0.5 : 0 },
    ];
    return targets.map(({ values, bias, fold }) => {
      const { start, reach, step } = values;
      const { stage, links } = this.stage(start, bias, fold);
      const to = this.newest + this.keep(start, stage);
      for (let at = 0; at < bias.length; at++) this.constants[start + at] = activate(bias[at], fold);
      return { stage, links, to, reach, step };
    });
  }

  /** The pool over time, the layer i. */
  pool(i: number, plan: readonly LayerPlan[], biases: Float64Array): PoolProgram {
    const { input, output: shape, rectify } = plan[i];
    const { start, size, reach, step } = this.layout.layers[i].output;
    const [frames, fold] = [framesOf(input), rectify ? 0.5 : 0];
    const shares = new Float64Array(size);
    const { stage: share } = this.stage(start, shares, 0);
    const bias = biasOf(size, shape.channels, biases);
    for (let at = 0; at < size; at++) this.constants[start + at] = activate(bias[at] + frames * shares[at], fold);
    return {
      share,
      bias: Float64Array.from(share.bias, (_, at) => bias[share.places[at]] ?? 0),
      fold,
      to: this.newest + this.keep(start, share),
      depth: framesOf(plan[0].input) - reach,
      frames,
      step,
    };
  }

  /** What is added up to the values from a start on; what they read of constants goes into their bias. */
  private stage(start: number, bias: Float64Array, fold: number) {
    const { live, indices, constants, size, depth } = this;
    const { total } = this.layout;
    const parts = this.links.filter(({ target }) => target.start === start);
    const room = parts.reduce((sum, { to }) => sum + to.length, 0);
    const all = { from: new Int32Array(room), to: new Int32Array(room), weights: new Float32Array(room) };
    let count = 0;
    for (const { from, to, weights } of parts) {
      for (let i = 0; i < to.length; i++) {
        const place = from[i] % total;
        const index = indices[place];
        if (index < 0) bias[to[i]] += weights[i] * constants[place];
        else if (live[start + to[i]]) {
          all.from[count] = (depth - 1 - Math.floor(from[i] / total)) * size + index;
          all.to[count] = to[i];
          all.weights[count++] = weights[i];
        }
      }
    }
    return {
      stage: stageOf({ ...all, to: all.to.subarray(0, count), bias, fold }, this.kept, constants),
      links: count,
    };
  }

  /** Keeps the values of a stage; gives where they begin in a frame. */
  private keep(start: number, { places, bias }: Stage): number {
    for (const [index, place] of places.entries()) this.indices[start + place] = this.next + index;
    this.next += bias.length;
    return this.next - bias.length;
  }
}

/** In whole groups of lanes. */
function roomOf(values: number): number {
  return Math.ceil(values / LANES) * LANES;
}

function biasOf(size: number, channels: number, biases: Float64Array): Float64Array {
  return Float64Array.from({ length: size }, (_, at) => biases[at % channels]);
}

/** How far back live links read. */
function framesBack({ target, from, to }: FrameLinks, live: Uint8Array, total: number): number {
  let most = 0;
  for (let i = 0; i < to.length; i++) {
    if (live[target.start + to[i]] && live[from[i] % total]) most = Math.max(most, Math.floor(from[i] / total));
  }
  return most;
}

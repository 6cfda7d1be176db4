import { Arena } from '../../kernels/arena.js';
import type { Kernels, Pointer } from '../../kernels/contract.js';
import { allocateMemory } from '../../kernels/wasm/memory.js';
import { wasmKernels } from '../../kernels/wasm/wasm.js';
import { FEATURE_LIMIT, type Pipeline } from '../../runtime/skeleton/pipeline.js';
import type { Clip } from '../../runtime/skeleton/sequence.js';
import type { ClipChanges } from '../../skeleton/clip-changes.js';
import { type ChannelPlan, planChannels, storeChannels, writeChannels } from './heap-channels.js';

/** A heap in which kernels change one clip, write its features, and gather those of several in rows. */
export class SampleRows {
  readonly clip: Clip;
  /** Features as the channels give them, [nodes][channels], over time of every frame. */
  readonly features: Float32Array;
  /** The changes of skeleton/clip-changes.ts, of this clip alone. */
  readonly changes: ClipChanges;
  private readonly kernels: Kernels;
  private readonly plan: RowPlan;
  private readonly columns: number;

  /** @param columns rows of standardised features, a multiple of 4; none where only the features are wanted */
  constructor(pipeline: Pipeline, columns: number) {
    const arena = new Arena();
    const plan = planRows(arena, pipeline, columns);
    this.kernels = wasmKernels(allocateMemory(arena.bytes, false));
    this.plan = plan;
    this.columns = columns;
    const { frames, nodes, input } = pipeline;
    this.clip = { frames, nodes, positions: this.floats(plan.positions, frames * nodes * 3) };
    this.features = this.floats(plan.features, input.nodes * input.channels);
    this.changes = changesOf(this.kernels, this.clip, plan);
    storeChannels(this.kernels, plan.channels);
  }

  /** Features are standardised by these from now on, the same in every frame. */
  setStandard(mean: Float32Array, inverseDeviation: Float32Array): void {
    const { length } = this.features;
    const [means, inverses] = [this.floats(this.plan.mean, length), this.floats(this.plan.inverseDeviation, length)];
    for (let at = 0; at < length; at += mean.length) {
      means.set(mean, at);
      inverses.set(inverseDeviation, at);
    }
  }

  /** Writes the features of the clip. */
  writeFeatures(): void {
    writeChannels(this.kernels, this.plan.channels, this.plan.positions, this.plan.features);
  }

  /** Standardises the features into a row. */
  standardise(row: number): void {
    const { features, mean, inverseDeviation } = this.plan;
    this.kernels.standardiseRow(this.features.length, features, mean, inverseDeviation, FEATURE_LIMIT, this.rowAt(row));
  }

  /** A row of standardised features. */
  row(row: number): Float32Array {
    return this.floats(this.rowAt(row), this.features.length);
  }

  /**
   * The first `count` rows as columns, [features][columns], the other columns zero.
   * @param share of each row itself; the rest is of the row `shift` places on
   */
  turn(count: number, share: number, shift: number): Float32Array {
    const { kernels, columns, plan } = this;
    const { length } = this.features;
    if (share < 1) {
      for (let row = 0; row < count; row++) {
        const [one, other] = [this.rowAt(row), this.rowAt((row + shift) % count)];
        kernels.mixRows(length, one, other, share, this.rowAt(columns + row));
      }
    }
    const first = share < 1 ? columns : 0;
    for (let row = count; row < columns; row++) this.floats(this.rowAt(first + row), length).fill(0);
    kernels.turnRows(length, columns, this.rowAt(first), plan.rowBytes, plan.turned);
    return this.floats(plan.turned, length * columns);
  }

  private rowAt(row: number): Pointer {
    return this.plan.rows + row * this.plan.rowBytes;
  }

  private floats(at: Pointer, count: number): Float32Array {
    return this.kernels.heap.floats.subarray(at >> 2, (at >> 2) + count);
  }
}

/** Where everything is in the heap. */
interface RowPlan {
  readonly positions: Pointer;
  /** A copy of the positions. */
  readonly before: Pointer;
  /** Int32, one a node. */
  readonly images: Pointer;
  /** Int32, one a frame. */
  readonly lows: Pointer;
  /** Float64, one a frame. */
  readonly parts: Pointer;
  /** The state of random numbers. */
  readonly state: Pointer;
  readonly channels: ChannelPlan;
  readonly features: Pointer;
  readonly mean: Pointer;
  readonly inverseDeviation: Pointer;
  /** Rows of features, then as many of mixed ones. */
  readonly rows: Pointer;
  readonly rowBytes: number;
  /** [features][columns] */
  readonly turned: Pointer;
}

function planRows(arena: Arena, pipeline: Pipeline, columns: number): RowPlan {
  const { frames, nodes, input } = pipeline;
  const size = frames * nodes * 3 + WHOLE;
  const count = Math.ceil((input.nodes * input.channels) / WHOLE) * WHOLE;
  const channels = planChannels(arena, pipeline);
  return {
    positions: arena.allocate(size),
    before: arena.allocate(size),
    images: arena.allocate(nodes),
    lows: arena.allocate(frames),
    parts: arena.allocate(2 * frames),
    state: arena.allocate(4),
    channels,
    features: arena.allocate(count + channels.spill),
    mean: arena.allocate(count),
    inverseDeviation: arena.allocate(count),
    rows: arena.allocate(2 * columns * count),
    rowBytes: count * 4,
    turned: arena.allocate(count * columns),
  };
}

/** Kernels work on whole vectors of so many values. */
const WHOLE = 4;

function changesOf({ heap, ...kernels }: Kernels, { frames, nodes }: Clip, plan: RowPlan): ClipChanges {
  const { positions, before, images, lows, parts, state } = plan;
  const size = nodes * 3;
  const images32 = heap.ints.subarray(images >> 2, (images >> 2) + nodes);
  const lows32 = heap.ints.subarray(lows >> 2, (lows >> 2) + frames);
  const parts64 = new Float64Array(heap.buffer, parts, frames);
  const words = new Uint32Array(heap.buffer, state, 4);
  const keep = () => heap.floats.copyWithin(before >> 2, positions >> 2, (positions >> 2) + frames * size);
  return {
    mirror(_, from) {
      keep();
      images32.set(from);
      kernels.mirrorClip(frames, nodes, images, before, positions);
    },
    warp(_, from, shares) {
      keep();
      lows32.set(from);
      parts64.set(shares);
      kernels.warpClip(frames, size, lows, parts, before, positions);
    },
    amplify: (_, factor) => kernels.amplifyClip(frames, size, positions, factor),
    rotate: (_, [a, b], cosine, sine) => kernels.rotatePoints(frames * nodes, positions, a, b, cosine, sine),
    addNoise(_, random, bound) {
      words.set(random.state);
      kernels.addUniform(frames * size, positions, state, -bound, bound - -bound);
      random.state.set(words);
    },
  };
}

import type { Arena } from '../kernels/arena.js';
import { type Kernels, type Pointer, TILE_ROOM } from '../kernels/contract.js';
import {
  type ActivationRows,
  type ProductPass,
  type RowRange,
  WeightMatrix,
  type WeightSpec,
  type WeightStorage,
} from './weight-matrix.js';

/** Where gradients go, too: to the buffers of one shard. */
export interface GradientPass extends ProductPass {
  readonly kernels: Kernels;
  readonly shard: number;
}

/** Entries whose partial sums stay in the first-level cache, from tile to tile of wide rows; more than a tile has room in. */
const PARTIAL_SUMS = Math.max(2048, TILE_ROOM / 4);
/** The same of rows that are one tile: all activations pass by between two sums of an entry, the fewer times the better. */
const NARROW_PARTIAL_SUMS = 16384;
/** Values of a row that is one tile: seven vectors, as in assembly/sparse.ts. */
const NARROW = 28;

/** Entries that partial sums of these matrices need room for. */
export function partialSumEntries(matrices: readonly WeightSpec[]): number {
  return Math.max(NARROW_PARTIAL_SUMS, ...matrices.map(({ columns }) => columns));
}

/** Addresses of one matrix in the heap, with its gradients and its transpose. */
export interface TrainableStorage extends WeightStorage {
  /** Gradients in the order of values, one buffer a shard, `gradientBytes` apart. */
  readonly gradients: Pointer;
  readonly gradientBytes: number;
  /** Of each entry. */
  readonly columns: Pointer;
  /** [groups][columns + 1] */
  readonly transposedStart: Pointer;
  readonly transposedOffsets: Pointer;
  readonly transposedValues: Pointer;
}

/** Room to train a matrix in either form. @param shards so many buffers of gradients */
export function trainableStorage(arena: Arena, spec: WeightSpec, shards: number): TrainableStorage {
  const places = spec.rows * spec.columns;
  const gradientBytes = Math.ceil(places / 16) * 64;
  const transpose = spec.transposed ? places : 0;
  return {
    values: arena.allocate(places),
    gradients: arena.allocate((gradientBytes / 4) * shards),
    gradientBytes,
    rowStart: arena.allocate(spec.rows + 1),
    columns: arena.allocate(places),
    offsets: arena.allocate(places),
    transposedStart: arena.allocate((spec.columns + 1) * spec.groups),
    transposedOffsets: arena.allocate(transpose),
    transposedValues: arena.allocate(transpose),
  };
}

/** A weight matrix with the backward passes of its product. */
export class TrainableMatrix extends WeightMatrix<TrainableStorage> {
  /** dx = Wᵀ dy: backward of multiply with respect to x. @param add dx += Wᵀ dy, as it has to be where there are taps */
  multiplyTransposed(
    { kernels: k, sums }: ProductPass,
    dy: ActivationRows,
    dx: ActivationRows,
    width: number,
    count: number,
    add = false,
  ): void {
    const { spec, storage, xRow, yRow, run } = this;
    const { values, transposedStart, transposedOffsets, transposedValues } = storage;
    const inner = spec.columns;
    const steps = [count, dy.stride, dx.stride] as const;
    for (const { group, rows, first, xAt, yAt } of this.groups(dx, dy)) {
      for (const { column, from: to } of this.taps(xAt)) {
        if (this.sparse) {
          const start = transposedStart + (group * (inner + 1) + column) * 4;
          const [index, entries] = [transposedOffsets, transposedValues];
          k.sparseTimesDense(run, start, index, entries, yAt, to, width, xRow, ...steps, add);
        } else {
          const w = values + (first * inner + column) * 4;
          k.denseTimesDense(run, rows, w, 4, inner * 4, yAt, to, width, yRow, xRow, ...steps, sums.at, add);
        }
      }
    }
  }

  /** gradient += dy xᵀ: backward of multiply with respect to W. */
  accumulateGradient(
    { kernels: k, shard, sums }: GradientPass,
    dy: ActivationRows,
    x: ActivationRows,
    width: number,
    count: number,
    part?: RowRange,
  ): void {
    const { spec, storage, xRow, yRow } = this;
    const { rowStart, offsets } = storage;
    const gradient = this.gradient(shard);
    const [yStride, xStride] = [dy.stride, x.stride];
    for (const { rows, first, xAt, yAt } of this.groups(x, dy, part)) {
      if (this.sparse) {
        const start = rowStart + first * 4;
        const room = width > NARROW ? Math.max(PARTIAL_SUMS, spec.columns) : sums.entries;
        k.sampledDenseDense(
          rows,
          start,
          offsets,
          yAt,
          xAt,
          gradient,
          width,
          yRow,
          count,
          yStride,
          xStride,
          sums.at,
          room,
        );
      } else {
        const pitch = spec.columns;
        const steps = [count, yStride, xStride] as const;
        for (const { column, from } of this.taps(xAt)) {
          const target = gradient + (first * pitch + column) * 4;
          k.denseOuter(rows, this.run, yAt, from, target, width, yRow, xRow, ...steps, sums.at, pitch);
        }
      }
    }
  }

  gradient(shard: number): Pointer {
    return this.storage.gradients + shard * this.storage.gradientBytes;
  }

  /** Stored values: all of them, or the entries of the support. */
  entries(k: Kernels): number {
    const { rows, columns } = this.spec;
    return this.sparse ? k.heap.ints[(this.storage.rowStart >> 2) + rows] : rows * columns;
  }
}

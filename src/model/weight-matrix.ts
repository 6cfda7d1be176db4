import type { ForwardKernels, Pointer } from '../kernels/contract.js';
import type { Access, Product } from '../runtime/network/products.js';

/** Below this share of non-zeros a matrix is worked on in sparse form; docs/engine.md has the measurement. */
export const SPARSE_BELOW = 0.8;

/** A maskable weight matrix: every entry is counted in the pruning rate. */
export interface WeightSpec {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** The rows come in so many equal groups, each with activations of its own: one a head or member, or a single one. */
  readonly groups: number;
  /** Inputs that are summed into one output: sets the weights' scale. */
  readonly fanIn: number;
  /** Multiply-accumulates that one non-zero costs for one sequence. */
  readonly reuse: number;
  /** Whether the backward pass multiplies by the transpose. */
  readonly transposed: boolean;
  /** Values of one sequence from a row of x to the next, one row a column of the matrix. */
  readonly xRow: number;
  /** The same of y, one row a row of the matrix. */
  readonly yRow: number;
  /** The columns come in so many equal runs, each `xTap` values of one sequence after the one before; by default in one. */
  readonly taps?: number | undefined;
  readonly xTap?: number | undefined;
}

/** How a product is done with a matrix; its backward pass multiplies by the transpose if that is wanted. */
export function weightSpecOf(product: Product, transposed: boolean): WeightSpec {
  const { name, rows, columns, groups, width, count, x, y, taps } = product;
  const use = { fanIn: columns, reuse: width * count, transposed, xRow: x.row, yRow: y.row };
  return { name, rows, columns, groups, ...use, taps, xTap: x.tap };
}

/** Activations that a matrix reads or writes: those of each group start at `at` + group · `group` bytes. */
export interface ActivationRows {
  readonly at: Pointer;
  readonly group: number;
  /** Bytes from one repetition of the product to the next. */
  readonly stride: number;
}

/** An access to activations of n columns, in bytes. */
export function activationRows({ group, stride }: Access, at: Pointer, n: number): ActivationRows {
  return { at, group: group * n * 4, stride: stride * n * 4 };
}

/** Some of a matrix's rows. */
export interface RowRange {
  readonly first: number;
  readonly rows: number;
}

/** What products are made by, and a thread's room for partial sums of gradients or for a tile of activations. */
export interface ProductPass {
  readonly kernels: ForwardKernels;
  readonly sums: PartialSums;
}

/** Room for 4 values of each of so many entries, see `partialSumEntries`; without gradients, for TILE_ROOM values. */
export interface PartialSums {
  readonly at: Pointer;
  readonly entries: number;
}

/** Addresses of one matrix in the heap; places are 4 bytes. */
export interface WeightStorage {
  /** Dense: [rows][columns]. Sparse: one place an entry. */
  readonly values: Pointer;
  readonly rowStart: Pointer;
  /** Bytes from x to the row that an entry meets. */
  readonly offsets: Pointer;
}

/** One weight matrix at one rate, dense or in compressed sparse rows, for activations of n columns. */
export class WeightMatrix<Storage extends WeightStorage = WeightStorage> {
  /** Which of the two forms the storage holds now. */
  sparse = false;
  readonly spec: WeightSpec;
  readonly storage: Storage;
  /** Bytes from row to row of x and y. */
  readonly xRow: number;
  readonly yRow: number;
  /** Bytes of x, and columns, from tap to tap. */
  private readonly xTap: number;
  protected readonly run: number;

  constructor(spec: WeightSpec, n: number, storage: Storage) {
    const { taps = 1, xTap = 0 } = spec;
    this.spec = spec;
    this.storage = storage;
    this.xRow = spec.xRow * n * 4;
    this.yRow = spec.yRow * n * 4;
    this.xTap = xTap * n * 4;
    this.run = spec.columns / taps;
  }

  /** Bytes from x to the row that a column meets. */
  offsetOf(column: number): number {
    const tap = Math.floor(column / this.run);
    return tap * this.xTap + (column - tap * this.run) * this.xRow;
  }

  /**
   * y = W x on rows of `width` values, `count` times; all rows of W or a part, which is written where it is.
   * @param add y += W x
   */
  multiply(
    { kernels: k, sums }: ProductPass,
    x: ActivationRows,
    y: ActivationRows,
    width: number,
    count: number,
    part?: RowRange,
    add = false,
  ): void {
    const { spec, storage, xRow, yRow, run } = this;
    const { values, rowStart, offsets } = storage;
    for (const { rows, first, xAt, yAt } of this.groups(x, y, part)) {
      if (this.sparse) {
        const start = rowStart + first * 4;
        k.sparseTimesDense(rows, start, offsets, values, xAt, yAt, width, yRow, count, x.stride, y.stride, add);
        continue;
      }
      const wRow = spec.columns * 4;
      const steps = [count, x.stride, y.stride] as const;
      for (const { tap, column, from } of this.taps(xAt)) {
        const w = values + first * wRow + column * 4;
        const isMore = add || tap > 0;
        k.denseTimesDense(rows, run, w, wRow, 4, from, yAt, width, xRow, yRow, ...steps, sums.at, isMore);
      }
    }
  }

  /** Each run of columns: its first, and where its x starts. */
  protected taps(xAt: Pointer): { tap: number; column: number; from: Pointer }[] {
    const { taps = 1 } = this.spec;
    return Array.from({ length: taps }, (_, tap) => ({ tap, column: tap * this.run, from: xAt + tap * this.xTap }));
  }

  /** Each group's rows in the part, the first of them, and where its x and their y are. */
  protected groups(x: ActivationRows, y: ActivationRows, part?: RowRange): Group[] {
    const size = this.spec.rows / this.spec.groups;
    const [from, to] = part === undefined ? [0, this.spec.rows] : [part.first, part.first + part.rows];
    const groups: Group[] = [];
    for (let group = Math.floor(from / size); group * size < to; group++) {
      const first = Math.max(from, group * size);
      const rows = Math.min(to, (group + 1) * size) - first;
      const yAt = y.at + group * y.group + (first - group * size) * this.yRow;
      groups.push({ group, rows, first, xAt: x.at + group * x.group, yAt });
    }
    return groups;
  }
}

/** Rows of one group, from `first` on, and where its activations are. */
interface Group {
  readonly group: number;
  readonly rows: number;
  readonly first: number;
  readonly xAt: Pointer;
  readonly yAt: Pointer;
}

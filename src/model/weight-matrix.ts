import type { Kernels, Pointer } from '../kernels/kernels.js';

/** Below this share of non-zeros a matrix is worked on in sparse form; docs/engine.md has the measurement. */
export const SPARSE_BELOW = 0.8;

/** A maskable weight matrix: every entry is counted in the pruning rate. */
export interface WeightSpec {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** The rows come in so many equal groups, each with activations of its own: one a head, or a single one. */
  readonly groups: number;
  /** Inputs that are summed into one output: sets the weights' scale. */
  readonly fanIn: number;
  /** Multiply-accumulates that one non-zero costs for one sequence. */
  readonly reuse: number;
  /** Whether the backward pass multiplies by the transpose. */
  readonly transposed: boolean;
}

/** Activations that a matrix reads or writes: rows of n values, at `at` + group · `group` + row · `row` bytes. */
export interface ActivationRows {
  readonly at: Pointer;
  readonly row: number;
  readonly group: number;
  /** Bytes from one repetition of the product to the next. */
  readonly step: number;
}

/** Some of a matrix's rows. */
export interface RowRange {
  readonly first: number;
  readonly rows: number;
}

/** Addresses of one matrix in the heap; places are 4 bytes. */
export interface WeightStorage {
  /** Dense: [rows][columns]. Sparse: one place an entry. */
  readonly values: Pointer;
  /** Gradients in the order of values, one buffer a shard, `gradientBytes` apart. */
  readonly gradients: Pointer;
  readonly gradientBytes: number;
  readonly rowStart: Pointer;
  readonly columns: Pointer;
  /** [groups][columns + 1] */
  readonly transposedStart: Pointer;
  readonly transposedColumns: Pointer;
  readonly transposedValues: Pointer;
}

/** One weight matrix at one rate: dense, or compressed sparse rows. */
export class WeightMatrix {
  /** Which of the two forms the storage holds now. */
  sparse = false;
  readonly spec: WeightSpec;
  readonly storage: WeightStorage;

  constructor(spec: WeightSpec, storage: WeightStorage) {
    this.spec = spec;
    this.storage = storage;
  }

  /** y = W x, `count` times; of all rows or of a part, which is written where it stands among all. */
  multiply(k: Kernels, x: ActivationRows, y: ActivationRows, n: number, count: number, part?: RowRange): void {
    const { values, rowStart, columns } = this.storage;
    const width = this.spec.columns;
    for (const { rows, first, xAt, yAt } of this.groups(x, y, part)) {
      if (this.sparse) {
        const start = rowStart + first * 4;
        k.sparseTimesDense(rows, start, columns, values, xAt, yAt, n, x.row, y.row, count, x.step, y.step);
      } else {
        const w = values + first * width * 4;
        k.denseTimesDense(rows, width, w, width * 4, 4, xAt, yAt, n, x.row, y.row, count, x.step, y.step);
      }
    }
  }

  /** dx = Wᵀ dy: backward of multiply with respect to x. */
  multiplyTransposed(k: Kernels, dy: ActivationRows, dx: ActivationRows, n: number, count: number): void {
    const { values, transposedStart, transposedColumns, transposedValues } = this.storage;
    const width = this.spec.columns;
    for (const { group, rows, first, xAt, yAt } of this.groups(dx, dy)) {
      const [to, from] = [xAt, yAt];
      if (this.sparse) {
        const start = transposedStart + group * (width + 1) * 4;
        const [index, entries] = [transposedColumns, transposedValues];
        k.sparseTimesDense(width, start, index, entries, from, to, n, dy.row, dx.row, count, dy.step, dx.step);
      } else {
        const w = values + first * width * 4;
        k.denseTimesDense(width, rows, w, 4, width * 4, from, to, n, dy.row, dx.row, count, dy.step, dx.step);
      }
    }
  }

  /** gradient += dy xᵀ: backward of multiply with respect to W, into the buffer of a shard. */
  accumulateGradient(
    k: Kernels,
    shard: number,
    dy: ActivationRows,
    x: ActivationRows,
    n: number,
    count: number,
    part?: RowRange,
  ): void {
    const { rowStart, columns } = this.storage;
    const width = this.spec.columns;
    const gradient = this.gradient(shard);
    for (const { rows, first, xAt, yAt } of this.groups(x, dy, part)) {
      if (this.sparse) {
        const start = rowStart + first * 4;
        k.sampledDenseDense(rows, start, columns, yAt, xAt, gradient, n, dy.row, x.row, count, dy.step, x.step);
      } else {
        const own = gradient + first * width * 4;
        k.denseOuter(rows, width, yAt, xAt, own, n, dy.row, x.row, count, dy.step, x.step);
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

  /** Each group's rows in the part, the first of them, and where its x and their y stand. */
  private *groups(x: ActivationRows, y: ActivationRows, part: RowRange = { first: 0, rows: this.spec.rows }) {
    const size = this.spec.rows / this.spec.groups;
    for (let group = 0; group < this.spec.groups; group++) {
      const first = Math.max(part.first, group * size);
      const rows = Math.min(part.first + part.rows, (group + 1) * size) - first;
      if (rows <= 0) continue;
      const yAt = y.at + group * y.group + (first - group * size) * y.row;
      yield { group, rows, first, xAt: x.at + group * x.group, yAt };
    }
  }
}

import type { Pointer } from '../../kernels/contract.js';
import type { Access, FixedProduct, Product } from '../../runtime/network/products.js';
import { eachUse } from '../../runtime/network/uses.js';
import type { GradientPass, TrainableMatrix } from '../trainable-matrix.js';
import type { ActivationRows, ProductPass, WeightMatrix, WeightSpec } from '../weight-matrix.js';
import { activationRows, weightSpecOf } from '../weight-matrix.js';

/** What a pass over `n` columns is made by. */
type Columns = { readonly n: number };

/** Some repetitions of a product, `x` and `y` bytes from the start of its activations. */
interface Run {
  readonly count: number;
  readonly x: number;
  readonly y: number;
  /** Whether they are one node's in all frames, else of nodes that follow on each other. */
  readonly ofNode: boolean;
}

/**
 * A product with a matrix that is done in every frame. In dense form it is done frame by frame, so that what the taps add up
 * to stays in the cache; in sparse form node by node, so that what a node has in the frames of the taps does.
 */
export class FrameProduct {
  readonly spec: WeightSpec;
  private readonly product: Product;
  /** Whether the repetitions of all frames are equally far apart, so that they can be one run. */
  private readonly isEven: boolean;

  constructor(product: Product, transposed: boolean) {
    const { count, frames = 1, x, y } = product;
    const each = count / frames;
    this.product = product;
    this.spec = weightSpecOf(product, transposed);
    this.isEven = x.frame === each * x.stride && y.frame === each * y.stride;
  }

  /** y = W x, or with `add` y += W x. */
  forward(pass: ProductPass & Columns, matrix: WeightMatrix, x: Pointer, y: Pointer, add: boolean): void {
    const { n } = pass;
    for (const run of matrix.sparse ? this.nodes(n) : this.frames(n)) {
      matrix.multiply(pass, this.x(x, run, n), this.y(y, run, n), n, run.count, undefined, add);
    }
  }

  /** gradient += dy xᵀ, and dx += Wᵀ dy unless dx is 0. Sums over frames, of taps too, have the order of the frames. */
  backward(pass: GradientPass & Columns, matrix: TrainableMatrix, x: Pointer, dx: Pointer, dy: Pointer): void {
    const { n } = pass;
    if (matrix.sparse && this.isEven) {
      const all = { count: this.product.count, x: this.start(n), y: 0, ofNode: false };
      matrix.accumulateGradient(pass, this.y(dy, all, n), this.x(x, all, n), n, all.count);
      if (dx !== 0) this.addTransposed(pass, matrix, dx, dy, this.nodes(n));
      return;
    }
    for (const run of this.frames(n)) {
      matrix.accumulateGradient(pass, this.y(dy, run, n), this.x(x, run, n), n, run.count);
      if (dx !== 0) this.addTransposed(pass, matrix, dx, dy, [run]);
    }
  }

  private addTransposed(
    pass: GradientPass & Columns,
    matrix: TrainableMatrix,
    dx: Pointer,
    dy: Pointer,
    runs: readonly Run[],
  ): void {
    const { n } = pass;
    for (const run of runs) {
      matrix.multiplyTransposed(pass, this.y(dy, run, n), this.x(dx, run, n), n, run.count, true);
    }
  }

  private frames(n: number): Run[] {
    const { count, frames = 1, x, y } = this.product;
    return Array.from({ length: frames }, (_, frame) => ({
      count: count / frames,
      x: this.start(n) + frame * (x.frame ?? 0) * n * 4,
      y: frame * (y.frame ?? 0) * n * 4,
      ofNode: false,
    }));
  }

  private nodes(n: number): Run[] {
    const { count, frames = 1, x, y } = this.product;
    return Array.from({ length: count / frames }, (_, node) => ({
      count: frames,
      x: this.start(n) + node * x.stride * n * 4,
      y: node * y.stride * n * 4,
      ofNode: true,
    }));
  }

  private start(n: number): number {
    return (this.product.x.start ?? 0) * n * 4;
  }

  private x(at: Pointer, run: Run, n: number): ActivationRows {
    return rowsOfRun(this.product.x, at + run.x, run, n);
  }

  private y(at: Pointer, run: Run, n: number): ActivationRows {
    return rowsOfRun(this.product.y, at + run.y, run, n);
  }
}

function rowsOfRun(access: Access, at: Pointer, { ofNode }: Run, n: number): ActivationRows {
  return activationRows(ofNode ? { ...access, stride: access.frame ?? 0 } : access, at, n);
}

/** y += W x of a fixed product; backward, with dy and dx exchanged, dx += Wᵀ dy. */
export function addFixed(
  { kernels, n }: ProductPass & Columns,
  product: FixedProduct,
  x: Pointer,
  y: Pointer,
  backward = false,
): void {
  for (let place = 0; place < product.columns; place++) {
    eachUse(product, place, (from, to, width) => {
      const [read, written] = [x + from * n * 4, y + to * n * 4];
      const [a, b] = backward ? [written, read] : [read, written];
      kernels.addScaledGradient(width * n, a, product.factor, b);
    });
  }
}

import type { Pointer } from '../../kernels/contract.js';
import type { FixedProduct, Product } from '../../runtime/network/products.js';
import { eachUse } from '../../runtime/network/uses.js';
import type { GradientPass, ProductPass, WeightMatrix, WeightSpec } from '../weight-matrix.js';
import { activationRows, weightSpecOf } from '../weight-matrix.js';

/** What a pass over `n` columns is made by. */
type Columns = { readonly n: number };

/** Some repetitions of a product, and bytes from the start of its activations to them. */
interface Run {
  readonly count: number;
  readonly x: number;
  readonly y: number;
}

/**
 * A product with a matrix that is done in every frame. In dense form it is done frame by frame, so that what the taps add up
 * to stays in the cache.
 */
export class FrameProduct {
  readonly spec: WeightSpec;
  private readonly product: Product;
  /** Whether the repetitions of all frames are equally far apart, so that they are one run. */
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
    const { product } = this;
    const { n } = pass;
    for (const run of this.runs(matrix.sparse, n)) {
      const [from, to] = [activationRows(product.x, x + run.x, n), activationRows(product.y, y + run.y, n)];
      matrix.multiply(pass, from, to, n, run.count, undefined, add);
    }
  }

  /** gradient += dy xᵀ, and dx += Wᵀ dy unless dx is 0. */
  backward(pass: GradientPass & Columns, matrix: WeightMatrix, x: Pointer, dx: Pointer, dy: Pointer): void {
    const { product } = this;
    const { n } = pass;
    for (const run of this.runs(matrix.sparse, n)) {
      const from = activationRows(product.y, dy + run.y, n);
      matrix.accumulateGradient(pass, from, activationRows(product.x, x + run.x, n), n, run.count);
      if (dx === 0) continue;
      matrix.multiplyTransposed(pass, from, activationRows(product.x, dx + run.x, n), n, run.count, true);
    }
  }

  private runs(sparse: boolean, n: number): Run[] {
    const { count, frames = 1, x, y } = this.product;
    const start = (x.start ?? 0) * n * 4;
    if (sparse && this.isEven) return [{ count, x: start, y: 0 }];
    return Array.from({ length: frames }, (_, frame) => ({
      count: count / frames,
      x: start + frame * (x.frame ?? 0) * n * 4,
      y: frame * (y.frame ?? 0) * n * 4,
    }));
  }
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

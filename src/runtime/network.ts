import { type LayerPlan, productsOf } from './plan.js';
import { outputAt, type Product, type Repetition, repetitionOf } from './products.js';
import { type SparseRows, sparseRows } from './sparse-rows.js';

/** A product among all rows. */
interface RowProduct extends Repetition {
  /** Its first row. */
  readonly first: number;
  /** Where each of its rows writes. */
  readonly yAt: Int32Array;
}

/** A layer, ready to run. */
interface RowLayer {
  readonly products: readonly RowProduct[];
  readonly rectify: boolean;
  /** Of every output. */
  readonly bias: Float64Array;
  readonly scratch: Float64Array;
  readonly output: Float64Array;
}

/** A network of non-zeros only, for one sequence at a time. */
export class SparseNetwork {
  private readonly rows: SparseRows;
  private readonly layers: readonly RowLayer[];
  private readonly input: Float64Array;

  /** @param latents of all tensors, laid end to end; @param scales what each tensor's latents are multiplied by; @param biases of each layer */
  constructor(
    plan: readonly LayerPlan[],
    latents: Float32Array,
    scales: readonly number[],
    biases: readonly Float64Array[],
  ) {
    this.rows = sparseRows(productsOf(plan), latents, scales);
    this.input = new Float64Array(plan[0].input.nodes * plan[0].input.channels);
    let first = 0;
    this.layers = plan.map(({ products, output, scratchRows, rectify }, i) => ({
      products: products.map((product) => {
        first += product.rows;
        return rowProduct(product, first - product.rows);
      }),
      rectify,
      bias: Float64Array.from({ length: output.nodes * output.channels }, (_, at) => biases[i][at % output.channels]),
      scratch: new Float64Array(scratchRows),
      output: new Float64Array(output.nodes * output.channels),
    }));
  }

  /** The logits of standardised features, [nodes][channels]; valid until the next run. */
  run(features: ArrayLike<number>): Float64Array {
    let x = this.input;
    x.set(features);
    for (const { products, bias, scratch, output, rectify } of this.layers) {
      output.set(bias);
      if (products.length > 1) {
        multiply(this.rows, products[0], x, scratch.fill(0));
        multiply(this.rows, products[1], scratch, output);
      } else multiplyOnce(this.rows, products[0], x, output);
      if (rectify) for (let i = 0; i < output.length; i++) output[i] = Math.max(output[i], 0);
      x = output;
    }
    return x;
  }
}

function rowProduct(product: Product, first: number): RowProduct {
  const yAt = Int32Array.from({ length: product.rows }, (_, row) => outputAt(product, row));
  return { first, yAt, ...repetitionOf(product) };
}

/** y += W x for products without repetition. */
function multiplyOnce(rows: SparseRows, { first, yAt }: RowProduct, x: Float64Array, y: Float64Array): void {
  const { rowStart, xAt, weights } = rows;
  for (let row = 0; row < yAt.length; row++) {
    let sum = y[yAt[row]];
    for (let e = rowStart[first + row], end = rowStart[first + row + 1]; e < end; e++) sum += weights[e] * x[xAt[e]];
    y[yAt[row]] = sum;
  }
}

/** y += W x, repeated, two weights of a row at a time, added one after another: a zero between changes no bit. */
function multiply(rows: SparseRows, product: RowProduct, x: Float64Array, y: Float64Array): void {
  const { rowStart, xAt, weights } = rows;
  const { first, yAt, repeat, xStep, yStep } = product;
  for (let row = 0; row < yAt.length; row++) {
    const end = rowStart[first + row + 1];
    let e = rowStart[first + row];
    if ((end - e) % 2) axpy(x, y, weights[e], xAt[e++], yAt[row], repeat, xStep, yStep);
    for (; e < end; e += 2) {
      const [v, w] = [weights[e], weights[e + 1]];
      for (let i = 0, a = xAt[e], b = xAt[e + 1], to = yAt[row]; i < repeat; i++) {
        y[to] = y[to] + v * x[a] + w * x[b];
        a += xStep;
        b += xStep;
        to += yStep;
      }
    }
  }
}

/** y += w x, at steps. */
function axpy(
  x: Float64Array,
  y: Float64Array,
  w: number,
  from: number,
  to: number,
  repeat: number,
  xStep: number,
  yStep: number,
): void {
  for (let i = 0; i < repeat; i++) y[to + i * yStep] += w * x[from + i * xStep];
}

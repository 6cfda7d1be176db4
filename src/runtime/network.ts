import type { LayerPlan } from './plan.js';
import { inputAt, outputAt, type Product, repetitionOf } from './products.js';

/** One product, from values x to values y: y = max(bias + W x, floor). */
interface Stage {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly bias: Float64Array;
  /** 0 where negative values become zero, else −∞. */
  readonly floor: number;
  readonly rows: Rows;
}

/** The non-zeros of a product that lead to an answer, row by row. */
interface Rows {
  /** Where the first input of each weight stands. */
  readonly xAt: Int32Array;
  readonly weights: Float64Array;
  /** Four numbers a value of y that is read: its place, its first weight, their end, and how far on its inputs stand. */
  readonly values: Int32Array;
}

/** A network of non-zeros only, for one sequence at a time. */
export class SparseNetwork {
  /** The features that lead to an answer: 1 in [nodes][channels]. */
  readonly needed: Uint8Array;
  private readonly input: Float64Array;
  private readonly stages: readonly Stage[];

  /**
   * @param latents of all tensors, laid end to end
   * @param scales what each tensor's latents are multiplied by
   * @param biases of each layer
   */
  constructor(
    plan: readonly LayerPlan[],
    latents: Float32Array,
    scales: readonly number[],
    biases: readonly Float64Array[],
  ) {
    const stages: Stage[] = [];
    let end = latents.length;
    let tensor = scales.length;
    let needed = new Uint8Array(plan[plan.length - 1].output.channels).fill(1);
    let y = new Float64Array(needed.length);
    for (const [i, { input, output, products, scratchRows, rectify }] of [...plan.entries()].reverse()) {
      for (const [p, product] of [...products.entries()].reverse()) {
        const isLast = p === products.length - 1;
        const x = new Float64Array(p > 0 ? scratchRows : input.nodes * input.channels);
        const bias = y.map((_, at) => (isLast ? biases[i][at % output.channels] : 0));
        const reads = new Uint8Array(x.length);
        const start = end - product.rows * product.columns;
        const rows = rowsOf(product, latents.subarray(start, end), scales[--tensor], needed, reads);
        stages.unshift({ x, y, bias, floor: isLast && rectify ? 0 : Number.NEGATIVE_INFINITY, rows });
        [end, needed, y] = [start, reads, x];
      }
    }
    this.needed = needed;
    this.input = y;
    this.stages = stages;
  }

  /** The logits of standardised features, [nodes][channels]; valid until the next run. */
  run(features: ArrayLike<number>): Float64Array {
    this.input.set(features);
    for (const stage of this.stages) multiply(stage);
    return this.stages[this.stages.length - 1].y;
  }
}

/** The rows of which some value is needed; marks what they read. */
function rowsOf(product: Product, latents: Float32Array, scale: number, needed: Uint8Array, reads: Uint8Array): Rows {
  const { repeat, xStep, yStep } = repetitionOf(product);
  const xAt: number[] = [];
  const weights: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < product.rows; row++) {
    const first = xAt.length;
    for (let place = row * product.columns; place < (row + 1) * product.columns; place++) {
      if (latents[place] === 0) continue;
      xAt.push(inputAt(product, place));
      weights.push(Math.fround(latents[place] * scale));
    }
    for (let i = 0, to = outputAt(product, row); i < repeat; i++, to += yStep) {
      if (!needed[to]) continue;
      values.push(to, first, xAt.length, i * xStep);
      for (let e = first; e < xAt.length; e++) reads[xAt[e] + i * xStep] = 1;
    }
  }
  return { xAt: Int32Array.from(xAt), weights: Float64Array.from(weights), values: Int32Array.from(values) };
}

/** Two values of a row at a time, as far as they come in pairs: neither waits for the other's sums. */
function multiply({ x, y, bias, floor, rows: { xAt, weights, values } }: Stage): void {
  for (let i = 0; i < values.length; i += 4) {
    const [to, first, end, shift] = [values[i], values[i + 1], values[i + 2], values[i + 3]];
    let sum = bias[to];
    if (i + 4 < values.length && values[i + 5] === first && values[i + 6] === end) {
      i += 4;
      const [other, otherShift] = [values[i], values[i + 3]];
      let otherSum = bias[other];
      for (let e = first; e < end; e++) {
        sum += weights[e] * x[xAt[e] + shift];
        otherSum += weights[e] * x[xAt[e] + otherShift];
      }
      y[other] = Math.max(otherSum, floor);
    } else for (let e = first; e < end; e++) sum += weights[e] * x[xAt[e] + shift];
    y[to] = Math.max(sum, floor);
  }
}

import { inputAt, type Product } from './products.js';

/** Non-zeros of all weight matrices, row by row: compressed sparse rows of the matrices laid end to end. */
export interface SparseRows {
  /** Weights before each row, and all. */
  readonly rowStart: Int32Array;
  /** Where each weight's first input stands in the activations. */
  readonly xAt: Int32Array;
  readonly weights: Float64Array;
}

/** The rows of latents laid end to end. @param scales what the latents of each matrix are multiplied by */
export function sparseRows(products: readonly Product[], latents: Float32Array, scales: readonly number[]): SparseRows {
  const rowStart = [0];
  const xAt: number[] = [];
  const weights: number[] = [];
  let position = 0;
  for (const [t, product] of products.entries()) {
    for (let place = 0; place < product.rows * product.columns; place++) {
      const latent = latents[position++];
      if (latent !== 0) {
        xAt.push(inputAt(product, place));
        weights.push(Math.fround(latent * scales[t]));
      }
      if ((place + 1) % product.columns === 0) rowStart.push(weights.length);
    }
  }
  return { rowStart: Int32Array.from(rowStart), xAt: Int32Array.from(xAt), weights: Float64Array.from(weights) };
}

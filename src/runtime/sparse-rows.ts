import type { Entries } from './file/blocks.js';
import type { Product } from './products.js';

/** Non-zeros of all weight matrices, row by row: compressed sparse rows of the matrices laid end to end. */
export interface SparseRows {
  /** Weights before each row, and all. */
  readonly rowStart: Int32Array;
  /** Where each weight's first input stands in the activations. */
  readonly xAt: Int32Array;
  readonly weights: Float64Array;
}

/** Sorts the first `count` entries into rows; @param scales what the latents of each matrix are multiplied by */
export function sparseRows(
  products: readonly Product[],
  { positions, latents }: Entries,
  scales: readonly number[],
): SparseRows {
  const places = positions.length;
  const tensors = tensorStarts(products);
  const rowOf = new Int32Array(places);
  const xAt = new Int32Array(places);
  const weights = new Float64Array(places);
  const rowStart = new Int32Array(products.reduce((sum, { rows }) => sum + rows, 0) + 1);
  const tensorOf = new Uint8Array(places);
  for (let i = 0; i < places; i++) {
    let t = products.length - 1;
    while (tensors[t].position > positions[i]) t--;
    const row = Math.floor((positions[i] - tensors[t].position) / products[t].columns);
    tensorOf[i] = t;
    rowOf[i] = tensors[t].row + row;
    rowStart[rowOf[i] + 1]++;
  }
  for (let row = 1; row < rowStart.length; row++) rowStart[row] += rowStart[row - 1];
  const next = rowStart.slice();
  for (let i = 0; i < places; i++) {
    const t = tensorOf[i];
    const to = next[rowOf[i]]++;
    xAt[to] = inputAt(products[t], positions[i] - tensors[t].position);
    weights[to] = Math.fround(latents[i] * scales[t]);
  }
  return { rowStart, xAt, weights };
}

/** Where each matrix starts among all latents, and among all rows. */
function tensorStarts(products: readonly Product[]): { position: number; row: number }[] {
  let [position, row] = [0, 0];
  return products.map(({ rows, columns }) => {
    const start = { position, row };
    position += rows * columns;
    row += rows;
    return start;
  });
}

/** Where the input of a weight stands, by its place in the matrix. */
function inputAt({ rows, columns, groups, x }: Product, place: number): number {
  const group = Math.floor(place / columns / (rows / groups));
  return group * x.group + (place % columns) * x.row;
}

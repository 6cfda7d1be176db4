import type { Product } from '../../runtime/network/products.js';

/** The stored weights of a matrix, row by row. */
export interface SparseProduct {
  readonly product: Product;
  /** Stored weights of each row. */
  readonly counts: readonly number[];
  readonly columns: readonly number[];
  /** To be multiplied by `scale`. */
  readonly weights: readonly number[];
  readonly scale: number;
}

/** @param values [rows][columns], zero where no weight is stored; `encode` makes of each what is stored */
export function sparseProduct(
  product: Product,
  values: Float32Array,
  scale: number,
  encode: (value: number) => number,
): SparseProduct {
  const counts: number[] = [];
  const columns: number[] = [];
  const weights: number[] = [];
  for (let start = 0; start < values.length; start += product.columns) {
    const before = weights.length;
    for (let column = 0; column < product.columns; column++) {
      const weight = encode(values[start + column]);
      if (weight === 0) continue;
      columns.push(column);
      weights.push(weight);
    }
    counts.push(weights.length - before);
  }
  return { product, counts, columns, weights, scale };
}

/** Columns as distances from the one before in the row, the first from 0. */
export interface Gaps {
  readonly counts: readonly number[];
  readonly gaps: readonly number[];
  readonly weights: readonly number[];
}

/** Weights row by row, and where each reads. */
type Rows = Pick<SparseProduct, 'counts' | 'columns' | 'weights'>;

/** Gaps of at most `most`; a longer one is bridged by weights of zero. */
export function gapsOf({ counts, columns, weights }: Rows, most: number): Gaps {
  const result = { counts: [] as number[], gaps: [] as number[], weights: [] as number[] };
  let entry = 0;
  for (const count of counts) {
    const before = result.gaps.length;
    let at = 0;
    for (const end = entry + count; entry < end; entry++) {
      for (; columns[entry] - at > most; at += most) {
        result.gaps.push(most);
        result.weights.push(0);
      }
      result.gaps.push(columns[entry] - at);
      result.weights.push(weights[entry]);
      at = columns[entry];
    }
    result.counts.push(result.gaps.length - before);
  }
  return result;
}

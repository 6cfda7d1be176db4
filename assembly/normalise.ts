// Normalisation of a product over a part of the batch; activations are rows of n columns, of which `used` are sequences.

import { sumLanes } from './lanes';

/** Added to the variance, so that what is the same everywhere becomes 0. */
const LEAST_VARIANCE: f64 = 1e-5;

/** Σ a b of the last call of sumRow. */
let products: f64 = 0;

/**
 * z[c][row] = (z - mean of the row) / deviation of all rows, and y = z; for `count` blocks of `rows` rows, 0 in the other columns.
 * statistics: [rows] means and the inverse deviation.
 */
export function normalise(z: usize, y: usize, rows: i32, n: i32, count: i32, used: i32, statistics: usize): void {
  const values = <f64>(count * used);
  let variance: f64 = 0;
  for (let row = 0; row < rows; ++row) {
    const mean = sumRow(z, z, row, rows, n, count, used) / values;
    variance += products / values - mean * mean;
    store<f32>(statistics + (<usize>row << 2), <f32>mean);
  }
  const inverse = 1 / Math.sqrt(Math.max(variance / <f64>rows, 0) + LEAST_VARIANCE);
  store<f32>(statistics + (<usize>rows << 2), <f32>inverse);
  const factor = f32x4.splat(<f32>inverse);
  for (let c = 0; c < count; ++c) {
    for (let row = 0; row < rows; ++row) {
      const mean = v128.load32_splat(statistics + (<usize>row << 2));
      for (let column = 0; column < n; column += 4) {
        const value = f32x4.mul(f32x4.sub(v128.load(z), mean), factor);
        const kept = v128.and(value, lanesOf(used - column));
        v128.store(z, kept);
        v128.store(y, kept);
        z += 16;
        y += 16;
      }
    }
  }
}

/** Backward of normalise, in place: `normalised` is what it left in z; the means give way to those of dy. */
export function normaliseBackward(
  dy: usize, normalised: usize, rows: i32, n: i32, count: i32, used: i32, statistics: usize,
): void {
  const values = <f64>(count * used);
  let slope: f64 = 0;
  for (let row = 0; row < rows; ++row) {
    const mean = sumRow(dy, normalised, row, rows, n, count, used) / values;
    slope += products / values;
    store<f32>(statistics + (<usize>row << 2), <f32>mean);
  }
  const along = f32x4.splat(<f32>(slope / <f64>rows));
  const factor = v128.load32_splat(statistics + (<usize>rows << 2));
  for (let c = 0; c < count; ++c) {
    for (let row = 0; row < rows; ++row) {
      const mean = v128.load32_splat(statistics + (<usize>row << 2));
      for (let column = 0; column < n; column += 4) {
        const across = f32x4.sub(f32x4.sub(v128.load(dy), mean), f32x4.mul(v128.load(normalised), along));
        v128.store(dy, v128.and(f32x4.mul(across, factor), lanesOf(used - column)));
        dy += 16;
        normalised += 16;
      }
    }
  }
}

/** Σ a of a row, over the used columns of all blocks; leaves Σ a b in `products`. */
function sumRow(a: usize, b: usize, row: i32, rows: i32, n: i32, count: i32, used: i32): f64 {
  const rowBytes = <usize>n << 2;
  const rest = <usize>(rows - 1) * rowBytes;
  let total: f64 = 0;
  products = 0;
  a += <usize>row * rowBytes;
  b += <usize>row * rowBytes;
  for (let c = 0; c < count; ++c) {
    let sum = f32x4.splat(0);
    let product = f32x4.splat(0);
    for (let column = 0; column < n; column += 4) {
      const value = v128.and(v128.load(a), lanesOf(used - column));
      sum = f32x4.add(sum, value);
      product = f32x4.add(product, f32x4.mul(value, v128.load(b)));
      a += 16;
      b += 16;
    }
    total += <f64>sumLanes(sum);
    products += <f64>sumLanes(product);
    a += rest;
    b += rest;
  }
  return total;
}

/** The first `count` lanes, all of them from 4 on. */
@inline
function lanesOf(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

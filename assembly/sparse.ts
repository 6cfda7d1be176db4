// Sparse matrix products (compressed sparse rows). Activations are float32 rows of n values, n a multiple of 4. Each entry
// has the byte offset of the row of x that it meets: a multiplication an entry less than with the number of its column.
// A row is worked on in tiles of at most 7 vectors of 4 lanes: V8 keeps those in registers and spills more.

import { multiplyAdd, sumFour, sumLanes } from './lanes';

const MOST_VECTORS: i32 = 7;

/** y[row] tile = sum over the stored entries of the row: value * x[offset] tile; with `add`, that is added to it. */
@inline
function sparseTile(
  width: i32, rows: i32, rowStart: usize, offsets: usize, values: usize, x: usize, y: usize, yRow: i32, add: bool,
): void {
  let entry = <usize>load<i32>(rowStart) << 2;
  for (let row = 0; row < rows; ++row) {
    const end = <usize>load<i32>(rowStart + ((<usize>row + 1) << 2)) << 2;
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0;
    if (add) {
      a0 = v128.load(y);
      if (width > 1) a1 = v128.load(y, 16);
      if (width > 2) a2 = v128.load(y, 32);
      if (width > 3) a3 = v128.load(y, 48);
      if (width > 4) a4 = v128.load(y, 64);
      if (width > 5) a5 = v128.load(y, 80);
      if (width > 6) a6 = v128.load(y, 96);
    }
    for (; entry < end; entry += 4) {
      const w = v128.load32_splat(values + entry);
      const p = x + load<usize>(offsets + entry);
      a0 = multiplyAdd(w, v128.load(p), a0);
      if (width > 1) a1 = multiplyAdd(w, v128.load(p, 16), a1);
      if (width > 2) a2 = multiplyAdd(w, v128.load(p, 32), a2);
      if (width > 3) a3 = multiplyAdd(w, v128.load(p, 48), a3);
      if (width > 4) a4 = multiplyAdd(w, v128.load(p, 64), a4);
      if (width > 5) a5 = multiplyAdd(w, v128.load(p, 80), a5);
      if (width > 6) a6 = multiplyAdd(w, v128.load(p, 96), a6);
    }
    v128.store(y, a0);
    if (width > 1) v128.store(y, a1, 16);
    if (width > 2) v128.store(y, a2, 32);
    if (width > 3) v128.store(y, a3, 48);
    if (width > 4) v128.store(y, a4, 64);
    if (width > 5) v128.store(y, a5, 80);
    if (width > 6) v128.store(y, a6, 96);
    y += yRow;
  }
}

/** `count` products y = S x, or y += S x, of one sparse matrix S, x and y advancing by xStride and yStride bytes. */
export function sparseTimesDense(
  rows: i32, rowStart: usize, offsets: usize, values: usize,
  x: usize, y: usize, n: i32, yRow: i32, count: i32, xStride: i32, yStride: i32, add: bool,
): void {
  for (let c = 0; c < count; ++c) {
    let xt = x, yt = y, vectors = n >> 2;
    for (let tiles = (vectors + MOST_VECTORS - 1) / MOST_VECTORS; tiles > 0; --tiles) {
      const width = (vectors + tiles - 1) / tiles;
      switch (width) {
        case 1: sparseTile(1, rows, rowStart, offsets, values, xt, yt, yRow, add); break;
        case 2: sparseTile(2, rows, rowStart, offsets, values, xt, yt, yRow, add); break;
        case 3: sparseTile(3, rows, rowStart, offsets, values, xt, yt, yRow, add); break;
        case 4: sparseTile(4, rows, rowStart, offsets, values, xt, yt, yRow, add); break;
        case 5: sparseTile(5, rows, rowStart, offsets, values, xt, yt, yRow, add); break;
        case 6: sparseTile(6, rows, rowStart, offsets, values, xt, yt, yRow, add); break;
        default: sparseTile(7, rows, rowStart, offsets, values, xt, yt, yRow, add);
      }
      xt += <usize>width << 4;
      yt += <usize>width << 4;
      vectors -= width;
    }
    x += xStride;
    y += yStride;
  }
}

/** sums[entry] += products of the tiles of dy[row] and x[offset], lane by lane, for the stored entries. */
@inline
function sampledTile(
  width: i32, rows: i32, rowStart: usize, offsets: usize, dy: usize, x: usize, sums: usize, dyRow: i32,
): void {
  let entry = offsets + (<usize>load<i32>(rowStart) << 2);
  for (let row = 0; row < rows; ++row) {
    const end = offsets + (<usize>load<i32>(rowStart + ((<usize>row + 1) << 2)) << 2);
    const d0 = v128.load(dy);
    const d1 = width > 1 ? v128.load(dy, 16) : d0;
    const d2 = width > 2 ? v128.load(dy, 32) : d0;
    const d3 = width > 3 ? v128.load(dy, 48) : d0;
    const d4 = width > 4 ? v128.load(dy, 64) : d0;
    const d5 = width > 5 ? v128.load(dy, 80) : d0;
    const d6 = width > 6 ? v128.load(dy, 96) : d0;
    for (; entry < end; entry += 4) {
      const p = x + load<usize>(entry);
      let s = multiplyAdd(d0, v128.load(p), v128.load(sums));
      if (width > 2) s = multiplyAdd(d2, v128.load(p, 32), s);
      if (width > 4) s = multiplyAdd(d4, v128.load(p, 64), s);
      if (width > 6) s = multiplyAdd(d6, v128.load(p, 96), s);
      if (width > 1) {
        let t = f32x4.mul(d1, v128.load(p, 16));
        if (width > 3) t = multiplyAdd(d3, v128.load(p, 48), t);
        if (width > 5) t = multiplyAdd(d5, v128.load(p, 80), t);
        s = f32x4.add(s, t);
      }
      v128.store(sums, s);
      sums += 16;
    }
    dy += dyRow;
  }
}

/** All repetitions of the rows' products, into `sums`. */
function sampledRows(
  rows: i32, rowStart: usize, offsets: usize,
  dy: usize, x: usize, sums: usize, n: i32, dyRow: i32, count: i32, dyStride: i32, xStride: i32,
): void {
  for (let c = 0; c < count; ++c) {
    let dt = dy, xt = x, vectors = n >> 2;
    for (let tiles = (vectors + MOST_VECTORS - 1) / MOST_VECTORS; tiles > 0; --tiles) {
      const width = (vectors + tiles - 1) / tiles;
      switch (width) {
        case 1: sampledTile(1, rows, rowStart, offsets, dt, xt, sums, dyRow); break;
        case 2: sampledTile(2, rows, rowStart, offsets, dt, xt, sums, dyRow); break;
        case 3: sampledTile(3, rows, rowStart, offsets, dt, xt, sums, dyRow); break;
        case 4: sampledTile(4, rows, rowStart, offsets, dt, xt, sums, dyRow); break;
        case 5: sampledTile(5, rows, rowStart, offsets, dt, xt, sums, dyRow); break;
        case 6: sampledTile(6, rows, rowStart, offsets, dt, xt, sums, dyRow); break;
        default: sampledTile(7, rows, rowStart, offsets, dt, xt, sums, dyRow);
      }
      dt += <usize>width << 4;
      xt += <usize>width << 4;
      vectors -= width;
    }
    dy += dyStride;
    x += xStride;
  }
}

/** gradient[entry] += the four lanes of sums[entry]. */
function addSums(count: i32, sums: usize, gradient: usize): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const s = sumFour(v128.load(sums), v128.load(sums, 16), v128.load(sums, 32), v128.load(sums, 48));
    v128.store(gradient, f32x4.add(v128.load(gradient), s));
    gradient += 16;
    sums += 64;
  }
  for (; i < count; ++i) {
    store<f32>(gradient, load<f32>(gradient) + sumLanes(v128.load(sums)));
    gradient += 4;
    sums += 16;
  }
}

/**
 * Gradient of sparseTimesDense with respect to the stored values: gradient += (dy xᵀ) at the stored places. Lanes are
 * summed once an entry, in the end: until then `sums` has room for 4 values of `room` entries, at least those of a row.
 */
export function sampledDenseDense(
  rows: i32, rowStart: usize, offsets: usize, dy: usize, x: usize, gradient: usize,
  n: i32, dyRow: i32, count: i32, dyStride: i32, xStride: i32, sums: usize, room: i32,
): void {
  while (rows > 0) {
    const first = load<i32>(rowStart);
    let some = 1;
    while (some < rows && load<i32>(rowStart + ((<usize>some + 1) << 2)) - first <= room) ++some;
    const entries = load<i32>(rowStart + (<usize>some << 2)) - first;
    memory.fill(sums, 0, <usize>entries << 4);
    sampledRows(some, rowStart, offsets, dy, x, sums, n, dyRow, count, dyStride, xStride);
    addSums(entries, sums, gradient + (<usize>first << 2));
    rows -= some;
    rowStart += <usize>some << 2;
    dy += <usize>(some * dyRow);
  }
}

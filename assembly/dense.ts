// Dense matrix products with the operands' layout of sparse.ts. Two rows of the weights share each load of x.

import { multiplyAdd, sumFour, sumLanes } from './lanes';

const MOST_VECTORS: i32 = 3;
/** Rows of x that are worked on at a time: they stay in the first-level cache while all rows of W pass by. */
const BLOCK: i32 = 96;

@inline
function twoRowTile(
  width: i32, inner: i32, w: usize, wRow: i32, wColumn: i32, x: usize, y: usize, xRow: i32, yRow: i32, add: bool,
): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, b0 = a0, b1 = a0, b2 = a0;
  if (add) {
    a0 = v128.load(y);
    b0 = v128.load(y + yRow);
    if (width > 1) a1 = v128.load(y, 16);
    if (width > 1) b1 = v128.load(y + yRow, 16);
    if (width > 2) a2 = v128.load(y, 32);
    if (width > 2) b2 = v128.load(y + yRow, 32);
  }
  for (let i = 0; i < inner; ++i) {
    const u = v128.load32_splat(w);
    const v = v128.load32_splat(w + wRow);
    const x0 = v128.load(x);
    a0 = multiplyAdd(u, x0, a0);
    b0 = multiplyAdd(v, x0, b0);
    if (width > 1) {
      const x1 = v128.load(x, 16);
      a1 = multiplyAdd(u, x1, a1);
      b1 = multiplyAdd(v, x1, b1);
    }
    if (width > 2) {
      const x2 = v128.load(x, 32);
      a2 = multiplyAdd(u, x2, a2);
      b2 = multiplyAdd(v, x2, b2);
    }
    w += wColumn;
    x += xRow;
  }
  v128.store(y, a0);
  if (width > 1) v128.store(y, a1, 16);
  if (width > 2) v128.store(y, a2, 32);
  y += yRow;
  v128.store(y, b0);
  if (width > 1) v128.store(y, b1, 16);
  if (width > 2) v128.store(y, b2, 32);
}

@inline
function oneRowTile(width: i32, inner: i32, w: usize, wColumn: i32, x: usize, y: usize, xRow: i32, add: bool): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0;
  if (add) {
    a0 = v128.load(y);
    if (width > 1) a1 = v128.load(y, 16);
    if (width > 2) a2 = v128.load(y, 32);
  }
  for (let i = 0; i < inner; ++i) {
    const u = v128.load32_splat(w);
    a0 = multiplyAdd(u, v128.load(x), a0);
    if (width > 1) a1 = multiplyAdd(u, v128.load(x, 16), a1);
    if (width > 2) a2 = multiplyAdd(u, v128.load(x, 32), a2);
    w += wColumn;
    x += xRow;
  }
  v128.store(y, a0);
  if (width > 1) v128.store(y, a1, 16);
  if (width > 2) v128.store(y, a2, 32);
}

@inline
function denseTile(
  width: i32, rows: i32, inner: i32, w: usize, wRow: i32, wColumn: i32,
  x: usize, y: usize, xRow: i32, yRow: i32, add: bool,
): void {
  let row = 0;
  for (; row + 1 < rows; row += 2) {
    twoRowTile(width, inner, w, wRow, wColumn, x, y, xRow, yRow, add);
    w += wRow << 1;
    y += yRow << 1;
  }
  if (row < rows) oneRowTile(width, inner, w, wColumn, x, y, xRow, add);
}

/**
 * `count` products y = W x. Element (row, i) of W is at w + row * wRow + i * wColumn bytes, so that the transposed
 * product is the same call with the two exchanged.
 */
export function denseTimesDense(
  rows: i32, inner: i32, w: usize, wRow: i32, wColumn: i32,
  x: usize, y: usize, n: i32, xRow: i32, yRow: i32, count: i32, xStride: i32, yStride: i32,
): void {
  for (let c = 0; c < count; ++c) {
    for (let first = 0; first < inner; first += BLOCK) {
      const w0 = w + <usize>(first * wColumn);
      denseBlock(rows, min(BLOCK, inner - first), w0, wRow, wColumn, x + <usize>(first * xRow), y, n, xRow, yRow, first > 0);
    }
    x += xStride;
    y += yStride;
  }
}

function denseBlock(
  rows: i32, inner: i32, w: usize, wRow: i32, wColumn: i32,
  x: usize, y: usize, n: i32, xRow: i32, yRow: i32, add: bool,
): void {
  let vectors = n >> 2;
  for (let tiles = (vectors + MOST_VECTORS - 1) / MOST_VECTORS; tiles > 0; --tiles) {
    const width = (vectors + tiles - 1) / tiles;
    switch (width) {
      case 1: denseTile(1, rows, inner, w, wRow, wColumn, x, y, xRow, yRow, add); break;
      case 2: denseTile(2, rows, inner, w, wRow, wColumn, x, y, xRow, yRow, add); break;
      default: denseTile(3, rows, inner, w, wRow, wColumn, x, y, xRow, yRow, add);
    }
    x += <usize>width << 4;
    y += <usize>width << 4;
    vectors -= width;
  }
}

/** Four columns of the gradient at a time. */
@inline
function outerTile(
  width: i32, rows: i32, columns: i32, inner: i32, dy: usize, x: usize, gradient: usize, dyRow: i32, xRow: i32,
): void {
  for (let row = 0; row < rows; ++row) {
    const d0 = v128.load(dy);
    const d1 = width > 1 ? v128.load(dy, 16) : d0;
    const d2 = width > 2 ? v128.load(dy, 32) : d0;
    let p = x, i = 0;
    for (; i + 3 < columns; i += 4) {
      const p1 = p + xRow, p2 = p1 + xRow, p3 = p2 + xRow;
      let s0 = f32x4.mul(d0, v128.load(p));
      let s1 = f32x4.mul(d0, v128.load(p1));
      let s2 = f32x4.mul(d0, v128.load(p2));
      let s3 = f32x4.mul(d0, v128.load(p3));
      if (width > 1) {
        s0 = multiplyAdd(d1, v128.load(p, 16), s0);
        s1 = multiplyAdd(d1, v128.load(p1, 16), s1);
        s2 = multiplyAdd(d1, v128.load(p2, 16), s2);
        s3 = multiplyAdd(d1, v128.load(p3, 16), s3);
      }
      if (width > 2) {
        s0 = multiplyAdd(d2, v128.load(p, 32), s0);
        s1 = multiplyAdd(d2, v128.load(p1, 32), s1);
        s2 = multiplyAdd(d2, v128.load(p2, 32), s2);
        s3 = multiplyAdd(d2, v128.load(p3, 32), s3);
      }
      v128.store(gradient, f32x4.add(v128.load(gradient), sumFour(s0, s1, s2, s3)));
      gradient += 16;
      p += xRow << 2;
    }
    for (; i < columns; ++i) {
      let s = f32x4.mul(d0, v128.load(p));
      if (width > 1) s = multiplyAdd(d1, v128.load(p, 16), s);
      if (width > 2) s = multiplyAdd(d2, v128.load(p, 32), s);
      store<f32>(gradient, load<f32>(gradient) + sumLanes(s));
      gradient += 4;
      p += xRow;
    }
    dy += dyRow;
    gradient += <usize>(inner - columns) << 2;
  }
}

/** Gradient of denseTimesDense with respect to a row-major W of rows × inner: gradient += dy xᵀ. */
export function denseOuter(
  rows: i32, inner: i32, dy: usize, x: usize, gradient: usize,
  n: i32, dyRow: i32, xRow: i32, count: i32, dyStride: i32, xStride: i32,
): void {
  for (let c = 0; c < count; ++c) {
    for (let first = 0; first < inner; first += BLOCK) {
      const columns = min(BLOCK, inner - first);
      outerBlock(rows, columns, inner, dy, x + <usize>(first * xRow), gradient + (<usize>first << 2), n, dyRow, xRow);
    }
    dy += dyStride;
    x += xStride;
  }
}

function outerBlock(
  rows: i32, columns: i32, inner: i32, dy: usize, x: usize, gradient: usize, n: i32, dyRow: i32, xRow: i32,
): void {
  let vectors = n >> 2;
  for (let tiles = (vectors + MOST_VECTORS - 1) / MOST_VECTORS; tiles > 0; --tiles) {
    const width = (vectors + tiles - 1) / tiles;
    switch (width) {
      case 1: outerTile(1, rows, columns, inner, dy, x, gradient, dyRow, xRow); break;
      case 2: outerTile(2, rows, columns, inner, dy, x, gradient, dyRow, xRow); break;
      default: outerTile(3, rows, columns, inner, dy, x, gradient, dyRow, xRow);
    }
    dy += <usize>width << 4;
    x += <usize>width << 4;
    vectors -= width;
  }
}

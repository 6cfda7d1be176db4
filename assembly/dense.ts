// Dense matrix products with the operands' layout of sparse.ts. Two rows of the weights share each load of x.

import { multiplyAdd, sumFour, sumLanes } from './lanes';

/** Vectors of a tile of a product: with two rows, eight accumulators. */
const TILE_VECTORS: i32 = 4;
/** Vectors of a tile of a gradient, at most; what is summed before the gradient is added to, so that it sets its rounding. */
const OUTER_VECTORS: i32 = 3;
/** Rows of x that are worked on at a time: they stay in the first-level cache while all rows of W pass by. */
const BLOCK: i32 = 96;
/** The same of a gradient. */
const OUTER_BLOCK: i32 = 256;
/** Rows of x that lie so many bytes apart fall on few sets of the first-level cache: a tile of them is copied together. */
const FAR: i32 = 1024;
/** Rows of W that are worth the copy. */
const MANY: i32 = 8;

@inline
function twoRowTile(
  width: i32, inner: i32, w: usize, wRow: i32, wColumn: i32, x: usize, y: usize, xRow: i32, yRow: i32, add: bool,
): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  if (add) {
    const z = y + yRow;
    a0 = v128.load(y);
    b0 = v128.load(z);
    if (width > 1) a1 = v128.load(y, 16);
    if (width > 1) b1 = v128.load(z, 16);
    if (width > 2) a2 = v128.load(y, 32);
    if (width > 2) b2 = v128.load(z, 32);
    if (width > 3) a3 = v128.load(y, 48);
    if (width > 3) b3 = v128.load(z, 48);
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
    if (width > 3) {
      const x3 = v128.load(x, 48);
      a3 = multiplyAdd(u, x3, a3);
      b3 = multiplyAdd(v, x3, b3);
    }
    w += wColumn;
    x += xRow;
  }
  storeTile(width, y, a0, a1, a2, a3);
  storeTile(width, y + yRow, b0, b1, b2, b3);
}

@inline
function oneRowTile(width: i32, inner: i32, w: usize, wColumn: i32, x: usize, y: usize, xRow: i32, add: bool): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
  if (add) {
    a0 = v128.load(y);
    if (width > 1) a1 = v128.load(y, 16);
    if (width > 2) a2 = v128.load(y, 32);
    if (width > 3) a3 = v128.load(y, 48);
  }
  for (let i = 0; i < inner; ++i) {
    const u = v128.load32_splat(w);
    a0 = multiplyAdd(u, v128.load(x), a0);
    if (width > 1) a1 = multiplyAdd(u, v128.load(x, 16), a1);
    if (width > 2) a2 = multiplyAdd(u, v128.load(x, 32), a2);
    if (width > 3) a3 = multiplyAdd(u, v128.load(x, 48), a3);
    w += wColumn;
    x += xRow;
  }
  storeTile(width, y, a0, a1, a2, a3);
}

@inline
function storeTile(width: i32, y: usize, a0: v128, a1: v128, a2: v128, a3: v128): void {
  v128.store(y, a0);
  if (width > 1) v128.store(y, a1, 16);
  if (width > 2) v128.store(y, a2, 32);
  if (width > 3) v128.store(y, a3, 48);
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
 * `count` products y = W x, or y += W x. Element (row, i) of W is at w + row * wRow + i * wColumn bytes, so that the transposed
 * product is the same call with the two exchanged. `room` is for a tile of x.
 */
export function denseTimesDense(
  rows: i32, inner: i32, w: usize, wRow: i32, wColumn: i32,
  x: usize, y: usize, n: i32, xRow: i32, yRow: i32, count: i32, xStride: i32, yStride: i32, room: usize, add: bool,
): void {
  const near = rows < MANY || xRow < FAR ? 0 : room;
  for (let c = 0; c < count; ++c) {
    for (let first = 0; first < inner; first += BLOCK) {
      const w0 = w + <usize>(first * wColumn), x0 = x + <usize>(first * xRow);
      denseBlock(rows, min(BLOCK, inner - first), w0, wRow, wColumn, x0, y, n, xRow, yRow, add || first > 0, near);
    }
    x += xStride;
    y += yStride;
  }
}

function denseBlock(
  rows: i32, inner: i32, w: usize, wRow: i32, wColumn: i32,
  x: usize, y: usize, n: i32, xRow: i32, yRow: i32, add: bool, room: usize,
): void {
  let vectors = n >> 2;
  for (let tiles = (vectors + TILE_VECTORS - 1) / TILE_VECTORS; tiles > 0; --tiles) {
    const width = (vectors + tiles - 1) / tiles;
    let from = x, row = xRow;
    if (room != 0) {
      gather(width, inner, x, xRow, room);
      from = room;
      row = width << 4;
    }
    switch (width) {
      case 1: denseTile(1, rows, inner, w, wRow, wColumn, from, y, row, yRow, add); break;
      case 2: denseTile(2, rows, inner, w, wRow, wColumn, from, y, row, yRow, add); break;
      case 3: denseTile(3, rows, inner, w, wRow, wColumn, from, y, row, yRow, add); break;
      default: denseTile(4, rows, inner, w, wRow, wColumn, from, y, row, yRow, add);
    }
    x += <usize>width << 4;
    y += <usize>width << 4;
    vectors -= width;
  }
}

/** Copies a tile of x together. */
function gather(width: i32, inner: i32, x: usize, xRow: i32, to: usize): void {
  for (let i = 0; i < inner; ++i, x += xRow) {
    v128.store(to, v128.load(x));
    if (width > 1) v128.store(to, v128.load(x, 16), 16);
    if (width > 2) v128.store(to, v128.load(x, 32), 32);
    if (width > 3) v128.store(to, v128.load(x, 48), 48);
    to += <usize>width << 4;
  }
}

/** `columns` rows of a tile of x, up to a multiple of 4, transposed: [columns / 4][4 · width][4]. */
function transposeTile(width: i32, columns: i32, x: usize, xRow: i32, to: usize): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < columns; i += 4, x += xRow << 2) {
    const left = columns - i, b = x + xRow, c = b + xRow, d = c + xRow;
    for (let v: usize = 0; v < (<usize>width << 4); v += 16, to += 64) {
      const p = v128.load(x + v);
      const q = left > 1 ? v128.load(b + v) : zero;
      const r = left > 2 ? v128.load(c + v) : zero;
      const s = left > 3 ? v128.load(d + v) : zero;
      const pq = v128.shuffle<f32>(p, q, 0, 4, 1, 5), rs = v128.shuffle<f32>(r, s, 0, 4, 1, 5);
      const pq2 = v128.shuffle<f32>(p, q, 2, 6, 3, 7), rs2 = v128.shuffle<f32>(r, s, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(pq, rs, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(pq, rs, 2, 3, 6, 7), 16);
      v128.store(to, v128.shuffle<f32>(pq2, rs2, 0, 1, 4, 5), 32);
      v128.store(to, v128.shuffle<f32>(pq2, rs2, 2, 3, 6, 7), 48);
    }
  }
}

/**
 * Four columns of the gradient at a time, each in a lane: the values of dy are spread over the lanes, once a row. Lanes of
 * dy · x are summed as lanes.ts does it. For tiles of one or two vectors: three leave too few registers.
 */
@inline
function narrowOuterTile(
  width: i32, rows: i32, columns: i32, pitch: i32, dy: usize, x: usize, gradient: usize, dyRow: i32,
): void {
  for (let row = 0; row < rows; ++row) {
    const d0 = v128.load32_splat(dy), d1 = v128.load32_splat(dy, 4);
    const d2 = v128.load32_splat(dy, 8), d3 = v128.load32_splat(dy, 12);
    const e0 = width > 1 ? v128.load32_splat(dy, 16) : d0, e1 = width > 1 ? v128.load32_splat(dy, 20) : d0;
    const e2 = width > 1 ? v128.load32_splat(dy, 24) : d0, e3 = width > 1 ? v128.load32_splat(dy, 28) : d0;
    let p = x, i = columns;
    for (; i > 0; i -= 4) {
      let s0 = f32x4.mul(d0, v128.load(p)), s2 = f32x4.mul(d2, v128.load(p, 32));
      if (width > 1) s0 = multiplyAdd(e0, v128.load(p, 64), s0);
      if (width > 1) s2 = multiplyAdd(e2, v128.load(p, 96), s2);
      let s1 = f32x4.mul(d1, v128.load(p, 16)), s3 = f32x4.mul(d3, v128.load(p, 48));
      if (width > 1) s1 = multiplyAdd(e1, v128.load(p, 80), s1);
      if (width > 1) s3 = multiplyAdd(e3, v128.load(p, 112), s3);
      const sum = f32x4.add(f32x4.add(s0, s2), f32x4.add(s1, s3));
      if (i < 4) {
        addLanes(i, sum, gradient);
        break;
      }
      v128.store(gradient, f32x4.add(v128.load(gradient), sum));
      gradient += 16;
      p += <usize>width << 6;
    }
    dy += dyRow;
    gradient += <usize>(pitch - columns + max(i, 0)) << 2;
  }
}

/** The same of three vectors, from rows of x that were copied together: four columns, whose lanes are summed in the end. */
function wideOuterTile(
  rows: i32, columns: i32, pitch: i32, dy: usize, x: usize, gradient: usize, dyRow: i32,
): void {
  for (let row = 0; row < rows; ++row) {
    const d0 = v128.load(dy), d1 = v128.load(dy, 16), d2 = v128.load(dy, 32);
    let p = x, i = columns;
    for (; i > 3; i -= 4, p += 192, gradient += 16) {
      const s0 = multiplyAdd(d2, v128.load(p, 32), multiplyAdd(d1, v128.load(p, 16), f32x4.mul(d0, v128.load(p))));
      const s1 = multiplyAdd(d2, v128.load(p, 80), multiplyAdd(d1, v128.load(p, 64), f32x4.mul(d0, v128.load(p, 48))));
      const s2 = multiplyAdd(d2, v128.load(p, 128), multiplyAdd(d1, v128.load(p, 112), f32x4.mul(d0, v128.load(p, 96))));
      const s3 = multiplyAdd(d2, v128.load(p, 176), multiplyAdd(d1, v128.load(p, 160), f32x4.mul(d0, v128.load(p, 144))));
      v128.store(gradient, f32x4.add(v128.load(gradient), sumFour(s0, s1, s2, s3)));
    }
    for (; i > 0; --i, p += 48, gradient += 4) {
      const s = multiplyAdd(d2, v128.load(p, 32), multiplyAdd(d1, v128.load(p, 16), f32x4.mul(d0, v128.load(p))));
      store<f32>(gradient, load<f32>(gradient) + sumLanes(s));
    }
    dy += dyRow;
    gradient += <usize>(pitch - columns) << 2;
  }
}

/** Adds the first one to three lanes. */
@inline
function addLanes(count: i32, sum: v128, to: usize): void {
  store<f32>(to, load<f32>(to) + f32x4.extract_lane(sum, 0));
  if (count > 1) store<f32>(to, load<f32>(to, 4) + f32x4.extract_lane(sum, 1), 4);
  if (count > 2) store<f32>(to, load<f32>(to, 8) + f32x4.extract_lane(sum, 2), 8);
}

/**
 * Gradient of denseTimesDense with respect to a row-major W of rows × inner, `pitch` values from row to row: gradient +=
 * dy xᵀ. `room` is for a tile of x, transposed.
 */
export function denseOuter(
  rows: i32, inner: i32, dy: usize, x: usize, gradient: usize,
  n: i32, dyRow: i32, xRow: i32, count: i32, dyStride: i32, xStride: i32, room: usize, pitch: i32,
): void {
  for (let c = 0; c < count; ++c) {
    for (let first = 0; first < inner; first += OUTER_BLOCK) {
      const columns = min(OUTER_BLOCK, inner - first);
      outerBlock(rows, columns, pitch, dy, x + <usize>(first * xRow), gradient + (<usize>first << 2), n, dyRow, xRow, room);
    }
    dy += dyStride;
    x += xStride;
  }
}

function outerBlock(
  rows: i32, columns: i32, pitch: i32, dy: usize, x: usize, gradient: usize, n: i32, dyRow: i32, xRow: i32, room: usize,
): void {
  let vectors = n >> 2;
  for (let tiles = (vectors + OUTER_VECTORS - 1) / OUTER_VECTORS; tiles > 0; --tiles) {
    const width = (vectors + tiles - 1) / tiles;
    if (width == 3) gather(3, columns, x, xRow, room);
    else transposeTile(width, columns, x, xRow, room);
    switch (width) {
      case 1: narrowOuterTile(1, rows, columns, pitch, dy, room, gradient, dyRow); break;
      case 2: narrowOuterTile(2, rows, columns, pitch, dy, room, gradient, dyRow); break;
      default: wideOuterTile(rows, columns, pitch, dy, room, gradient, dyRow);
    }
    dy += <usize>width << 4;
    x += <usize>width << 4;
    vectors -= width;
  }
}

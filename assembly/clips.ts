// Clips of joints, [frames][values], and what training makes of them: changes, channels, columns of a batch. All of it in
// the double precision, and in the order, of src/skeleton/clip-changes.ts and src/runtime/skeleton: the same bits.

/** The lower and the upper two of four float32 values in double precision. */
@inline
function lower(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

@inline
function upper(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at, 8));
}

/** Four float32 values of two vectors in double precision. */
@inline
function narrow(low: v128, high: v128): v128 {
  return i32x4.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

@inline
function highHalf(v: v128): v128 {
  return i32x4.shuffle(v, v, 2, 3, 2, 3);
}

/** to[frame][node] = from[frame][images[node]] with x turned around. */
export function mirrorClip(frames: i32, nodes: i32, images: usize, from: usize, to: usize): void {
  const size = <usize>(nodes * 12);
  for (let frame = 0; frame < frames; ++frame) {
    for (let node = 0; node < nodes; ++node, to += 12) {
      const image = from + <usize>(load<i32>(images + (<usize>node << 2)) * 12);
      store<f32>(to, -load<f32>(image));
      store<i64>(to, load<i64>(image, 4), 4);
    }
    from += size;
  }
}

/** to[frame] = from[low] + part (from[low + 1] − from[low]) of the frame's low (int32) and part (float64). */
export function warpClip(frames: i32, size: i32, lows: usize, parts: usize, from: usize, to: usize): void {
  const bytes = <usize>size << 2;
  for (let frame = 0; frame < frames; ++frame) {
    const part = load<f64>(parts + (<usize>frame << 3));
    const share = f64x2.splat(part);
    let at = from + <usize>load<i32>(lows + (<usize>frame << 2)) * bytes;
    const end = to + bytes;
    for (; to + 16 <= end; to += 16, at += 16) {
      const low = lower(at), high = upper(at);
      const lowStep = f64x2.sub(lower(at + bytes), low), highStep = f64x2.sub(upper(at + bytes), high);
      v128.store(to, narrow(f64x2.add(low, f64x2.mul(share, lowStep)), f64x2.add(high, f64x2.mul(share, highStep))));
    }
    for (; to < end; to += 4, at += 4) {
      const value = <f64>load<f32>(at);
      store<f32>(to, <f32>(value + part * (<f64>load<f32>(at + bytes) - value)));
    }
  }
}

/** Each of `size` values moves to mean + factor (value − mean), the mean over its frames. */
export function amplifyClip(frames: i32, size: i32, positions: usize, factor: f64): void {
  const bytes = <usize>size << 2, all = <usize>frames * bytes;
  const scale = f64x2.splat(factor), count = f64x2.splat(<f64>frames);
  let i = 0;
  for (; i + 1 < size; i += 2, positions += 8) {
    let mean = f64x2.splat(0);
    const end = positions + all;
    for (let at = positions; at < end; at += bytes) mean = f64x2.add(mean, f64x2.div(lower(at), count));
    for (let at = positions; at < end; at += bytes) {
      const moved = f64x2.add(mean, f64x2.mul(scale, f64x2.sub(lower(at), mean)));
      v128.store64_lane(at, f32x4.demote_f64x2_zero(moved), 0);
    }
  }
  if (i < size) {
    let mean: f64 = 0;
    const end = positions + all;
    for (let at = positions; at < end; at += bytes) mean += <f64>load<f32>(at) / <f64>frames;
    for (let at = positions; at < end; at += bytes) {
      store<f32>(at, <f32>(mean + factor * (<f64>load<f32>(at) - mean)));
    }
  }
}

/** Turns `points` points in the plane of axes a and b. */
export function rotatePoints(points: i32, positions: usize, a: i32, b: i32, cosine: f64, sine: f64): void {
  let p = positions + (<usize>a << 2), q = positions + (<usize>b << 2);
  const cosines = f64x2.splat(cosine), sines = f64x2.splat(sine);
  let i = 0;
  for (; i + 1 < points; i += 2, p += 24, q += 24) {
    const x = f64x2.promote_low_f32x4(v128.load32_lane(p + 12, v128.load32_zero(p), 1));
    const y = f64x2.promote_low_f32x4(v128.load32_lane(q + 12, v128.load32_zero(q), 1));
    const u = f32x4.demote_f64x2_zero(f64x2.sub(f64x2.mul(cosines, x), f64x2.mul(sines, y)));
    const v = f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(sines, x), f64x2.mul(cosines, y)));
    v128.store32_lane(p, u, 0);
    v128.store32_lane(p + 12, u, 1);
    v128.store32_lane(q, v, 0);
    v128.store32_lane(q + 12, v, 1);
  }
  if (i < points) {
    const x = <f64>load<f32>(p), y = <f64>load<f32>(q);
    store<f32>(p, <f32>(cosine * x - sine * y));
    store<f32>(q, <f32>(sine * x + cosine * y));
  }
}

/** values += low + span · u, u uniform in [0, 1) by xoshiro128**, whose four words at `state` move on. */
export function addUniform(count: i32, values: usize, state: usize, low: f64, span: f64): void {
  let s0 = load<u32>(state), s1 = load<u32>(state, 4), s2 = load<u32>(state, 8), s3 = load<u32>(state, 12);
  for (const end = values + (<usize>count << 2); values < end; values += 4) {
    const drawn = rotl<u32>(s1 * 5, 7) * 9;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotl<u32>(s3, 11);
    store<f32>(values, <f32>(<f64>load<f32>(values) + (low + span * (<f64>drawn / 4294967296.0))));
  }
  store<u32>(state, s0);
  store<u32>(state, s1, 4);
  store<u32>(state, s2, 8);
  store<u32>(state, s3, 12);
}

/** series[frame][i] = the difference of the values at the two places of pair i; rows of series start every `row` bytes. */
export function differences(
  frames: i32, size: i32, pairs: usize, count: i32, positions: usize, series: usize, row: i32,
): void {
  for (let frame = 0; frame < frames; ++frame) {
    let to = series;
    for (let pair = pairs, end = pairs + (<usize>count << 3); pair < end; pair += 8, to += 4) {
      const a = positions + (<usize>load<i32>(pair) << 2), b = positions + (<usize>load<i32>(pair, 4) << 2);
      store<f32>(to, load<f32>(a) - load<f32>(b));
    }
    positions += <usize>size << 2;
    series += row;
  }
}

/** The same of the distance of the points at the two places. */
export function distances(
  frames: i32, size: i32, pairs: usize, count: i32, positions: usize, series: usize, row: i32,
): void {
  for (let frame = 0; frame < frames; ++frame) {
    let to = series, pair = pairs, i = 0;
    for (; i + 1 < count; i += 2, pair += 16, to += 8) {
      const a = positions + (<usize>load<i32>(pair) << 2), b = positions + (<usize>load<i32>(pair, 4) << 2);
      const c = positions + (<usize>load<i32>(pair, 8) << 2), d = positions + (<usize>load<i32>(pair, 12) << 2);
      const x = f64x2.sub(both(a, c), both(b, d));
      const y = f64x2.sub(both(a + 4, c + 4), both(b + 4, d + 4));
      const z = f64x2.sub(both(a + 8, c + 8), both(b + 8, d + 8));
      const square = f64x2.add(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)), f64x2.mul(z, z));
      v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.sqrt(square)), 0);
    }
    if (i < count) {
      const a = positions + (<usize>load<i32>(pair) << 2), b = positions + (<usize>load<i32>(pair, 4) << 2);
      const x = <f64>load<f32>(a) - <f64>load<f32>(b);
      const y = <f64>load<f32>(a, 4) - <f64>load<f32>(b, 4);
      const z = <f64>load<f32>(a, 8) - <f64>load<f32>(b, 8);
      store<f32>(to, <f32>sqrt(x * x + y * y + z * z));
    }
    positions += <usize>size << 2;
    series += row;
  }
}

/** Two float32 values in double precision. */
@inline
function both(a: usize, b: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_lane(b, v128.load32_zero(a), 1));
}

/** Writes the four lanes of a vector where `places` (int32, in values) say. */
@inline
function spread(v: v128, places: usize, out: usize): void {
  v128.store32_lane(out + (<usize>load<i32>(places) << 2), v, 0);
  v128.store32_lane(out + (<usize>load<i32>(places, 4) << 2), v, 1);
  v128.store32_lane(out + (<usize>load<i32>(places, 8) << 2), v, 2);
  v128.store32_lane(out + (<usize>load<i32>(places, 12) << 2), v, 3);
}

/**
 * Mean, deviation, least and greatest of series of `frames` values, side by side in rows of `row` bytes; out[places[i]] has
 * the first number of series i, and the others follow `width` values apart. Works on whole vectors of series.
 */
export function seriesStatistics(
  frames: i32, count: i32, values: usize, row: i32, places: usize, width: i32, out: usize,
): void {
  const total = f64x2.splat(<f64>frames), zero = f64x2.splat(0);
  const step = <usize>width << 2;
  for (let i = 0; i < count; i += 4, values += 16, places += 16) {
    let least = v128.load(values), greatest = least;
    let lowSum = zero, highSum = zero, lowSquares = zero, highSquares = zero;
    let at = values;
    for (let frame = 0; frame < frames; ++frame, at += row) {
      const value = v128.load(at);
      const low = f64x2.promote_low_f32x4(value), high = f64x2.promote_low_f32x4(highHalf(value));
      lowSum = f64x2.add(lowSum, low);
      highSum = f64x2.add(highSum, high);
      lowSquares = f64x2.add(lowSquares, f64x2.mul(low, low));
      highSquares = f64x2.add(highSquares, f64x2.mul(high, high));
      least = f32x4.min(least, value);
      greatest = f32x4.max(greatest, value);
    }
    const low = f64x2.div(lowSum, total), high = f64x2.div(highSum, total);
    const lowVariance = f64x2.sub(f64x2.div(lowSquares, total), f64x2.mul(low, low));
    const highVariance = f64x2.sub(f64x2.div(highSquares, total), f64x2.mul(high, high));
    const deviation = narrow(f64x2.sqrt(f64x2.max(lowVariance, zero)), f64x2.sqrt(f64x2.max(highVariance, zero)));
    spread(narrow(low, high), places, out);
    spread(deviation, places, out + step);
    spread(least, places, out + 2 * step);
    spread(greatest, places, out + 3 * step);
  }
}

/** The same of the means over `chunks` equal parts of the frames or, with `isSteps`, the steps between them. */
export function seriesMeans(
  frames: i32, count: i32, values: usize, row: i32, places: usize, width: i32, out: usize, chunks: i32, isSteps: bool,
): void {
  const span = frames / chunks;
  const share = f64x2.splat(1.0 / <f64>span);
  const step = <usize>width << 2;
  for (let i = 0; i < count; i += 4, values += 16, places += 16) {
    let at = values, to = out;
    let before = f32x4.splat(0);
    for (let chunk = 0; chunk < chunks; ++chunk) {
      let mean = f32x4.splat(0);
      for (let frame = 0; frame < span; ++frame, at += row) {
        const low = f64x2.add(f64x2.promote_low_f32x4(mean), f64x2.mul(lower(at), share));
        const high = f64x2.add(f64x2.promote_low_f32x4(highHalf(mean)), f64x2.mul(upper(at), share));
        mean = narrow(low, high);
      }
      if (chunk > 0 || !isSteps) {
        spread(isSteps ? f32x4.sub(mean, before) : mean, places, to);
        to += step;
      }
      before = mean;
    }
  }
}

/** out = (features − means) · inverseDeviations within ± limit. Works on whole vectors. */
export function standardiseRow(
  count: i32, features: usize, means: usize, inverses: usize, limit: f64, out: usize,
): void {
  const most = f64x2.splat(limit), least = f64x2.splat(-limit);
  for (const end = out + (<usize>count << 2); out < end; out += 16, features += 16, means += 16, inverses += 16) {
    const low = f64x2.mul(f64x2.sub(lower(features), lower(means)), lower(inverses));
    const high = f64x2.mul(f64x2.sub(upper(features), upper(means)), upper(inverses));
    v128.store(out, narrow(f64x2.min(f64x2.max(low, least), most), f64x2.min(f64x2.max(high, least), most)));
  }
}

/** out = share · one + (1 − share) · other. Works on whole vectors. */
export function mixRows(count: i32, one: usize, other: usize, share: f64, out: usize): void {
  const part = f64x2.splat(share), rest = f64x2.splat(1 - share);
  for (const end = out + (<usize>count << 2); out < end; out += 16, one += 16, other += 16) {
    const low = f64x2.add(f64x2.mul(part, lower(one)), f64x2.mul(rest, lower(other)));
    const high = f64x2.add(f64x2.mul(part, upper(one)), f64x2.mul(rest, upper(other)));
    v128.store(out, narrow(low, high));
  }
}

/**
 * out[i][column] = rows[column][i] of `columns` rows, a multiple of 4, that start every `row` bytes; out has rows of
 * `columns` values. Works on whole vectors: out has room for a multiple of 4 rows.
 */
export function turnRows(count: i32, columns: i32, rows: usize, row: i32, out: usize): void {
  const outRow = <usize>columns << 2;
  for (let column = 0; column < columns; column += 4) {
    let a = rows, b = a + row, c = b + row, d = c + row, to = out;
    for (let i = 0; i < count; i += 4, a += 16, b += 16, c += 16, d += 16) {
      const p = v128.load(a), q = v128.load(b), r = v128.load(c), s = v128.load(d);
      const pq = i32x4.shuffle(p, q, 0, 4, 1, 5), rs = i32x4.shuffle(r, s, 0, 4, 1, 5);
      const pqHigh = i32x4.shuffle(p, q, 2, 6, 3, 7), rsHigh = i32x4.shuffle(r, s, 2, 6, 3, 7);
      v128.store(to, i32x4.shuffle(pq, rs, 0, 1, 4, 5));
      v128.store(to + outRow, i32x4.shuffle(pq, rs, 2, 3, 6, 7));
      v128.store(to + 2 * outRow, i32x4.shuffle(pqHigh, rsHigh, 0, 1, 4, 5));
      v128.store(to + 3 * outRow, i32x4.shuffle(pqHigh, rsHigh, 2, 3, 6, 7));
      to += outRow << 2;
    }
    rows += <usize>row << 2;
    out += 16;
  }
}

// The channel steps of src/runtime/skeleton/channels.ts on a clip, to the bit, over vectors of lanes.
//
// - Series: float32 [frames][signals][lanes], `row` bytes from frame to frame; the clip is the series of the coordinates.
// - Channels: float32 [channels][lanes], those of a step side by side.

/** How many lanes of distances are followed together, if they are distances. */
const enum Distances { none, two = 2, four = 4 }

/** Differences of each lane from that of its parent, int32 places in bytes, as series [frames][signals][lanes]. */
export function bones(clip: usize, plane: usize, frames: i32, signals: i32, parents: usize, series: usize): void {
  for (let frame = 0; frame < frames; ++frame, clip += 3 * plane) {
    for (let signal = 0, at = clip; signal < signals; ++signal, at += plane) {
      for (let lane: usize = 0; lane < plane; lane += 16, series += 16) {
        const places = parents + lane;
        let parent = v128.load32_zero(at + <usize>load<i32>(places));
        parent = v128.load_lane<f32>(at + <usize>load<i32>(places, 4), parent, 1);
        parent = v128.load_lane<f32>(at + <usize>load<i32>(places, 8), parent, 2);
        parent = v128.load_lane<f32>(at + <usize>load<i32>(places, 12), parent, 3);
        v128.store(series, f32x4.sub(v128.load(at + lane), parent));
      }
    }
  }
}

/** A clip in float64, of so many bytes in float32. */
export function widen(clip: usize, bytes: usize, wide: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(clip + at);
    v128.store(wide + 2 * at, f64x2.promote_low_f32x4(value));
    v128.store(wide + 2 * at, high(value), 16);
  }
}

/**
 * Statistics, then means over `chunks` parts of the frames, of the distances of each lane from some, int32 places in bytes of a plane
 * of `wide`, the clip in float64, of which `used` bytes a plane are joints. They are described as they come, since a root takes as long
 * as what is done with one.
 */
export function distances(
  wide: usize, plane: usize, used: usize, frames: i32, count: i32, targets: usize, chunks: i32, isPower: i32, out: usize,
): void {
  const size = (plane >> 1) * count;
  for (let i = 0; i < count; ++i, targets += 4) {
    const target = wide + <usize>load<i32>(targets);
    for (let at = wide, end = wide + used; at < end; at += 32, out += 16) {
      if (end - at > 16) follow(at, 3 * plane, size, frames, chunks, 0, isPower, out, true, true, Distances.four, plane, target - at);
      else follow(at, 3 * plane, size, frames, chunks, 0, isPower, out, true, true, Distances.two, plane, target - at);
    }
  }
}

/** Of lanes at `at` from a target so many bytes after them, float64. */
@inline
function distance(at: usize, plane: usize, target: usize, lanes: i32): v128 {
  const x = v128.load64_splat(at + target), y = v128.load64_splat(at + target + plane);
  const z = v128.load64_splat(at + target + 2 * plane);
  const low = root(at, plane, x, y, z);
  return lanes == Distances.four ? demote(low, root(at + 16, plane, x, y, z)) : f32x4.demote_f64x2_zero(low);
}

@inline
function root(at: usize, plane: usize, tx: v128, ty: v128, tz: v128): v128 {
  const x = f64x2.sub(v128.load(at), tx), y = f64x2.sub(v128.load(at + plane), ty);
  const z = f64x2.sub(v128.load(at + 2 * plane), tz);
  return f64x2.sqrt(f64x2.add(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)), f64x2.mul(z, z)));
}

@inline
function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
}

@inline
function demote(low: v128, up: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(up), 0, 1, 4, 5);
}

/** Mean, standard deviation, least and greatest over the frames of a series whose signals take `size` bytes a frame. */
export function summarise(series: usize, row: usize, size: usize, frames: i32, out: usize): void {
  for (let column: usize = 0; column < size; column += 16) {
    follow(series + column, row, size, frames, 1, 1, 1, out + column, true, false, 0, 0, 0);
  }
}

/**
 * Means over `chunks` equal parts of the frames, or the steps between them. A share of a mean is rounded only where it is no power of
 * two, so that the others need no float64.
 */
export function means(
  series: usize, row: usize, size: usize, frames: i32, chunks: i32, isSteps: i32, isPower: i32, out: usize,
): void {
  for (let column: usize = 0; column < size; column += 16) {
    follow(series + column, row, size, frames, chunks, isSteps, isPower, out + column, false, true, 0, 0, 0);
  }
}

@inline
function follow(
  at: usize, row: usize, size: usize, frames: i32, chunks: i32, isSteps: i32, isPower: i32, out: usize,
  hasStatistics: bool, hasMeans: bool, distances: i32, plane: usize, target: usize,
): void {
  const span = frames / chunks, share = f64x2.splat(1.0 / <f64>span), power = f32x4.splat(1 / <f32>span);
  let least = distances ? distance(at, plane, target, distances) : v128.load(at), greatest = least, before = f32x4.splat(0);
  let sum = f64x2.splat(0), sum2 = sum, squares = sum, squares2 = sum;
  let to = hasStatistics ? out + 4 * size : out;
  for (let chunk = 0; chunk < chunks; ++chunk) {
    let mean = f32x4.splat(0);
    for (let i = 0; i < span; ++i, at += row) {
      const value = distances ? distance(at, plane, target, distances) : v128.load(at);
      if (hasMeans) mean = isPower ? f32x4.add(mean, f32x4.mul(value, power)) : mix(mean, value, share);
      if (hasStatistics) {
        const a = f64x2.promote_low_f32x4(value), b = high(value);
        sum = f64x2.add(sum, a);
        sum2 = f64x2.add(sum2, b);
        squares = f64x2.add(squares, f64x2.mul(a, a));
        squares2 = f64x2.add(squares2, f64x2.mul(b, b));
        least = f32x4.pmin(least, value);
        greatest = f32x4.pmax(greatest, value);
      }
    }
    if (hasMeans && chunk >= isSteps) {
      v128.store(to, isSteps ? f32x4.sub(mean, before) : mean);
      to += size;
    }
    before = mean;
  }
  if (!hasStatistics) return;
  const count = f64x2.splat(<f64>frames);
  const mean = f64x2.div(sum, count), mean2 = f64x2.div(sum2, count);
  v128.store(out, demote(mean, mean2));
  v128.store(out + size, demote(deviation(squares, mean, count), deviation(squares2, mean2, count)));
  v128.store(out + 2 * size, least);
  v128.store(out + 3 * size, greatest);
}

@inline
function mix(mean: v128, value: v128, share: v128): v128 {
  const low = f64x2.add(f64x2.promote_low_f32x4(mean), f64x2.mul(f64x2.promote_low_f32x4(value), share));
  return demote(low, f64x2.add(high(mean), f64x2.mul(high(value), share)));
}

@inline
function deviation(squares: v128, mean: v128, count: v128): v128 {
  const variance = f64x2.sub(f64x2.div(squares, count), f64x2.mul(mean, mean));
  return f64x2.sqrt(f64x2.max(variance, f64x2.splat(0)));
}

/**
 * (x - mean) · inverse, rounded to float32 and clamped to ± limit, of `bytes` bytes of channels; in place, and in float64.
 * @param mean float64; @param inverse float64
 */
export function standardise(channels: usize, bytes: usize, mean: usize, inverse: usize, limit: f32, wide: usize): void {
  const least = f32x4.splat(-limit), most = f32x4.splat(limit);
  for (let at: usize = 0; at < bytes; at += 16, channels += 16, mean += 32, inverse += 32, wide += 32) {
    const value = v128.load(channels);
    const low = f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(value), v128.load(mean)), v128.load(inverse));
    const up = f64x2.mul(f64x2.sub(high(value), v128.load(mean, 16)), v128.load(inverse, 16));
    const x = f32x4.pmin(f32x4.pmax(demote(low, up), least), most); // NaN stays NaN
    v128.store(channels, x);
    v128.store(wide, f64x2.promote_low_f32x4(x));
    v128.store(wide, high(x), 16);
  }
}

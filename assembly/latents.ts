// Latent weights: which of them a rate keeps, their masked values, their gradients, their optimiser.

import { exponential, sumLanes } from './lanes';

/** The lanes of each 4-bit mask, first to last. */
const LANES: usize = memory.data<u16>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 1, 2, 0, 0, 0, 1, 2, 0,
  3, 0, 0, 0, 0, 3, 0, 0, 1, 3, 0, 0, 0, 1, 3, 0, 2, 3, 0, 0, 0, 2, 3, 0, 1, 2, 3, 0, 0, 1, 2, 3,
]);

/** The bytes of a vector in the order that brings the lanes of a 4-bit mask to its front. */
@inline
function packing(mask: i32): v128 {
  const lanes = v128.load_ext<u16>(LANES + ((<usize>mask) << 3));
  return i32x4.add(i32x4.mul(lanes, i32x4.splat(0x04040404)), i32x4.splat(0x03020100));
}

/**
 * Lists the entries with |latent| > limit as compressed sparse rows with the latents as values; returns how many there
 * are. An entry's offset is its column times xRow bytes. rowStart has rows + 1 places, the other arrays one a latent:
 * whole vectors are written, so that what is after the last entry is not kept.
 */
export function listSupport(
  latents: usize,
  rows: i32,
  columnCount: i32,
  limit: f32,
  rowStart: usize,
  columns: usize,
  offsets: usize,
  xRow: i32,
  values: usize,
): i32 {
  const bound = f32x4.splat(limit);
  const stride = i32x4.splat(xRow);
  let at: usize = 0;
  store<i32>(rowStart, 0);
  for (let row = 0; row < rows; ++row) {
    let numbers = i32x4(0, 1, 2, 3);
    let column = 0;
    for (; column + 3 < columnCount; column += 4) {
      const found = v128.load(latents);
      const kept = i32x4.bitmask(f32x4.gt(f32x4.abs(found), bound));
      const bytes = packing(kept);
      const packed = i8x16.swizzle(numbers, bytes);
      v128.store(columns + at, packed);
      v128.store(offsets + at, i32x4.mul(packed, stride));
      v128.store(values + at, i8x16.swizzle(found, bytes));
      numbers = i32x4.add(numbers, i32x4.splat(4));
      at += (<usize>popcnt(kept)) << 2;
      latents += 16;
    }
    for (; column < columnCount; ++column) {
      const latent = load<f32>(latents);
      if (abs(latent) > limit) {
        store<i32>(columns + at, column);
        store<i32>(offsets + at, column * xRow);
        store<f32>(values + at, latent);
        at += 4;
      }
      latents += 4;
    }
    store<i32>(rowStart + ((<usize>row + 1) << 2), <i32>(at >> 2));
  }
  return <i32>(at >> 2);
}

/**
 * In place, latents ŵ become weights W = s ŵ ψ(ŵ) with ψ = 1 / (1 + exp(σ (a² − ŵ²))), and
 * slopes = dW/dŵ = s ψ (1 + 2 σ ŵ² (1 − ψ)).
 */
export function bandStop(count: i32, values: usize, slopes: usize, scale: f32, threshold: f32, crispness: f32): void {
  const one = f32x4.splat(1);
  const s = f32x4.splat(scale);
  const sigma = f32x4.splat(crispness);
  const twiceSigma = f32x4.splat(2 * crispness);
  const a = f32x4.splat(threshold);
  const open = f32x4.splat(-17); // 1 + e⁻¹⁷ is 1 in float32, and so is ψ
  for (const end = values + ((<usize>count) << 2); values < end; values += 16, slopes += 16) {
    const w = v128.load(values);
    const ww = f32x4.mul(w, w);
    const size = f32x4.abs(w);
    const below = f32x4.mul(f32x4.sub(a, size), f32x4.add(a, size)); // a² − ŵ², without cancellation
    const exponent = f32x4.mul(sigma, below);
    if (!v128.any_true(f32x4.gt(exponent, open))) {
      v128.store(values, f32x4.mul(w, s));
      v128.store(slopes, s);
      continue;
    }
    const e = exponential(exponent);
    const psi = f32x4.div(one, f32x4.add(one, e));
    const scaled = f32x4.mul(s, psi);
    v128.store(values, f32x4.mul(w, scaled));
    const bend = f32x4.mul(f32x4.mul(twiceSigma, ww), f32x4.sub(one, psi));
    v128.store(slopes, f32x4.mul(scaled, f32x4.add(one, bend)));
  }
}

/** weights = scale · latents: the network at rate 0. */
export function scaleLatents(count: i32, latents: usize, weights: usize, scale: f32): void {
  const s = f32x4.splat(scale);
  for (const end = latents + ((<usize>count) << 2); latents < end; latents += 16) {
    v128.store(weights, f32x4.mul(v128.load(latents), s));
    weights += 16;
  }
}

/**
 * Transposes compressed sparse rows by counting sort; entries keep their range of numbers, from rowStart[0] on. An
 * entry's offset in the transpose is its row times yRow bytes. transposedStart has columnCount + 1 places.
 */
export function transposeSparse(
  rows: i32,
  columnCount: i32,
  rowStart: usize,
  columns: usize,
  values: usize,
  yRow: i32,
  transposedStart: usize,
  transposedOffsets: usize,
  transposedValues: usize,
): void {
  const first = load<i32>(rowStart);
  const end = load<i32>(rowStart + ((<usize>rows) << 2));
  memory.fill(transposedStart, 0, (<usize>columnCount + 1) << 2);
  for (let entry = first; entry < end; ++entry) {
    const at = transposedStart + ((<usize>load<i32>(columns + ((<usize>entry) << 2))) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  sizesToStarts(columnCount, first, transposedStart);
  let entry = (<usize>first) << 2;
  for (let row = 0; row < rows; ++row) {
    const rowEnd = (<usize>load<i32>(rowStart + ((<usize>row + 1) << 2))) << 2;
    for (; entry < rowEnd; entry += 4) {
      const at = transposedStart + ((<usize>load<i32>(columns + entry)) << 2);
      const place = load<i32>(at);
      store<i32>(at, place + 1);
      store<i32>(transposedOffsets + ((<usize>place) << 2), row * yRow);
      store<f32>(transposedValues + ((<usize>place) << 2), load<f32>(values + entry));
    }
  }
  memory.copy(transposedStart + 4, transposedStart, (<usize>columnCount) << 2);
  store<i32>(transposedStart, first);
}

/** Turns the sizes of consecutive groups into their first places, counted from `first`. */
function sizesToStarts(groups: i32, first: i32, places: usize): void {
  let start = first;
  for (const end = places + ((<usize>groups) << 2); places < end; places += 4) {
    const size = load<i32>(places);
    store<i32>(places, start);
    start += size;
  }
}

/** values = 0. */
export function clear(values: usize, count: i32): void {
  memory.fill(values, 0, (<usize>count) << 2);
}

/** gradient[e] = sum over `shards` buffers, each `shardBytes` after the one before; in place in the first. */
export function sumShards(count: i32, shards: i32, gradient: usize, shardBytes: i32): void {
  const end = gradient + ((<usize>count) << 2);
  for (; gradient + 16 <= end; gradient += 16) {
    let sum = v128.load(gradient);
    for (let shard = 1; shard < shards; ++shard)
      sum = f32x4.add(sum, v128.load(gradient + <usize>(shard * shardBytes)));
    v128.store(gradient, sum);
  }
  for (; gradient < end; gradient += 4) {
    let sum = load<f32>(gradient);
    for (let shard = 1; shard < shards; ++shard) sum += load<f32>(gradient + <usize>(shard * shardBytes));
    store<f32>(gradient, sum);
  }
}

/** Σ a[e] b[e], in four interleaved float32 sums. */
export function dot(count: i32, a: usize, b: usize): f32 {
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 3 < count; i += 4) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
  }
  let rest: f32 = 0;
  for (; i < count; ++i) {
    rest += load<f32>(a) * load<f32>(b);
    a += 4;
    b += 4;
  }
  return sumLanes(sum) + rest;
}

/** latentGradient at each entry's place += gradient[entry] · slopes[entry], for the rows from firstRow on. */
export function scatterGradient(
  firstRow: i32,
  rows: i32,
  columnCount: i32,
  rowStart: usize,
  columns: usize,
  gradient: usize,
  slopes: usize,
  latentGradient: usize,
): void {
  let entry = load<i32>(rowStart + ((<usize>firstRow) << 2));
  for (let row = firstRow; row < firstRow + rows; ++row) {
    const end = load<i32>(rowStart + ((<usize>row + 1) << 2));
    const base = latentGradient + ((row * columnCount) << 2);
    for (; entry < end; ++entry) {
      const at = (<usize>entry) << 2;
      const place = base + ((<usize>load<i32>(columns + at)) << 2);
      store<f32>(place, load<f32>(place) + load<f32>(gradient + at) * load<f32>(slopes + at));
    }
  }
}

/** latentGradient[i] += gradient[i] · slopes[i], every entry. */
export function addGradient(count: i32, gradient: usize, slopes: usize, latentGradient: usize): void {
  for (const end = gradient + ((<usize>count) << 2); gradient < end; gradient += 16) {
    const term = f32x4.mul(v128.load(gradient), v128.load(slopes));
    v128.store(latentGradient, f32x4.add(v128.load(latentGradient), term));
    slopes += 16;
    latentGradient += 16;
  }
}

/** latentGradient[i] += gradient[i] · scale: rate 0, whose slope is the scale alone. */
export function addScaledGradient(count: i32, gradient: usize, scale: f32, latentGradient: usize): void {
  const s = f32x4.splat(scale);
  for (const end = gradient + ((<usize>count) << 2); gradient < end; gradient += 16) {
    v128.store(latentGradient, f32x4.add(v128.load(latentGradient), f32x4.mul(v128.load(gradient), s)));
    latentGradient += 16;
  }
}

/** gradient[i] += penalty · sign(latents[i]), in double precision. */
export function addPenalty(count: i32, latents: usize, penalty: f64, gradient: usize): void {
  const slope = f64x2.splat(penalty);
  for (const end = latents + ((<usize>count) << 2); latents < end; latents += 16, gradient += 16) {
    const low = addSigned(slope, v128.load64_zero(latents), v128.load64_zero(gradient));
    const high = addSigned(slope, v128.load64_zero(latents, 8), v128.load64_zero(gradient, 8));
    v128.store(gradient, i32x4.shuffle(low, high, 0, 1, 4, 5));
  }
}

/** Two of its values: the sign of a latent goes to the slope, without a branch that half of them would miss. */
@inline
function addSigned(slope: v128, latents: v128, gradient: v128): v128 {
  const latent = f64x2.promote_low_f32x4(latents);
  const signed = v128.xor(slope, v128.and(latent, f64x2.splat(-0.0)));
  const step = v128.and(signed, f64x2.ne(latent, f64x2.splat(0)));
  return f32x4.demote_f64x2_zero(f64x2.add(f64x2.promote_low_f32x4(gradient), step));
}

/** masses[bin] += 1 for the bin of |latent| (width 1 / inverseWidth, the last bin open). */
export function countMagnitudes(count: i32, latents: usize, inverseWidth: f32, bins: i32, masses: usize): void {
  for (const end = latents + ((<usize>count) << 2); latents < end; latents += 4) {
    const bin = min<i32>(<i32>(abs(load<f32>(latents)) * inverseWidth), bins - 1);
    const at = masses + ((<usize>bin) << 2);
    store<f32>(at, load<f32>(at) + 1);
  }
}

/**
 * Soft histogram with the triangular kernel: a latent between the centres of two bins gives each its linear share.
 * Centres are at low + k / inverseWidth, k = 0 … bins − 1; latents outside count in the outermost bin.
 */
export function softHistogram(count: i32, latents: usize, low: f32, inverseWidth: f32, bins: i32, masses: usize): void {
  const last = <f32>(bins - 1);
  for (const end = latents + ((<usize>count) << 2); latents < end; latents += 4) {
    const position = min(max((load<f32>(latents) - low) * inverseWidth, 0), last);
    const bin = min(<i32>position, bins - 2);
    const share = position - <f32>bin;
    const at = masses + ((<usize>bin) << 2);
    store<f32>(at, load<f32>(at) + (1 - share));
    store<f32>(at, load<f32>(at, 4) + share, 4);
  }
}

/** Backward of softHistogram: gradient[i] += slope[bin of latent i]; nothing outside the outermost centres. */
export function softHistogramBackward(
  count: i32,
  latents: usize,
  low: f32,
  inverseWidth: f32,
  bins: i32,
  slopes: usize,
  gradient: usize,
): void {
  const last = <f32>(bins - 1);
  for (const end = latents + ((<usize>count) << 2); latents < end; latents += 4) {
    const position = (load<f32>(latents) - low) * inverseWidth;
    if (position >= 0 && position < last) {
      store<f32>(gradient, load<f32>(gradient) + load<f32>(slopes + ((<usize>(<i32>position)) << 2)));
    }
    gradient += 4;
  }
}

/**
 * One optimiser step of Adam (Kingma and Ba, 2015), weights shrunk by a share `decay` apart from it (AdamW, arXiv
 * 1711.05101). The learning rate and epsilon already carry the bias corrections.
 */
export function adam(
  count: i32,
  weights: usize,
  gradient: usize,
  first: usize,
  second: usize,
  learningRate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  decay: f32,
): void {
  const b1 = f32x4.splat(beta1),
    c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2),
    c2 = f32x4.splat(1 - beta2);
  const eps = f32x4.splat(epsilon),
    learningRates = f32x4.splat(learningRate),
    keep = f32x4.splat(1 - decay);
  for (const end = weights + ((<usize>count) << 2); weights < end; weights += 16) {
    const g = v128.load(gradient);
    const m = f32x4.add(f32x4.mul(b1, v128.load(first)), f32x4.mul(c1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(second)), f32x4.mul(c2, f32x4.mul(g, g)));
    v128.store(first, m);
    v128.store(second, v);
    const move = f32x4.div(f32x4.mul(learningRates, m), f32x4.add(f32x4.sqrt(v), eps));
    v128.store(weights, f32x4.sub(f32x4.mul(keep, v128.load(weights)), move));
    gradient += 16;
    first += 16;
    second += 16;
  }
}

/** average = decay · average + (1 − decay) · weights. */
export function movingAverage(count: i32, average: usize, weights: usize, decay: f32): void {
  const keep = f32x4.splat(decay),
    take = f32x4.splat(1 - decay);
  for (const end = average + ((<usize>count) << 2); average < end; average += 16) {
    v128.store(average, f32x4.add(f32x4.mul(keep, v128.load(average)), f32x4.mul(take, v128.load(weights))));
    weights += 16;
  }
}

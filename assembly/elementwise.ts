// Element-wise work on activations, stored as rows of n columns (one column a sequence of the batch).

import { exponential, sumLanes } from './lanes';

/** y[c][row] += bias[row], then optionally max(0, .); for `count` blocks of `rows` rows. */
export function addBias(y: usize, bias: usize, rows: i32, n: i32, count: i32, rectify: bool): void {
  const floor = rectify ? f32x4.splat(0) : f32x4.splat(-Infinity);
  const rowBytes = <usize>n << 2;
  for (let c = 0; c < count; ++c) {
    for (let row = 0; row < rows; ++row) {
      const b = v128.load32_splat(bias + (<usize>row << 2));
      for (const end = y + rowBytes; y < end; y += 16) {
        v128.store(y, f32x4.max(f32x4.add(v128.load(y), b), floor));
      }
    }
  }
}

/**
 * Backward of addBias: dy *= scale where y > 0 (everywhere without `rectify`), biasGradient[row] += sum of dy.
 * `scale` undoes the scaling of dropout, whose zeros in y pass no gradient.
 */
export function addBiasBackward(
  dy: usize, y: usize, biasGradient: usize, rows: i32, n: i32, count: i32, rectify: bool, scale: f32,
): void {
  const zero = f32x4.splat(0);
  const factor = f32x4.splat(scale);
  const rowBytes = <usize>n << 2;
  for (let c = 0; c < count; ++c) {
    for (let row = 0; row < rows; ++row) {
      let sum = zero;
      for (const end = dy + rowBytes; dy < end; dy += 16) {
        let d = v128.load(dy);
        if (rectify) {
          d = v128.and(f32x4.mul(d, factor), f32x4.gt(v128.load(y), zero));
          v128.store(dy, d);
        }
        sum = f32x4.add(sum, d);
        y += 16;
      }
      const at = biasGradient + (<usize>row << 2);
      store<f32>(at, load<f32>(at) + sumLanes(sum));
    }
  }
}

/**
 * Dropout in place: each of `size` values is kept, times `scale`, where a hash of (seed, position) is below `limit`
 * (keep probability × 2^31), else set to zero. size is a multiple of 4.
 */
export function dropout(y: usize, size: i32, seed: i32, limit: i32, scale: f32): void {
  const factor = f32x4.splat(scale);
  const bound = i32x4.splat(limit);
  let position = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(seed));
  const four = i32x4.splat(4);
  for (const end = y + (<usize>size << 2); y < end; y += 16) {
    const keep = i32x4.lt_s(i32x4.shr_u(hash(position), 1), bound);
    v128.store(y, v128.and(f32x4.mul(v128.load(y), factor), keep));
    position = i32x4.add(position, four);
  }
}

/** A 32-bit integer mixer (lowbias32, C. Wellons). */
@inline
function hash(x: v128): v128 {
  let h = v128.xor(x, i32x4.shr_u(x, 16));
  h = i32x4.mul(h, i32x4.splat(0x7feb352d));
  h = v128.xor(h, i32x4.shr_u(h, 15));
  h = i32x4.mul(h, i32x4.splat(<i32>0x846ca68b));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/**
 * Softmax cross-entropy of `classes` rows of logits against target distributions (a column of zeros has no weight).
 * Writes dLogits = (softmax · weight − target) · scale and returns the summed loss, unscaled.
 */
export function softmaxCrossEntropy(
  logits: usize, targets: usize, dLogits: usize, classes: i32, n: i32, scale: f32,
): f64 {
  const rowBytes = <usize>n << 2;
  const size = <usize>classes * rowBytes;
  let loss: f64 = 0;
  for (let column: usize = 0; column < rowBytes; column += 16) {
    let most = f32x4.splat(-Infinity);
    for (let at = column; at < size; at += rowBytes) most = f32x4.max(most, v128.load(logits + at));
    let total = f32x4.splat(0), weight = total, aligned = total;
    for (let at = column; at < size; at += rowBytes) {
      const shifted = f32x4.sub(v128.load(logits + at), most);
      const target = v128.load(targets + at);
      const e = exponential(shifted);
      v128.store(dLogits + at, e);
      total = f32x4.add(total, e);
      weight = f32x4.add(weight, target);
      aligned = f32x4.add(aligned, f32x4.mul(target, shifted));
    }
    loss += columnLoss(f32x4.extract_lane(total, 0), f32x4.extract_lane(weight, 0), f32x4.extract_lane(aligned, 0));
    loss += columnLoss(f32x4.extract_lane(total, 1), f32x4.extract_lane(weight, 1), f32x4.extract_lane(aligned, 1));
    loss += columnLoss(f32x4.extract_lane(total, 2), f32x4.extract_lane(weight, 2), f32x4.extract_lane(aligned, 2));
    loss += columnLoss(f32x4.extract_lane(total, 3), f32x4.extract_lane(weight, 3), f32x4.extract_lane(aligned, 3));
    const share = f32x4.div(weight, total);
    const factor = f32x4.splat(scale);
    for (let at = column; at < size; at += rowBytes) {
      const gradient = f32x4.sub(f32x4.mul(v128.load(dLogits + at), share), v128.load(targets + at));
      v128.store(dLogits + at, f32x4.mul(gradient, factor));
    }
  }
  return loss;
}

@inline
function columnLoss(total: f32, weight: f32, aligned: f32): f64 {
  return <f64>weight * NativeMath.log(<f64>total) - <f64>aligned;
}

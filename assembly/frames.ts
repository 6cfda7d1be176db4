// The stages of a network over time, src/runtime/network/sparse-network.ts, to the bit: sums and products in float64.

/**
 * y = activation(bias + W x) of groups of four values.
 * @param ends of each group, in bytes of weights
 * @param from [links][4] byte offsets in x
 */
export function multiply(
  groups: i32, bias: usize, ends: usize, from: usize, weights: usize, x: usize, y: usize, fold: f64,
): void {
  const linear = f64x2.splat(1 - fold);
  const absolute = f64x2.splat(fold);
  let link: usize = 0;
  for (let group = 0; group < groups; ++group) {
    const end = <usize>load<i32>(ends);
    let low = v128.load(bias);
    let high = v128.load(bias, 16);
    for (; link < end; link += 16) {
      const w = v128.load(weights + link);
      const at = from + link;
      let v = v128.load32_zero(x + <usize>load<i32>(at));
      v = v128.load_lane<f32>(x + <usize>load<i32>(at, 4), v, 1);
      v = v128.load_lane<f32>(x + <usize>load<i32>(at, 8), v, 2);
      v = v128.load_lane<f32>(x + <usize>load<i32>(at, 12), v, 3);
      low = f64x2.add(low, f64x2.mul(f64x2.promote_low_f32x4(w), f64x2.promote_low_f32x4(v)));
      const w2 = v128.shuffle<f32>(w, w, 2, 3, 2, 3);
      const v2 = v128.shuffle<f32>(v, v, 2, 3, 2, 3);
      high = f64x2.add(high, f64x2.mul(f64x2.promote_low_f32x4(w2), f64x2.promote_low_f32x4(v2)));
    }
    low = f64x2.add(f64x2.mul(linear, low), f64x2.mul(absolute, f64x2.abs(low)));
    high = f64x2.add(f64x2.mul(linear, high), f64x2.mul(absolute, f64x2.abs(high)));
    v128.store(y, v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5));
    ends += 4;
    bias += 32;
    y += 16;
  }
}

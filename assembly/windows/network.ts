// The first stage of a network where each node's channels meet the same weights, to the bit as ../frames.ts, over vectors of lanes.

/**
 * y = activation(bias + W x) of so many rows of y, each over all lanes: float32 [rows][lanes].
 * @param bias of each row; @param ends of each row, in bytes of places
 * @param from int32 of each weight, where in x its row of lanes begins, in bytes; @param weights float64; @param x float64
 * @param size bytes of a row of x
 */
export function spread(
  rows: i32, bias: usize, ends: usize, from: usize, weights: usize, x: usize, size: usize, y: usize, fold: f64,
): void {
  const linear = f64x2.splat(1 - fold), absolute = f64x2.splat(fold);
  let start: usize = 0;
  for (let row = 0; row < rows; ++row, bias += 8, ends += 4) {
    const end = <usize>load<i32>(ends);
    const begin = v128.load64_splat(bias);
    let lane: usize = 0;
    for (; lane + 64 <= size; lane += 64, y += 32) {
      let a = begin, b = begin, c = begin, d = begin;
      for (let link = start; link < end; link += 4) {
        const w = v128.load64_splat(weights + 2 * link);
        const at = x + <usize>load<i32>(from + link) + lane;
        a = f64x2.add(a, f64x2.mul(w, v128.load(at)));
        b = f64x2.add(b, f64x2.mul(w, v128.load(at, 16)));
        c = f64x2.add(c, f64x2.mul(w, v128.load(at, 32)));
        d = f64x2.add(d, f64x2.mul(w, v128.load(at, 48)));
      }
      v128.store(y, activated(a, b, linear, absolute));
      v128.store(y, activated(c, d, linear, absolute), 16);
    }
    for (; lane < size; lane += 32, y += 16) {
      let a = begin, b = begin;
      for (let link = start; link < end; link += 4) {
        const w = v128.load64_splat(weights + 2 * link);
        const at = x + <usize>load<i32>(from + link) + lane;
        a = f64x2.add(a, f64x2.mul(w, v128.load(at)));
        b = f64x2.add(b, f64x2.mul(w, v128.load(at, 16)));
      }
      v128.store(y, activated(a, b, linear, absolute));
    }
    start = end;
  }
}

@inline
function activated(low: v128, high: v128, linear: v128, absolute: v128): v128 {
  const a = f64x2.add(f64x2.mul(linear, low), f64x2.mul(absolute, f64x2.abs(low)));
  const b = f64x2.add(f64x2.mul(linear, high), f64x2.mul(absolute, f64x2.abs(high)));
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 1, 4, 5);
}

// What the machine can do at most.

import { multiplyAdd, sumLanes } from './lanes';

/** `rounds` times 12 independent multiply-adds of 4 lanes on registers alone: 96 floating-point operations a round. */
export function peak(rounds: i32): f32 {
  const b = f32x4.splat(0.999999), c = f32x4.splat(0.000001);
  let a0 = b, a1 = b, a2 = b, a3 = b, a4 = b, a5 = b, a6 = b, a7 = b, a8 = b, a9 = b, a10 = b, a11 = b;
  for (let i = 0; i < rounds; ++i) {
    a0 = multiplyAdd(a0, b, c); a1 = multiplyAdd(a1, b, c); a2 = multiplyAdd(a2, b, c);
    a3 = multiplyAdd(a3, b, c); a4 = multiplyAdd(a4, b, c); a5 = multiplyAdd(a5, b, c);
    a6 = multiplyAdd(a6, b, c); a7 = multiplyAdd(a7, b, c); a8 = multiplyAdd(a8, b, c);
    a9 = multiplyAdd(a9, b, c); a10 = multiplyAdd(a10, b, c); a11 = multiplyAdd(a11, b, c);
  }
  const low = f32x4.add(f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3)), f32x4.add(a4, a5));
  const high = f32x4.add(f32x4.add(f32x4.add(a6, a7), f32x4.add(a8, a9)), f32x4.add(a10, a11));
  return sumLanes(f32x4.add(low, high));
}

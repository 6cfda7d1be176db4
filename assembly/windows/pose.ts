// The pose steps of src/runtime/skeleton/pose.ts on the window of a stream, to the bit.
//
// - Clip: float32 [frames][x, y, z][lanes]. A person has a lane for each joint, and some that fill up vectors of four.
// - Plane: the bytes of all lanes of a coordinate; a frame has three.
// - Anchors: int32 lists, each its length and as many places of lanes, in bytes: root, top, left, right.
// - Sums in float64, each in the order of that file; what is moved is rounded to float32.

import { dot, inverse, normalise, real, scale, setReal } from '../vectors';

/** From a window, float32 [frames][joints][x, y, z] of one person, `stride` bytes from frame to frame, into its lanes; whether all are finite. */
export function deal(window: usize, stride: usize, clip: usize, plane: usize, frames: i32, joints: i32): bool {
  let lost = f32x4.splat(0);
  for (let frame = 0; frame < frames; ++frame, window += stride, clip += 3 * plane) {
    let from = window, to = clip;
    for (let joint = 0; joint < joints; joint += 4, from += 48, to += 16) {
      const a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32);
      // a: x0 y0 z0 x1, b: y1 z1 x2 y2, c: z2 x3 y3 z3
      const xy = v128.shuffle<f32>(b, c, 2, 3, 5, 6);
      const yz = v128.shuffle<f32>(a, b, 1, 2, 4, 5);
      v128.store(to, v128.shuffle<f32>(a, xy, 0, 3, 4, 6));
      v128.store(to + plane, v128.shuffle<f32>(yz, xy, 0, 2, 5, 7));
      v128.store(to + 2 * plane, v128.shuffle<f32>(yz, c, 1, 3, 4, 7));
      lost = f32x4.add(lost, f32x4.add(f32x4.add(f32x4.sub(a, a), f32x4.sub(b, b)), f32x4.sub(c, c)));
    }
  }
  return !v128.any_true(f32x4.ne(lost, lost));
}

/** Of the body that was measured last, float64: root, root to top, right to left, and the length of root to top. */
const body = memory.data(80);
const SPINE: usize = 24, ACROSS: usize = 48, SIZE: usize = 72;

/** Three axes, side, up and forward, float64 [3][x, y, z]. */
const axes = memory.data(72);
const UP: usize = 24;

/** A coordinate of the middle of some joints, whose plane is at `at`. */
@inline
function middleOf(list: usize, at: usize): f64 {
  return load<i32>(list) == 1 ? <f64>load<f32>(at + <usize>load<i32>(list, 4)) + 0 : meanOf(list, at);
}

function meanOf(list: usize, at: usize): f64 {
  const length = load<i32>(list);
  let sum: f64 = 0;
  for (let i = 0; i < length; ++i) {
    list += 4;
    sum += <f64>load<f32>(at + <usize>load<i32>(list)) / <f64>length;
  }
  return sum;
}

@inline
function after(list: usize): usize {
  return list + 4 + (<usize>load<i32>(list) << 2);
}

/** Means over frames of the person whose first lane is at `clip`; the root of each frame goes to `roots`, float64 [frames][root, spine][x, y, z]. */
export function measure(clip: usize, plane: usize, frames: i32, anchors: usize, roots: usize): void {
  const top = after(anchors), left = after(top), right = after(left);
  const share = 1.0 / <f64>frames;
  for (let axis = 0; axis < 3; ++axis) {
    let root: f64 = 0, spine: f64 = 0, across: f64 = 0;
    let at = clip + <usize>axis * plane, to = roots + (<usize>axis << 3);
    for (let frame = 0; frame < frames; ++frame, at += 3 * plane, to += 48) {
      const from = middleOf(anchors, at), up = middleOf(top, at) - from;
      store<f64>(to, from);
      store<f64>(to, up, 24);
      root += from;
      spine += up;
      across += middleOf(left, at) - middleOf(right, at);
    }
    setReal(body, axis, root * share);
    setReal(body + SPINE, axis, spine * share);
    setReal(body + ACROSS, axis, across * share);
  }
  let size: f64 = 0;
  for (let frame = 0; frame < frames; ++frame, roots += 48) {
    const x = load<f64>(roots, 24), y = load<f64>(roots, 32), z = load<f64>(roots, 40);
    size += sqrt(x * x + y * y + z * z) / <f64>frames;
  }
  store<f64>(body + SIZE, size);
}

/** Where its root is along x. */
export function rootX(): f64 {
  return load<f64>(body);
}

/** Adds its share of the mean of so many persons to `sums`, float64: their root, and their size. */
export function collect(sums: usize, persons: i32): void {
  for (let axis = 0; axis < 3; ++axis) setReal(sums, axis, real(sums, axis) + real(body, axis) / <f64>persons);
  setReal(sums, 3, real(sums, 3) + load<f64>(body + SIZE) / <f64>persons);
}

/** Axes along those of the recording, divided by the size in `sums` if they are scaled. */
export function straighten(sums: usize, isScaled: i32): void {
  const factor = isScaled ? inverse(real(sums, 3)) : 1.0;
  for (let i = 0; i < 9; ++i) setReal(axes, i, i % 4 == 0 ? factor : 0);
}

/** Empties sums. */
export function clear(sums: usize): void {
  memory.fill(sums, 0, 32);
}

/** Axes of the body that was measured, `up` along x, y, z or, as 3, its spine; divided by its size if they are scaled. */
export function turn(up: i32, isScaled: i32): void {
  const upward = axes + UP, forward = axes + 48;
  for (let axis = 0; axis < 3; ++axis) setReal(upward, axis, up == 3 ? real(body + SPINE, axis) : axis == up ? 1 : 0);
  if (up == 3) normalise(upward);
  const lean = dot(body + ACROSS, upward);
  for (let axis = 0; axis < 3; ++axis) setReal(axes, axis, real(body + ACROSS, axis) - real(upward, axis) * lean);
  normalise(axes);
  for (let axis = 0; axis < 3; ++axis) {
    const next = (axis + 1) % 3, last = (axis + 2) % 3;
    setReal(forward, axis, real(axes, next) * real(upward, last) - real(axes, last) * real(upward, next));
  }
  const factor = isScaled ? inverse(load<f64>(body + SIZE)) : 1.0;
  for (let i = 0; i < 9; ++i) setReal(axes, i, real(axes, i) * factor);
}

/** Puts `lanes` lanes at `clip` into the axes, from an origin, float64, that goes on by `next` bytes a frame. */
export function move(clip: usize, plane: usize, frames: i32, lanes: i32, origin: usize, next: usize): void {
  const ax = f64x2.splat(real(axes, 0)), ay = f64x2.splat(real(axes, 1)), az = f64x2.splat(real(axes, 2));
  const bx = f64x2.splat(real(axes, 3)), by = f64x2.splat(real(axes, 4)), bz = f64x2.splat(real(axes, 5));
  const cx = f64x2.splat(real(axes, 6)), cy = f64x2.splat(real(axes, 7)), cz = f64x2.splat(real(axes, 8));
  for (let frame = 0; frame < frames; ++frame, clip += 3 * plane, origin += next) {
    const ox = v128.load64_splat(origin), oy = v128.load64_splat(origin, 8), oz = v128.load64_splat(origin, 16);
    for (let at = clip, end = clip + (<usize>lanes << 2); at < end; at += 8) {
      const atY = at + plane, atZ = atY + plane;
      const x = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(at)), ox);
      const y = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(atY)), oy);
      const z = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(atZ)), oz);
      put(at, f64x2.add(f64x2.add(f64x2.mul(x, ax), f64x2.mul(y, ay)), f64x2.mul(z, az)));
      put(atY, f64x2.add(f64x2.add(f64x2.mul(x, bx), f64x2.mul(y, by)), f64x2.mul(z, bz)));
      put(atZ, f64x2.add(f64x2.add(f64x2.mul(x, cx), f64x2.mul(y, cy)), f64x2.mul(z, cz)));
    }
  }
}

@inline
function put(at: usize, value: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(value), 0);
}

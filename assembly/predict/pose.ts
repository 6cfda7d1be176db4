// The pose steps of src/runtime/skeleton/pose.ts, in place: positions are [frames][persons][joints][x, y, z].

import { dot, inverse, normalise, real, scale, setReal } from '../vectors';
import { address, float, setFloat, Word, word } from './memory';

const FIRST_FRAMES: i32 = 5;

/** A coordinate of the middle of some joints of the person that is at `person`; the list starts with its length. */
export function middleOf(person: usize, joints: usize, axis: i32): f64 {
  const count = load<i32>(joints);
  let middle: f64 = 0;
  for (let i = 1; i <= count; ++i) {
    middle += <f64>float(person, load<i32>(joints + (<usize>i << 2)) * 3 + axis) / count;
  }
  return middle;
}

/** Where a person is in a frame. */
@inline
export function personAt(positions: usize, frame: i32, person: i32): usize {
  return positions + (<usize>((frame * word(Word.persons) + person) * word(Word.joints) * 3) << 2);
}

/** The person who stands left in the first frames becomes the first. */
export function orderPersons(positions: usize, n: i32): void {
  for (let last = word(Word.persons) - 1; last > 0; --last) {
    for (let person = 0; person < last; ++person) {
      if (standsAt(positions, n, person) > standsAt(positions, n, person + 1)) exchange(positions, n, person);
    }
  }
}

function standsAt(positions: usize, n: i32, person: i32): f64 {
  const firsts = min(n, FIRST_FRAMES);
  let sum: f64 = 0;
  for (let frame = 0; frame < firsts; ++frame) sum += middleOf(personAt(positions, frame, person), address(Word.root), 0);
  return sum * (1.0 / <f64>firsts);
}

/** Exchanges a person and the next, in every frame. */
function exchange(positions: usize, n: i32, person: i32): void {
  const size = word(Word.joints) * 3;
  for (let frame = 0; frame < n; ++frame) {
    const a = personAt(positions, frame, person);
    for (let i = 0; i < size; ++i) {
      const value = float(a, i);
      setFloat(a, i, float(a, size + i));
      setFloat(a, size + i, value);
    }
  }
}

/** Frame j is the mean of the recording over [j, j + 1) * n / frames. */
export function resample(recording: usize, n: i32, clip: usize): void {
  const size = word(Word.persons) * word(Word.joints) * 3, frames = word(Word.frames);
  const span = <f64>n / <f64>frames;
  memory.fill(clip, 0, <usize>(frames * size) << 2);
  for (let j = 0; j < frames; ++j) {
    const start = <f64>j * span, end = min(start + span, <f64>n);
    for (let frame = <i32>start; <f64>frame < end; ++frame) {
      const share = (min(<f64>(frame + 1), end) - max(<f64>frame, start)) / (end - start);
      for (let i = 0; i < size; ++i) {
        const to = j * size + i;
        setFloat(clip, to, <f32>(<f64>float(clip, to) + share * <f64>float(recording, frame * size + i)));
      }
    }
  }
}

// A person's means over the frames, of the last body that was measured: the root, root -> top, right -> left, and the
// length of root -> top.
const middle = memory.data(24), spine = memory.data(24), across = memory.data(24);
let size: f64 = 0;

function measureBody(positions: usize, n: i32, person: i32): void {
  memory.fill(middle, 0, 24);
  memory.fill(spine, 0, 24);
  memory.fill(across, 0, 24);
  size = 0;
  for (let frame = 0; frame < n; ++frame) {
    const at = personAt(positions, frame, person);
    let square: f64 = 0;
    for (let axis = 0; axis < 3; ++axis) {
      const root = middleOf(at, address(Word.root), axis), up = middleOf(at, address(Word.top), axis) - root;
      const side = middleOf(at, address(Word.left), axis) - middleOf(at, address(Word.right), axis);
      setReal(middle, axis, real(middle, axis) + root);
      setReal(spine, axis, real(spine, axis) + up);
      setReal(across, axis, real(across, axis) + side);
      square += up * up;
    }
    size += sqrt(square) / <f64>n;
  }
  const share = 1.0 / <f64>n;
  scale(middle, share);
  scale(spine, share);
  scale(across, share);
}

/** Three axes, [3][x, y, z]: side, up and forward. */
const axes = memory.data(72), shared = memory.data(24), origin = memory.data(24);

/** Puts a person into the axes, around its root in each frame, or around `fixed`. */
function move(positions: usize, n: i32, person: i32, fixed: usize): void {
  const joints = word(Word.joints);
  const center = fixed ? fixed : origin;
  for (let frame = 0; frame < n; ++frame) {
    const at = personAt(positions, frame, person);
    if (!fixed) for (let axis = 0; axis < 3; ++axis) setReal(origin, axis, middleOf(at, address(Word.root), axis));
    for (let joint = 0; joint < joints * 3; joint += 3) {
      const x = <f64>float(at, joint) - real(center, 0);
      const y = <f64>float(at, joint + 1) - real(center, 1);
      const z = <f64>float(at, joint + 2) - real(center, 2);
      for (let axis = 0; axis < 3; ++axis) {
        const to = axes + <usize>axis * 24;
        setFloat(at, joint + axis, <f32>(x * real(to, 0) + y * real(to, 1) + z * real(to, 2)));
      }
    }
  }
}

/** Moves the origin to each person's root, or to the mean root of all; divides by the mean size if scaled. */
export function center(positions: usize, n: i32, isShared: i32, isScaled: i32): void {
  const persons = word(Word.persons);
  let mean: f64 = 0;
  memory.fill(shared, 0, 24);
  for (let person = 0; person < persons; ++person) {
    measureBody(positions, n, person);
    mean += size / <f64>persons;
    for (let axis = 0; axis < 3; ++axis) setReal(shared, axis, real(shared, axis) + real(middle, axis) / <f64>persons);
  }
  memory.fill(axes, 0, 72);
  for (let axis = 0; axis < 3; ++axis) setReal(axes, axis * 4, isScaled ? inverse(mean) : 1.0);
  for (let person = 0; person < persons; ++person) move(positions, n, person, isShared ? shared : 0);
}

/** Side, up and forward axes of each person's mean pose; `up` is an axis, or 3 for the spine. */
export function bodyFrame(positions: usize, n: i32, up: i32): void {
  const upward = axes + 24;
  for (let person = 0; person < word(Word.persons); ++person) {
    measureBody(positions, n, person);
    for (let axis = 0; axis < 3; ++axis) setReal(upward, axis, up == 3 ? real(spine, axis) : axis == up ? 1.0 : 0.0);
    if (up == 3) normalise(upward);
    completeAxes();
    for (let axis = 0; axis < 3; ++axis) scale(axes + <usize>axis * 24, inverse(size));
    move(positions, n, person, 0);
  }
}

/** Turns all persons into the side, up and forward axes of the first one in the first frames; `up` is an axis. */
export function heading(positions: usize, n: i32, up: i32): void {
  measureBody(positions, min(n, FIRST_FRAMES), 0);
  for (let axis = 0; axis < 3; ++axis) setReal(axes + 24, axis, axis == up ? 1.0 : 0.0);
  completeAxes();
  memory.fill(shared, 0, 24);
  for (let person = 0; person < word(Word.persons); ++person) move(positions, n, person, shared);
}

/** Side, made of the measured `across` square to the upward axis, which is there already, and forward. */
function completeAxes(): void {
  const side = axes, upward = axes + 24, forward = axes + 48;
  const lean = dot(across, upward);
  for (let axis = 0; axis < 3; ++axis) setReal(side, axis, real(across, axis) - real(upward, axis) * lean);
  normalise(side);
  for (let axis = 0; axis < 3; ++axis) {
    const next = (axis + 1) % 3, last = (axis + 2) % 3;
    setReal(forward, axis, real(side, next) * real(upward, last) - real(side, last) * real(upward, next));
  }
}

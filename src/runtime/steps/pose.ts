import type { SkeletonSequence } from '../sequence.js';
import type { Skeleton } from '../skeleton.js';

/** A step from a recorded sequence to a normalised one; see skeleton/steps/pose.ts for what each does. */
export type PoseStep =
  | { readonly step: 'order-persons' }
  | { readonly step: 'resample'; readonly frames: number }
  | { readonly step: 'center'; readonly persons: 'each' | 'all'; readonly scale: 'none' | 'spine' }
  | { readonly step: 'body-frame'; readonly up: 'spine' | 'x' | 'y' | 'z' };

export function applyPoseStep(step: PoseStep, sequence: SkeletonSequence, skeleton: Skeleton): SkeletonSequence {
  switch (step.step) {
    case 'order-persons':
      return orderPersons(sequence, skeleton);
    case 'resample':
      return resample(sequence, step.frames);
    case 'center':
      return center(sequence, skeleton, step);
    case 'body-frame':
      return bodyFrame(sequence, skeleton, step);
  }
}

type Vector = [number, number, number];

const FIRST_FRAMES = 5;

function orderPersons(sequence: SkeletonSequence, skeleton: Skeleton): SkeletonSequence {
  const { frames, persons, joints, positions } = sequence;
  const firsts = { ...sequence, frames: Math.min(frames, FIRST_FRAMES) };
  const x = Array.from({ length: persons }, (_, person) => meanOf(firsts, person, skeleton.anchors.root)[0]);
  const order = x.map((_, person) => person).sort((a, b) => x[a] - x[b]);
  const size = joints * 3;
  const ordered = new Float32Array(positions.length);
  for (let i = 0; i < frames * persons; i++) {
    const from = (i - (i % persons) + order[i % persons]) * size;
    ordered.set(positions.subarray(from, from + size), i * size);
  }
  return { ...sequence, positions: ordered };
}

/** Frame j is the integral of the recording, held constant within a frame, over [j, j + 1) · frames / wanted. */
function resample(sequence: SkeletonSequence, wanted: number): SkeletonSequence {
  const { frames, persons, joints, positions } = sequence;
  const size = persons * joints * 3;
  const resampled = new Float32Array(wanted * size);
  const span = frames / wanted;
  for (let j = 0; j < wanted; j++) {
    const [start, end] = [j * span, Math.min((j + 1) * span, frames)];
    for (let frame = Math.floor(start); frame < end; frame++) {
      const share = (Math.min(frame + 1, end) - Math.max(frame, start)) / (end - start);
      for (let i = 0; i < size; i++) resampled[j * size + i] += share * positions[frame * size + i];
    }
  }
  return { ...sequence, frames: wanted, positions: resampled };
}

function center(
  sequence: SkeletonSequence,
  { anchors }: Skeleton,
  { persons: origin, scale }: Extract<PoseStep, { step: 'center' }>,
): SkeletonSequence {
  const { frames, persons, joints, positions } = sequence;
  const everyone = Array.from({ length: persons }, (_, person) => person);
  const middle = meanVector(everyone.map((person) => meanOf(sequence, person, anchors.root)));
  const spine = everyone.reduce((sum, person) => sum + spineLength(sequence, person, anchors) / persons, 0);
  const factor = scale === 'spine' ? 1 / Math.max(spine, 1e-6) : 1;
  const moved = new Float32Array(positions.length);
  for (let i = 0; i < frames * persons; i++) {
    const from = origin === 'all' ? middle : frameMean(sequence, Math.floor(i / persons), i % persons, anchors.root);
    for (let at = i * joints * 3; at < (i + 1) * joints * 3; at += 3) {
      for (let axis = 0; axis < 3; axis++) moved[at + axis] = (positions[at + axis] - from[axis]) * factor;
    }
  }
  return { ...sequence, positions: moved };
}

function bodyFrame(
  sequence: SkeletonSequence,
  skeleton: Skeleton,
  { up }: Extract<PoseStep, { step: 'body-frame' }>,
): SkeletonSequence {
  const { frames, persons, joints, positions } = sequence;
  const moved = new Float32Array(positions.length);
  for (let person = 0; person < persons; person++) {
    const axes = bodyAxes(sequence, person, skeleton, up);
    for (let frame = 0; frame < frames; frame++) {
      const own = frameMean(sequence, frame, person, skeleton.anchors.root);
      const start = (frame * persons + person) * joints * 3;
      for (let at = start; at < start + joints * 3; at += 3) {
        for (const [axis, direction] of axes.entries()) moved[at + axis] = project(positions, at, own, direction);
      }
    }
  }
  return { ...sequence, positions: moved };
}

/** Side, up and forward unit vectors of a person's mean pose, divided by the mean distance root → top. */
function bodyAxes(sequence: SkeletonSequence, person: number, { anchors }: Skeleton, up: string): Vector[] {
  const spine = subtract(meanOf(sequence, person, anchors.top), meanOf(sequence, person, anchors.root));
  const across = subtract(meanOf(sequence, person, anchors.left), meanOf(sequence, person, anchors.right));
  const upward = up === 'spine' ? unit(spine) : verticalAxis(up);
  const side = unit(subtract(across, scaled(upward, dot(across, upward))));
  const size = Math.max(spineLength(sequence, person, anchors), 1e-6);
  return [side, upward, cross(side, upward)].map((axis) => scaled(axis, 1 / size));
}

function spineLength(sequence: SkeletonSequence, person: number, { root, top }: Skeleton['anchors']): number {
  let sum = 0;
  for (let frame = 0; frame < sequence.frames; frame++) {
    const spine = subtract(frameMean(sequence, frame, person, top), frameMean(sequence, frame, person, root));
    sum += Math.sqrt(dot(spine, spine));
  }
  return sum / sequence.frames;
}

function meanOf(sequence: SkeletonSequence, person: number, joints: readonly number[]): Vector {
  const mean: Vector = [0, 0, 0];
  for (let frame = 0; frame < sequence.frames; frame++) {
    const point = frameMean(sequence, frame, person, joints);
    for (let axis = 0; axis < 3; axis++) mean[axis] += point[axis] / sequence.frames;
  }
  return mean;
}

function frameMean(
  { persons, joints: jointCount, positions }: SkeletonSequence,
  frame: number,
  person: number,
  joints: readonly number[],
): Vector {
  const mean: Vector = [0, 0, 0];
  for (const joint of joints) {
    const at = ((frame * persons + person) * jointCount + joint) * 3;
    for (let axis = 0; axis < 3; axis++) mean[axis] += positions[at + axis] / joints.length;
  }
  return mean;
}

function meanVector(vectors: readonly Vector[]): Vector {
  const sum = vectors.reduce((total, [x, y, z]) => [total[0] + x, total[1] + y, total[2] + z]);
  return scaled(sum, 1 / vectors.length);
}

function verticalAxis(name: string): Vector {
  return [name === 'x' ? 1 : 0, name === 'y' ? 1 : 0, name === 'z' ? 1 : 0];
}

function project(positions: Float32Array, at: number, origin: Vector, axis: Vector): number {
  return (
    (positions[at] - origin[0]) * axis[0] +
    (positions[at + 1] - origin[1]) * axis[1] +
    (positions[at + 2] - origin[2]) * axis[2]
  );
}

function subtract(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function scaled(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector {
  return scaled(a, 1 / Math.max(Math.sqrt(dot(a, a)), 1e-6));
}

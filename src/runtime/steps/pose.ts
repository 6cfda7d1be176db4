import type { SkeletonSequence } from '../sequence.js';
import type { Skeleton } from '../skeleton.js';

/** A step from a recorded sequence to a normalised one; see skeleton/steps/pose.ts for what each does. */
export type PoseStep =
  | { readonly step: 'order-persons' }
  | { readonly step: 'resample'; readonly frames: number }
  | { readonly step: 'center'; readonly persons: 'each' | 'all'; readonly scale: 'none' | 'spine' }
  | { readonly step: 'body-frame'; readonly up: 'spine' | 'x' | 'y' | 'z' };

/** Every pose step; the types keep it whole. */
export const poseSteps: Record<PoseStep['step'], 1> = { 'order-persons': 1, resample: 1, center: 1, 'body-frame': 1 };

export function applyPoseStep(step: PoseStep, sequence: SkeletonSequence, { anchors }: Skeleton): SkeletonSequence {
  if (step.step === 'order-persons') return orderPersons(sequence, anchors.root);
  if (step.step === 'resample') return resample(sequence, step.frames);
  const persons = [...Array(sequence.persons).keys()];
  const bodies = persons.map((person) => bodyOf(sequence, person, anchors));
  if (step.step === 'center') return move(sequence, centers(bodies, step.persons === 'all', step.scale === 'spine'));
  return move(
    sequence,
    bodies.map((body) => ({ origins: body.root, axes: bodyAxes(body, step.up) })),
  );
}

type Vector = readonly number[];

/** A person's frame of reference: where its origin stands in each frame, [frames][3], and three axes. */
interface Frame {
  readonly origins: Float64Array;
  readonly axes: readonly Vector[];
}

/** A person's anchors: the root in each frame, mean vectors between others, and the mean distance root → top. */
interface Body {
  readonly root: Float64Array;
  readonly spine: Vector;
  readonly across: Vector;
  readonly size: number;
}

const FIRST_FRAMES = 5;

function orderPersons(sequence: SkeletonSequence, root: readonly number[]): SkeletonSequence {
  const { frames, persons, joints, positions } = sequence;
  const firsts = { ...sequence, frames: Math.min(frames, FIRST_FRAMES) };
  const order = [...Array(persons).keys()];
  const x = order.map((person) => meanOf(track(firsts, person, root))[0]);
  order.sort((a, b) => x[a] - x[b]);
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
    const start = j * span;
    const end = Math.min(start + span, frames);
    for (let frame = Math.floor(start); frame < end; frame++) {
      const share = (Math.min(frame + 1, end) - Math.max(frame, start)) / (end - start);
      for (let i = 0; i < size; i++) resampled[j * size + i] += share * positions[frame * size + i];
    }
  }
  return { ...sequence, frames: wanted, positions: resampled };
}

/** Frames of reference without rotation. */
function centers(bodies: readonly Body[], isShared: boolean, isScaled: boolean): Frame[] {
  const size = bodies.reduce((sum, body) => sum + body.size / bodies.length, 0);
  const factor = isScaled ? 1 / Math.max(size, 1e-6) : 1;
  const middles = bodies.map(({ root }) => meanOf(root));
  const middle = [0, 1, 2].map((axis) => middles.reduce((sum, own) => sum + own[axis] / middles.length, 0));
  return bodies.map(({ root }) => ({
    origins: isShared ? root.map((_, i) => middle[i % 3]) : root,
    axes: ['x', 'y', 'z'].map((name) => scaled(axisNamed(name), factor)),
  }));
}

/** Side, up and forward unit vectors of a person's mean pose, divided by the mean distance root → top. */
function bodyAxes({ spine, across, size }: Body, up: string): Vector[] {
  const upward = up === 'spine' ? unit(spine) : axisNamed(up);
  const lean = dot(across, upward);
  const side = unit(across.map((value, i) => value - upward[i] * lean));
  const forward = side.map((_, i) => side[(i + 1) % 3] * upward[(i + 2) % 3] - side[(i + 2) % 3] * upward[(i + 1) % 3]);
  return [side, upward, forward].map((axis) => scaled(axis, 1 / Math.max(size, 1e-6)));
}

/** Puts each person into a frame of reference. */
function move(sequence: SkeletonSequence, references: readonly Frame[]): SkeletonSequence {
  const { persons, joints, positions } = sequence;
  const moved = new Float32Array(positions.length);
  for (let i = 0, at = 0; at < moved.length; i++) {
    const { origins, axes } = references[i % persons];
    const from = Math.floor(i / persons) * 3;
    const [x, y, z] = [origins[from], origins[from + 1], origins[from + 2]];
    const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = axes;
    for (const end = at + joints * 3; at < end; at += 3) {
      const [dx, dy, dz] = [positions[at] - x, positions[at + 1] - y, positions[at + 2] - z];
      moved[at] = dx * ax + dy * ay + dz * az;
      moved[at + 1] = dx * bx + dy * by + dz * bz;
      moved[at + 2] = dx * cx + dy * cy + dz * cz;
    }
  }
  return { ...sequence, positions: moved };
}

function bodyOf(sequence: SkeletonSequence, person: number, anchors: Skeleton['anchors']): Body {
  const between = (to: Float64Array, from: Float64Array) => to.map((value, i) => value - from[i]);
  const of = (joints: readonly number[]) => track(sequence, person, joints);
  const root = of(anchors.root);
  const spines = between(of(anchors.top), root);
  let size = 0;
  for (let i = 0; i < spines.length; i += 3) size += length(spines.subarray(i, i + 3)) / sequence.frames;
  return { root, spine: meanOf(spines), across: meanOf(between(of(anchors.left), of(anchors.right))), size };
}

/** The middle of some joints of a person in each frame, [frames][3]. */
function track(sequence: SkeletonSequence, person: number, joints: readonly number[]): Float64Array {
  const { frames, persons, positions } = sequence;
  const middles = new Float64Array(frames * 3);
  for (const joint of joints) {
    for (let i = 0; i < middles.length; i++) {
      const axis = i % 3;
      const frame = (i - axis) / 3;
      middles[i] += positions[((frame * persons + person) * sequence.joints + joint) * 3 + axis] / joints.length;
    }
  }
  return middles;
}

/** The mean over the frames. */
function meanOf(vectors: Float64Array): Vector {
  const mean = [0, 0, 0];
  for (let i = 0; i < vectors.length; i++) mean[i % 3] += vectors[i];
  return scaled(mean, 3 / vectors.length);
}

function axisNamed(name: string): Vector {
  return ['x', 'y', 'z'].map((own) => (own === name ? 1 : 0));
}

function scaled(a: Vector, factor: number): Vector {
  return a.map((value) => value * factor);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function length(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}

function unit(a: Vector): Vector {
  return scaled(a, 1 / Math.max(length(a), 1e-6));
}

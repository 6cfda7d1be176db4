import type { Skeleton, SkeletonSequence } from './sequence.js';
import { frameEdges } from './time.js';

/**
 * Pose steps: from positions as they were recorded to positions that can be compared.
 *
 * - Positions are [frames][persons][joints][x, y, z] laid end to end. A step takes a sequence and gives another one.
 * - Anchors: the joints that span a body: root (pelvis or wrist), top (neck or middle knuckle), left and right. Several
 *   joints in one role stand for their mean, their middle.
 * - Spine: the vector root → top; across: the vector right → left; a person's size: the mean length of the spine.
 * - Body frame: a person's side, up and forward axes, from its mean pose.
 *
 * Exports repeat these steps in C, WebAssembly and ONNX, to the last bit or nearly; this file defines them.
 */

/** A step from a recorded sequence to a normalised one; see skeleton/schemas.ts for what each does. */
export type PoseStep =
  | { readonly step: 'order-persons' }
  | { readonly step: 'resample'; readonly frames: number }
  | { readonly step: 'center'; readonly persons: 'each' | 'all'; readonly scale: 'none' | 'spine' }
  | { readonly step: 'body-frame'; readonly up: Up }
  | { readonly step: 'heading'; readonly up: Axis };

export type PoseName = PoseStep['step'];

/** A pose step of one name. */
export type PoseStepOf<Name extends PoseName> = Extract<PoseStep, { readonly step: Name }>;

/** What a body frame's up axis is: along the spine, or an axis of the recording. */
export type Up = Axis | 'spine';

/** An axis of the recording. */
export type Axis = 'x' | 'y' | 'z';

type Anchors = Skeleton['anchors'];
type Vector = readonly number[];

/** Every pose step by its name. */
export const poseSteps: {
  readonly [Name in PoseStep['step']]: (
    sequence: SkeletonSequence,
    anchors: Anchors,
    step: PoseStepOf<Name>,
  ) => SkeletonSequence;
} = { 'order-persons': orderPersons, resample, center, 'body-frame': bodyFrame, heading };

const FIRST_FRAMES = 5;

/** By the mean x of the roots in the first frames. */
function orderPersons(sequence: SkeletonSequence, anchors: Anchors): SkeletonSequence {
  const { frames, persons, joints, positions } = sequence;
  const size = joints * 3;
  const x = firstBodiesOf(sequence, anchors).map(({ root }) => root[0]);
  const order = [...x.keys()].sort((a, b) => x[a] - x[b]);
  const ordered = positions.slice();
  for (let i = 0; i < frames * persons; i++) {
    const from = (i - (i % persons) + order[i % persons]) * size;
    ordered.set(positions.subarray(from, from + size), i * size);
  }
  return { ...sequence, positions: ordered };
}

/**
 * Frame j is the mean of the recording, held constant within a frame, over part j of `wanted` equal parts of its time. With
 * time stamps, a frame is held from midway to the one before it to midway to the next; without, frames last equally long.
 */
function resample(
  sequence: SkeletonSequence,
  _: Anchors,
  { frames: wanted }: { readonly frames: number },
): SkeletonSequence {
  const { frames, persons, joints, positions, seconds, room } = sequence;
  if (room) return sequence;
  const size = persons * joints * 3;
  const resampled = new Float32Array(wanted * size);
  const edges = seconds ? frameEdges(seconds) : [...Array(frames + 1).keys()];
  const [begin, stop] = [edges[0], edges[frames]];
  const span = (stop - begin) / wanted;
  for (let j = 0, first = 0; j < wanted; j++) {
    const start = begin + j * span;
    const end = Math.min(start + span, stop);
    while (edges[first + 1] <= start) first++;
    for (let frame = first; edges[frame] < end; frame++) {
      const share = (Math.min(edges[frame + 1], end) - Math.max(edges[frame], start)) / (end - start);
      for (let i = 0; i < size; i++) resampled[j * size + i] += share * positions[frame * size + i];
    }
  }
  return { frames: wanted, persons, joints, positions: resampled };
}

/** Moves the origin, without rotation. */
function center(
  sequence: SkeletonSequence,
  anchors: Anchors,
  { persons, scale }: PoseStepOf<'center'>,
): SkeletonSequence {
  const bodies = bodiesOf(sequence, anchors);
  const mean = (of: (body: Body) => number) => bodies.reduce((sum, body) => sum + of(body) / bodies.length, 0);
  const factor = scale === 'spine' ? inverse(mean(({ size }) => size)) : 1;
  const axes = (['x', 'y', 'z'] as const).map((name) => scaled(axisNamed(name), factor));
  const origin = [0, 1, 2].map((axis) => mean(({ root }) => root[axis]));
  return move(sequence, anchors, () => axes, persons === 'all' ? origin : undefined);
}

/** Puts each person into the side, up and forward axes of its mean pose, divided by the mean distance root → top. */
function bodyFrame(
  sequence: SkeletonSequence,
  anchors: Anchors,
  { up: name }: PoseStepOf<'body-frame'>,
): SkeletonSequence {
  const axes = bodiesOf(sequence, anchors).map(({ spine, across, size }) => {
    const up = name === 'spine' ? unit(spine) : axisNamed(name);
    return axesOf(across, up).map((axis) => scaled(axis, inverse(size)));
  });
  return move(sequence, anchors, (person) => axes[person]);
}

/** Turns the whole sequence, once, into the side, up and forward axes of the first person in the first frames. */
function heading(sequence: SkeletonSequence, anchors: Anchors, { up }: PoseStepOf<'heading'>): SkeletonSequence {
  const axes = axesOf(firstBodiesOf(sequence, anchors)[0].across, axisNamed(up));
  return move(sequence, anchors, () => axes, [0, 0, 0]);
}

/** The unit axes across, up and forward: across is made square to up. */
function axesOf(across: Vector, up: Vector): Vector[] {
  const lean = dot(across, up);
  const side = unit(across.map((value, i) => value - up[i] * lean));
  const forward = side.map((_, i) => side[(i + 1) % 3] * up[(i + 2) % 3] - side[(i + 2) % 3] * up[(i + 1) % 3]);
  return [side, up, forward];
}

/** A person's means over the frames: of the root, of the vectors root → top and right → left, and of the first's length. */
interface Body {
  readonly root: Vector;
  readonly spine: Vector;
  readonly across: Vector;
  readonly size: number;
}

function bodiesOf({ frames, persons, joints, positions }: SkeletonSequence, anchors: Anchors): Body[] {
  return Array.from({ length: persons }, (_, person) => {
    const sums = [0, 0, 0].map(() => [0, 0, 0]);
    let size = 0;
    for (let frame = 0; frame < frames; frame++) {
      const at = (frame * persons + person) * joints * 3;
      let square = 0;
      for (let axis = 0; axis < 3; axis++) {
        const from = middleOf(anchors.root, positions, at + axis);
        const up = middleOf(anchors.top, positions, at + axis) - from;
        sums[0][axis] += from;
        sums[1][axis] += up;
        sums[2][axis] += middleOf(anchors.left, positions, at + axis) - middleOf(anchors.right, positions, at + axis);
        square += up * up;
      }
      size += Math.sqrt(square) / frames;
    }
    const [root, spine, across] = sums.map((sum) => scaled(sum, 1 / frames));
    return { root, spine, across, size };
  });
}

/** The same over the first frames. */
function firstBodiesOf(sequence: SkeletonSequence, anchors: Anchors): Body[] {
  return bodiesOf({ ...sequence, frames: Math.min(sequence.frames, FIRST_FRAMES) }, anchors);
}

/** A coordinate of the middle of some joints; that of joint 0 is at `at`. */
export function middleOf(joints: readonly number[], positions: Float32Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < joints.length; i++) sum += positions[at + joints[i] * 3] / joints.length;
  return sum;
}

/** Puts each person into its axes, from an origin, or from its root in each frame. */
function move(
  sequence: SkeletonSequence,
  { root }: Anchors,
  axesOfPerson: (person: number) => readonly Vector[],
  origin?: Vector,
): SkeletonSequence {
  const { persons, joints, positions, room } = sequence;
  const size = joints * 3;
  const moved = room ?? new Float32Array(positions.length);
  for (let person = 0; person < persons; person++) {
    const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = axesOfPerson(person);
    for (let from = person * size; from < moved.length; from += persons * size) {
      const x = origin ? origin[0] : middleOf(root, positions, from);
      const y = origin ? origin[1] : middleOf(root, positions, from + 1);
      const z = origin ? origin[2] : middleOf(root, positions, from + 2);
      for (let at = from, end = from + size; at < end; at += 3) {
        const dx = positions[at] - x;
        const dy = positions[at + 1] - y;
        const dz = positions[at + 2] - z;
        moved[at] = dx * ax + dy * ay + dz * az;
        moved[at + 1] = dx * bx + dy * by + dz * bz;
        moved[at + 2] = dx * cx + dy * cy + dz * cz;
      }
    }
  }
  return { ...sequence, positions: moved };
}

function axisNamed(name: Axis): Vector {
  return ['x', 'y', 'z'].map((axis) => +(axis === name));
}

function scaled(a: Vector, factor: number): Vector {
  return a.map((value) => value * factor);
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function unit(a: Vector): Vector {
  return scaled(a, inverse(Math.sqrt(dot(a, a))));
}

/** Of a length, which may be zero. */
function inverse(length: number): number {
  return 1 / Math.max(length, 1e-6);
}

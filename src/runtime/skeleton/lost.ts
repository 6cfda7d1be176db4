/**
 * Joints that the tracker did not see in a frame, and how they are filled: the same in training, prediction and streams.
 *
 * In memory a lost joint is NaN in all three coordinates. Exports repeat this in C, WebAssembly and ONNX.
 */
import { middleOf } from './pose.js';
import type { Skeleton, SkeletonSequence } from './sequence.js';

/**
 * Fills lost joints:
 *
 * - along a straight line in time between the frames that saw a joint; before the first and after the last one it stays;
 * - never seen, it is at its nearest ancestor that was, or, without one, at the person's first joint that was;
 * - a person never seen is, in one point, at the root of the first person who was; all zero if nobody was.
 *
 * @returns the sequence itself where no joint is lost, else a new one
 * @throws RangeError on infinite coordinates
 */
export function fillLostJoints(sequence: SkeletonSequence, skeleton: Skeleton): SkeletonSequence {
  if (areFinite(sequence.positions)) return sequence;
  const positions = sequence.positions.slice();
  if (positions.some((value) => Math.abs(value) === Infinity)) {
    throw new RangeError('positions: expected no Infinity');
  }
  const filled = { ...sequence, positions };
  fillInPlace(filled, skeleton);
  return filled;
}

/** Faster than `every` with a function. */
export function areFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] - values[i] !== 0) return false;
  return true;
}

/** The same on the sequence itself. */
export function fillInPlace(sequence: SkeletonSequence, { bones, anchors }: Pick<Skeleton, 'bones' | 'anchors'>): void {
  const { persons, joints, positions } = sequence;
  const parents = new Map(bones);
  const absent: number[] = [];
  let present = -1;
  for (let person = persons - 1; person >= 0; person--) {
    const start = person * joints;
    let first = -1;
    for (let joint = joints - 1; joint >= 0; joint--) if (bridgeGaps(sequence, start + joint)) first = joint;
    if (first < 0) absent.push(person);
    else present = person;
    for (let joint = 0; joint < joints && first >= 0; joint++) {
      let from: number | undefined = joint;
      for (let i = 0; i < joints && from !== undefined && isLost(positions, (start + from) * 3); i++)
        from = parents.get(from);
      if (from !== joint) copyNode(sequence, start + (from ?? first), start + joint);
    }
  }
  for (const person of absent) standAtRoot(sequence, person, present, anchors.root);
}

/** Whether a coordinate of the joint whose x is at `at` is no number. */
function isLost(positions: Float32Array, at: number): boolean {
  return Number.isNaN(positions[at] + positions[at + 1] + positions[at + 2]);
}

/** Fills the frames that lost a node from those that saw it; false if none did. */
function bridgeGaps({ frames, persons, joints, positions, seconds }: SkeletonSequence, node: number): boolean {
  const size = persons * joints * 3;
  const time = (frame: number) => seconds?.[frame] ?? frame;
  let before = -1;
  for (let frame = 0; frame <= frames; frame++) {
    if (frame < frames && isLost(positions, frame * size + node * 3)) continue;
    const after = frame < frames ? frame : before;
    if (after < 0) return false;
    const from = before < 0 ? after : before;
    const span = time(after) - time(from);
    for (let gap = before + 1; gap < frame; gap++) {
      const share = span > 0 ? (time(gap) - time(from)) / span : 0;
      for (let at = node * 3; at < node * 3 + 3; at++) {
        positions[gap * size + at] = (1 - share) * positions[from * size + at] + share * positions[after * size + at];
      }
    }
    before = after;
  }
  return true;
}

function copyNode({ persons, joints, positions }: SkeletonSequence, from: number, to: number): void {
  const size = persons * joints * 3;
  for (let at = 0; at < positions.length; at += size) {
    positions.copyWithin(at + to * 3, at + from * 3, at + from * 3 + 3);
  }
}

/** Puts all joints of a person into the root of another, or into zero if there is none. */
function standAtRoot(
  { persons, joints, positions }: SkeletonSequence,
  person: number,
  other: number,
  root: readonly number[],
): void {
  const size = joints * 3;
  for (let at = 0; at < positions.length; at += persons * size) {
    for (let i = 0; i < size; i++) {
      positions[at + person * size + i] = other < 0 ? 0 : middleOf(root, positions, at + other * size + (i % 3));
    }
  }
}

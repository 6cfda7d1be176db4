/**
 * Joints that the tracker did not see in a frame, and how they are filled: the same in training, prediction and streams.
 *
 * In memory a lost joint is NaN in all three coordinates. Some recordings write (0, 0, 0) in its place; whoever reads one
 * says so by the predicate that is given.
 */
import type { Skeleton, SkeletonSequence } from './sequence.js';

/** Whether the joint whose x is at `at` is lost. */
export type LostTest = (positions: Float32Array, at: number) => boolean;

/** Lost joints as they are in memory: a coordinate is no number. */
export const isMissing: LostTest = (positions, at) =>
  Number.isNaN(positions[at] + positions[at + 1] + positions[at + 2]);

/** Lost joints as some recorders write them: exactly (0, 0, 0). */
export const isZero: LostTest = (positions, at) =>
  positions[at] === 0 && positions[at + 1] === 0 && positions[at + 2] === 0;

/**
 * Fills lost joints: along a straight line in time between the frames that saw them, or, never seen, with the nearest
 * ancestor that was. A skeleton never seen stays as it is. Returns a new sequence.
 */
export function fillLostJoints(sequence: SkeletonSequence, { bones }: Skeleton, isLost: LostTest): SkeletonSequence {
  const positions = sequence.positions.slice();
  const filled = { ...sequence, positions };
  const parents = new Map(bones);
  for (let person = 0; person < sequence.persons; person++) {
    const isSeen = Array.from({ length: sequence.joints }, (_, joint) => bridgeGaps(filled, person, joint, isLost));
    for (const joint of isSeen.keys()) {
      if (!isSeen[joint]) copyJoint(filled, person, seenAncestor(joint, parents, isSeen), joint);
    }
  }
  return filled;
}

/** Interpolates the frames that lost a joint; false if every frame did. */
function bridgeGaps(
  { frames, persons, joints, positions }: SkeletonSequence,
  person: number,
  joint: number,
  isLost: LostTest,
): boolean {
  const at = (frame: number): number => ((frame * persons + person) * joints + joint) * 3;
  const seen = [...Array(frames).keys()].filter((frame) => !isLost(positions, at(frame)));
  for (let frame = 0, next = 0; frame < frames && seen.length > 0; frame++) {
    if (next < seen.length && seen[next] === frame) {
      next++;
      continue;
    }
    const before = seen[Math.max(0, next - 1)];
    const after = seen[Math.min(next, seen.length - 1)];
    const share = before === after ? 0 : (frame - before) / (after - before);
    mix(positions, at(before), at(after), share, at(frame));
  }
  return seen.length > 0;
}

function mix(positions: Float32Array, from: number, to: number, share: number, target: number): void {
  for (let axis = 0; axis < 3; axis++) {
    positions[target + axis] = (1 - share) * positions[from + axis] + share * positions[to + axis];
  }
}

function seenAncestor(joint: number, parents: ReadonlyMap<number, number>, isSeen: readonly boolean[]): number {
  let ancestor = joint;
  while (!isSeen[ancestor]) {
    const parent = parents.get(ancestor);
    if (parent === undefined) return joint;
    ancestor = parent;
  }
  return ancestor;
}

function copyJoint(sequence: SkeletonSequence, person: number, from: number, to: number): void {
  const { frames, persons, joints, positions } = sequence;
  for (let frame = 0; frame < frames; frame++) {
    const start = (frame * persons + person) * joints;
    positions.copyWithin((start + to) * 3, (start + from) * 3, (start + from + 1) * 3);
  }
}

import type { Layout } from './layouts/layout.js';
import type { SkeletonSequence } from './sequence.js';

/**
 * Fills in joints that the recording lost and wrote as exactly (0, 0, 0): along a straight line in time between the
 * frames that saw them, or, never seen, with the nearest ancestor that was. A skeleton never seen stays at zero.
 */
export function fillLostJoints(sequence: SkeletonSequence, layout: Layout): SkeletonSequence {
  const positions = sequence.positions.slice();
  const filled = { ...sequence, positions };
  const parents = new Map(layout.bones);
  for (let person = 0; person < sequence.persons; person++) {
    const isSeen = layout.joints.map((_, joint) => bridgeGaps(filled, person, joint));
    for (const joint of layout.joints.keys()) {
      if (!isSeen[joint]) copyJoint(filled, person, seenAncestor(joint, parents, isSeen), joint);
    }
  }
  return filled;
}

/** Interpolates the frames that lost a joint; false if every frame did. */
function bridgeGaps({ frames, persons, joints, positions }: SkeletonSequence, person: number, joint: number): boolean {
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

function isLost(positions: Float32Array, at: number): boolean {
  return positions[at] === 0 && positions[at + 1] === 0 && positions[at + 2] === 0;
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

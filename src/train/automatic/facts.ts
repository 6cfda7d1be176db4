import type { Sample } from '../../data/dataset.js';
import type { Layout } from '../../skeleton/layouts/layout.js';

/** What the training sequences tell of themselves; lost joints are left out of it. */
export interface DataFacts {
  /** No sequence has depth: every z is the same number. */
  readonly isFlat: boolean;
  /** Some sequence is of one frame: a step over time means nothing. */
  readonly isStill: boolean;
  /** The vertical axis of bodies that stand or sit; none of hands, of flat data and of bodies in all positions. */
  readonly up: 'x' | 'y' | 'z' | undefined;
  /** Joints that end a limb, at most `MOST_EXTREMITIES`: those farthest apart. */
  readonly extremities: readonly string[];
  /** Fewer than `FEW` sequences a class, on average. */
  readonly isFew: boolean;
  /** The largest class has more than `UNEVEN` times the sequences of the smallest; of those that mean something. */
  readonly isUneven: boolean;
  /** Some are segments of longer recordings. */
  readonly isSegmented: boolean;
}

const MOST_EXTREMITIES = 6;
const UNEVEN = 2;
const FEW = 6;
/** |Σ (root → top)| / Σ |root → top| along an axis, from which it is the vertical of bodies: all lean less than 32° on average. */
const UPRIGHT = 0.85;

/**
 * Measures the first, middle and last frames of the training sequences.
 * @param nothing labels of classes that mean nothing: what there is most of in a stream may be most of the training, too
 */
export function factsOf(samples: readonly Sample[], layout: Layout, nothing: readonly number[] = []): DataFacts {
  const counts = new Map<number, number>();
  for (const { label } of samples) {
    if (!nothing.includes(label)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const isFlat = samples.every(hasNoDepth);
  const isBody = layout.mirror.some((image, joint) => image !== joint);
  return {
    isFlat,
    isStill: samples.some(({ frames }) => frames < 2),
    up: isFlat || !isBody ? undefined : verticalOf(samples, layout),
    extremities: extremitiesOf(samples, layout),
    isFew: samples.length < FEW * counts.size,
    isUneven: Math.max(...counts.values()) > UNEVEN * Math.min(...counts.values()),
    isSegmented: samples.some(({ within }) => within !== undefined),
  };
}

function hasNoDepth({ positions }: Sample): boolean {
  const depth = (at: number) => positions[at] || 0; // a lost joint has none
  for (let at = 5; at < positions.length; at += 3) if (depth(at) !== depth(2)) return false;
  return true;
}

function verticalOf(samples: readonly Sample[], { anchors }: Layout): DataFacts['up'] {
  const sums = [0, 0, 0];
  let lengths = 0;
  for (const sample of samples) {
    for (const place of placesOf(sample)) {
      const root = middleOf(sample, place, anchors.root);
      const spine = middleOf(sample, place, anchors.top).map((value, axis) => value - root[axis]);
      const length = Math.hypot(...spine);
      if (Number.isNaN(length)) continue;
      lengths += length;
      for (const axis of sums.keys()) sums[axis] += spine[axis];
    }
  }
  const most = Math.max(...sums.map(Math.abs));
  return most >= UPRIGHT * lengths && lengths > 0
    ? (['x', 'y', 'z'] as const)[sums.map(Math.abs).indexOf(most)]
    : undefined;
}

/** The leaves of the tree of bones: all, or those that are farthest from the root and, one by one, from those chosen before. */
function extremitiesOf(samples: readonly Sample[], { joints, bones, anchors }: Layout): string[] {
  const parents = new Set(bones.map(([, parent]) => parent));
  const leaves = [...joints.keys()].filter((joint) => !parents.has(joint));
  if (leaves.length <= MOST_EXTREMITIES) return leaves.map((joint) => joints[joint]);
  const distances = leaves.map(
    (leaf) => new Map([...leaves, anchors.root[0]].map((to) => [to, distance(samples, leaf, to)])),
  );
  const chosen = [anchors.root[0]];
  for (let i = 0; i < MOST_EXTREMITIES; i++) {
    const nearest = distances.map((row) => Math.min(...chosen.map((joint) => row.get(joint)!)));
    chosen.push(leaves[nearest.indexOf(Math.max(...nearest))]);
  }
  return chosen.slice(1).map((joint) => joints[joint]);
}

/** Summed distance of two joints. */
function distance(samples: readonly Sample[], a: number, b: number): number {
  let sum = 0;
  for (const sample of samples) {
    for (const place of placesOf(sample)) {
      const from = middleOf(sample, place, [a]);
      sum += Math.hypot(...middleOf(sample, place, [b]).map((value, axis) => value - from[axis])) || 0;
    }
  }
  return sum;
}

/** Where the first person's skeleton starts in the first, middle and last frames. */
function placesOf({ frames, persons, joints }: Sample): number[] {
  return [0, frames >> 1, frames - 1].map((frame) => frame * persons * joints * 3);
}

function middleOf({ positions }: Sample, place: number, joints: readonly number[]): number[] {
  return [0, 1, 2].map((axis) =>
    joints.reduce((sum, joint) => sum + positions[place + joint * 3 + axis] / joints.length, 0),
  );
}

import type { Skeleton, SkeletonSequence } from '../runtime/skeleton/sequence.js';

/** A sequence as it is seen: x to the right, y down, both from −1 to 1 at most, and z towards the viewer; NaN where lost. */
export interface Projection {
  readonly frames: number;
  readonly nodes: number;
  /** [frames][nodes][x, y, z] */
  readonly points: Float32Array;
}

/** An axis of the data, and whether it points the other way. */
interface Axis {
  readonly index: number;
  readonly sign: number;
}

/** The view is turned by so much around the upright axis, in radians, so that depth can be seen. */
const YAW = 0.4;

/** Turns a sequence upright and towards the viewer, whatever the axes of its data set, and fits it into a square. */
export function project(sequence: SkeletonSequence, { anchors }: Skeleton): Projection {
  const { frames, persons, joints, positions } = sequence;
  const nodes = persons * joints;
  const up = mainAxis(meanVector(sequence, anchors.root, anchors.top));
  const side = mainAxis(meanVector(sequence, anchors.right, anchors.left), up.index);
  const front = crossAxis(side, up);
  const points = new Float32Array(positions.length);
  for (let at = 0; at < points.length; at += 3) {
    const [x, y, z] = [side, up, front].map(({ index, sign }) => sign * positions[at + index]);
    points[at] = x * Math.cos(YAW) + z * Math.sin(YAW);
    points[at + 1] = -y;
    points[at + 2] = z * Math.cos(YAW) - x * Math.sin(YAW);
  }
  fitSquare(points);
  return { frames, nodes, points };
}

/** From the mean of some joints of the first person to that of others, over all frames in which they were seen. */
function meanVector(sequence: SkeletonSequence, from: readonly number[], to: readonly number[]): number[] {
  const { frames, persons, joints, positions } = sequence;
  const sum = [0, 0, 0];
  for (let frame = 0; frame < frames; frame++) {
    const base = frame * persons * joints * 3;
    for (const axis of sum.keys()) {
      const mean = (group: readonly number[]) =>
        group.reduce((total, joint) => total + positions[base + joint * 3 + axis], 0) / group.length;
      sum[axis] += mean(to) - mean(from) || 0;
    }
  }
  return sum;
}

/** The axis that a vector points along most, but for one that is taken. */
function mainAxis(vector: readonly number[], taken?: number): Axis {
  const lengths = vector.map((value, index) => (index === taken ? -1 : Math.abs(value)));
  const index = lengths.indexOf(Math.max(...lengths));
  return { index, sign: vector[index] < 0 ? -1 : 1 };
}

function crossAxis(a: Axis, b: Axis): Axis {
  const isCyclic = (a.index + 1) % 3 === b.index;
  return { index: 3 - a.index - b.index, sign: a.sign * b.sign * (isCyclic ? 1 : -1) };
}

/** Moves the middle of all points to 0, and scales them by one number into −1 to 1. */
function fitSquare(points: Float32Array): void {
  const ranges = [0, 1, 2].map((axis) => {
    const values = points.filter((value, at) => at % 3 === axis && !Number.isNaN(value));
    return {
      least: values.reduce((a, b) => Math.min(a, b), Infinity),
      most: values.reduce((a, b) => Math.max(a, b), -Infinity),
    };
  });
  const extent = Math.max(ranges[0].most - ranges[0].least, ranges[1].most - ranges[1].least);
  const scale = extent > 0 ? 2 / extent : 1;
  for (let at = 0; at < points.length; at++) {
    const { least, most } = ranges[at % 3];
    points[at] = (points[at] - (least + most) / 2) * scale;
  }
}

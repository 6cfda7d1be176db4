/** What a recording is like, measured in one pass, so that recordings can be compared with each other. */
import type { Dataset, Sample } from '../dataset.js';

/** A joint that moves further than so many sizes of the skeleton between two frames jumps. */
const JUMP = 0.6;

/** Frames that a joint must stand still to the last digit, while others move, to be called frozen. */
const FROZEN_FRAMES = 10;

export interface Traits {
  /** Mean length of each bone over persons and frames; NaN of a bone never seen. */
  readonly bones: Float64Array;
  /** Side of the box around the first person's skeleton, the longest: median of some frames. */
  readonly size: number;
  /** Least and greatest of each axis. */
  readonly least: readonly number[];
  readonly most: readonly number[];
  /** Frames × joints that are lost, as a share, of the persons that are seen in any frame; 1 where none is. */
  readonly lost: number;
  /** Movements that are too far for one frame, and the first of them. */
  readonly jumps: number;
  readonly firstJump: { readonly frame: number; readonly joint: number } | undefined;
  /** Joints that never move while others do. */
  readonly frozen: readonly number[];
}

/** Measures a recording of sound shape. */
export function traitsOf(sample: Sample, { layout }: Dataset): Traits {
  const { persons, joints, positions } = sample;
  const size = sizeOf(sample);
  const ranges = rangesOf(positions);
  const width = persons * joints * 3;
  const moved = new Uint8Array(persons * joints);
  const lost = new Uint32Array(persons);
  let [jumps, at] = [0, 0];
  let firstJump: Traits['firstJump'];
  const far = (JUMP * size) ** 2;
  for (; at < positions.length; at += 3) {
    if (Number.isNaN(positions[at])) lost[Math.floor((at % width) / (joints * 3))]++;
    if (at < width) continue;
    const before = at - width;
    const x = positions[at] - positions[before];
    const y = positions[at + 1] - positions[before + 1];
    const z = positions[at + 2] - positions[before + 2];
    const squared = x * x + y * y + z * z;
    if (!(squared > 0)) continue;
    const node = (at % width) / 3;
    moved[node] = 1;
    if (squared <= far) continue;
    jumps++;
    firstJump ??= { frame: Math.floor(at / width), joint: node % joints };
  }
  return {
    bones: boneLengths(sample, layout.bones),
    size,
    ...ranges,
    lost: shareLost(lost, positions.length / 3 / persons),
    jumps,
    firstJump,
    frozen: frozenJoints(sample, moved, size, layout.bones),
  };
}

/** @param each frames × joints of a person */
function shareLost(lost: Uint32Array, each: number): number {
  const seen = lost.filter((count) => count < each);
  return seen.length === 0 ? 1 : seen.reduce((sum, count) => sum + count, 0) / (each * seen.length);
}

function boneLengths({ joints, positions }: Sample, bones: readonly (readonly [number, number])[]): Float64Array {
  const sums = new Float64Array(bones.length);
  const counts = new Float64Array(bones.length);
  for (let pose = 0; pose < positions.length; pose += joints * 3) {
    for (let b = 0; b < bones.length; b++) {
      const [child, parent] = [pose + bones[b][0] * 3, pose + bones[b][1] * 3];
      const x = positions[child] - positions[parent];
      const y = positions[child + 1] - positions[parent + 1];
      const z = positions[child + 2] - positions[parent + 2];
      const length = Math.sqrt(x * x + y * y + z * z);
      if (Number.isNaN(length)) continue;
      sums[b] += length;
      counts[b]++;
    }
  }
  return sums.map((sum, b) => sum / counts[b]);
}

/** Frames that a size is taken from. */
const SIZED_FRAMES = 5;

function sizeOf({ frames, persons, joints, positions }: Sample): number {
  const step = Math.max(1, Math.floor(frames / SIZED_FRAMES));
  const sizes: number[] = [];
  for (let frame = 0; frame < frames; frame += step) {
    const start = frame * persons * joints * 3;
    const { least, most } = rangesOf(positions.subarray(start, start + joints * 3));
    const size = Math.max(...most.map((value, axis) => value - least[axis]));
    if (Number.isFinite(size)) sizes.push(size);
  }
  return sizes.toSorted((a, b) => a - b)[sizes.length >> 1] ?? 0;
}

/** Least and greatest of each axis, lost joints apart; of none, infinities. */
export function rangesOf(positions: Float32Array): Pick<Traits, 'least' | 'most'> {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < positions.length; at += 3) {
    for (let axis = 0; axis < 3; axis++) {
      const value = positions[at + axis];
      if (value < least[axis]) least[axis] = value;
      if (value > most[axis]) most[axis] = value;
    }
  }
  return { least, most };
}

/** A joint is frozen if the joint that it hangs from moves by so many sizes of the skeleton. */
const PARENT_MOVES = 0.25;

/** Joints of the first person that are seen and never move, while those that they hang from move far. */
function frozenJoints(
  { frames, persons, joints, positions }: Sample,
  moved: Uint8Array,
  size: number,
  bones: readonly (readonly [number, number])[],
): number[] {
  if (frames < FROZEN_FRAMES) return [];
  const far = (joint: number) => {
    const way = [0, 1, 2].map((axis) => {
      let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let at = joint * 3 + axis; at < positions.length; at += persons * joints * 3) {
        if (positions[at] < least) least = positions[at];
        if (positions[at] > most) most = positions[at];
      }
      return most - least;
    });
    return Math.max(...way) > PARENT_MOVES * size;
  };
  return bones
    .filter(([child, parent]) => moved[child] === 0 && !Number.isNaN(positions[child * 3]) && far(parent))
    .map(([child]) => child);
}

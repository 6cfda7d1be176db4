/**
 * Joints by name: which joint of a recording is which joint of a layout, whatever spelling its producer has.
 *
 * `LEFT_WRIST`, `leftWrist`, `Wrist.L`, `l_wrist` and `WristLeft` are one joint: names are compared as sets of words.
 */
import type { Layout } from './layouts/layout.js';

/** Words that producers write for one another. */
const SYNONYMS: Readonly<Record<string, string>> = {
  l: 'left',
  lt: 'left',
  r: 'right',
  rt: 'right',
  pelvis: 'hip',
  hips: 'hip',
  pinkie: 'pinky',
  little: 'pinky',
};

/** The words of a joint's name in one spelling and order: two names are of the same joint if their keys are equal. */
export function jointKey(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/([A-Za-z])(\d)/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  return words
    .filter((word) => word !== 'finger' || words.length === 1) // INDEX_FINGER_TIP is IndexTIP
    .map((word) => SYNONYMS[word] ?? word)
    .toSorted()
    .join(' ');
}

/** Where each joint of a layout stands among a recording's joints, and which of them the recording lacks. */
export interface JointMatch {
  /** Index into the recording's joints for each joint of the layout; −1 where it lacks. */
  readonly indices: readonly number[];
  readonly missing: readonly string[];
}

/** Finds the joints of a layout by their names. */
export function matchJoints(names: readonly string[], layout: Pick<Layout, 'joints'>): JointMatch {
  const places = new Map<string, number>();
  for (const [index, name] of names.entries()) if (!places.has(jointKey(name))) places.set(jointKey(name), index);
  const indices = layout.joints.map((joint) =>
    names.indexOf(joint) >= 0 ? names.indexOf(joint) : (places.get(jointKey(joint)) ?? -1),
  );
  return { indices, missing: layout.joints.filter((_, joint) => indices[joint] < 0) };
}

/** The layouts all of whose joints a recording has by name, the one with the most joints first. */
export function layoutsWithin<L extends Pick<Layout, 'joints'>>(names: readonly string[], layouts: readonly L[]): L[] {
  return layouts
    .filter((layout) => matchJoints(names, layout).missing.length === 0)
    .toSorted((a, b) => b.joints.length - a.joints.length);
}

/**
 * How much the bones of a skeleton change their lengths, in parts of the mean length of a pose's bones: the median over
 * bones of the deviation by the mean. Bones keep their lengths, so that of several layouts with as many joints the right
 * one has far the least, in one recording as in still poses of many people.
 * @param positions [pose][joint][x, y, z]; poses with a joint of NaN are passed over
 */
export function boneVariation(positions: Float32Array, { joints, bones }: Pick<Layout, 'joints' | 'bones'>): number {
  const width = joints.length * 3;
  const poses: number[][] = [];
  for (let pose = 0; pose < positions.length; pose += width) {
    const lengths = bones.map(([child, parent]) => distance(positions, pose + child * 3, pose + parent * 3));
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    if (mean > 0) poses.push(lengths.map((length) => length / mean));
  }
  const variations = bones.map((_, bone) => variation(poses.map((lengths) => lengths[bone])));
  return variations.toSorted((a, b) => a - b)[variations.length >> 1] ?? 0;
}

function distance(positions: Float32Array, a: number, b: number): number {
  return Math.hypot(
    positions[a] - positions[b],
    positions[a + 1] - positions[b + 1],
    positions[a + 2] - positions[b + 2],
  );
}

function variation(lengths: readonly number[]): number {
  if (lengths.length < 2) return 0;
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const variance = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / lengths.length;
  return mean === 0 ? 0 : Math.sqrt(variance) / mean;
}

/**
 * Which layout the recordings of a folder have: as dataset.json says, as their format says, by the joints' names, or, where
 * numbers alone are there, that of all layouts with so many joints in which the bones keep their lengths.
 */
import { InputError } from '../../core/errors.js';
import { defineLayout } from '../../skeleton/layouts/define.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import { layoutNamed, layouts } from '../../skeleton/layouts/layouts.js';
import { boneVariation, layoutsWithin, matchJoints } from '../../skeleton/match-joints.js';
import type { Recording } from '../formats/recording.js';
import type { LayoutDescription } from './description.js';
import { DESCRIPTION_FILE } from './file-names.js';

/** A recording, and the file that it is from. */
export interface FoundRecording {
  readonly source: string;
  readonly recording: Recording;
  /** Of a segment: what was recorded around it, itself included, the segment's first frame in that, and from which frame of the whole it is. */
  readonly within?: { readonly recording: Recording; readonly first: number; readonly from: number };
}

/** The layout of a set of recordings, and how it was found, in words. */
export interface ResolvedLayout {
  readonly layout: Layout;
  readonly reason: string;
}

/** A guess by bone lengths counts if the next best layout's bones vary so many times as much. */
const CLEARLY_BETTER = 2;

/** @throws InputError where the recordings do not tell their layout, or lack joints of the one that is given */
export function resolveLayout(
  found: readonly FoundRecording[],
  described: string | LayoutDescription | undefined,
  source: string,
): ResolvedLayout {
  if (typeof described === 'string') {
    return { layout: layoutNamed(described, source), reason: `named in ${DESCRIPTION_FILE}` };
  }
  if (described !== undefined)
    return { layout: writtenLayout(described, source), reason: `written in ${DESCRIPTION_FILE}` };
  const [first] = found;
  const { layout, jointNames } = first.recording;
  if (layout !== undefined)
    return { layout: layoutNamed(layout, first.source), reason: 'recordings of this format always have its joints' };
  if (jointNames !== undefined) return byNames(jointNames, first.source);
  return byBones(found);
}

/** A layout of one's own. @throws InputError that names the joint which is wrong */
function writtenLayout({ name, joints, mirror, anchors }: LayoutDescription, source: string): Layout {
  const known = new Set(joints.map(([joint]) => joint));
  const mentioned = [
    ...joints.flatMap(([, parent]) => parent ?? []),
    ...mirror.flat(),
    ...Object.values(anchors).flat(),
  ];
  const unknown = mentioned.find((joint) => !known.has(joint));
  if (unknown !== undefined)
    throw layoutFault(source, 'joints of the layout', `"${unknown}", which is not one of them`);
  if (known.size < joints.length) throw layoutFault(source, 'every joint once', 'a joint twice');
  const roots = joints.filter(([, parent]) => parent === null).length;
  if (roots !== 1) throw layoutFault(source, 'one joint without a parent (the root)', String(roots));
  const loop = joints.find(([joint]) => !leadsToRoot(joint, new Map(joints)));
  if (loop !== undefined) throw layoutFault(source, 'parents that lead to the root', `a cycle at "${loop[0]}"`);
  const partners = new Map([...mirror, ...mirror.map(([a, b]) => [b, a] as const)]);
  if (partners.size < 2 * mirror.filter(([a, b]) => a !== b).length)
    throw layoutFault(source, 'every joint in one pair of mirror', 'a joint in two');
  return defineLayout({
    name,
    joints: joints.map(([joint, parent]) => [joint, parent ?? undefined]),
    anchors,
    opposite: (joint) => partners.get(joint) ?? joint,
  });
}

function leadsToRoot(joint: string, parents: ReadonlyMap<string, string | null>): boolean {
  let at: string | null | undefined = joint;
  for (let steps = 0; steps <= parents.size; steps++) {
    at = parents.get(at!);
    if (at === null || at === undefined) return true;
  }
  return false;
}

function layoutFault(source: string, expected: string, found: string): InputError {
  return new InputError({
    source,
    place: 'layout',
    expected,
    found,
    mend: `Fix "layout" in ${DESCRIPTION_FILE}; see docs/data.md.`,
  });
}

function byNames(names: readonly string[], source: string): ResolvedLayout {
  const [layout] = layoutsWithin(names, layouts);
  if (layout !== undefined) return { layout, reason: 'all of its joints are there by name' };
  throw new InputError({
    source,
    place: 'joints',
    expected: `the joints of a known layout (${layouts.map(({ name }) => name).join(', ')})`,
    found: `${names.length} joints: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''}`,
    mend: `Write the layout into ${DESCRIPTION_FILE}; "anyrate data init" writes a draft of it.`,
  });
}

/** Layouts of one published set, whose reader knows them: nobody's tracker writes them. */
const OF_ONE_SET: readonly string[] = ['fpha-hand', 'shrec-hand-22'];

function byBones(found: readonly FoundRecording[]): ResolvedLayout {
  const [{ recording, source }] = found;
  const candidates = layouts.filter(
    ({ name, joints }) => joints.length === recording.joints && !OF_ONE_SET.includes(name),
  );
  const ranked = candidates
    .map((layout) => ({ layout, variation: variationIn(found, layout) }))
    .toSorted((a, b) => a.variation - b.variation);
  const [best, next] = ranked;
  const percent = (value: number) => `${(value * 100).toFixed(0)} %`;
  if (ranked.length === 1)
    return { layout: best.layout, reason: `the one layout with ${recording.joints} joints that trackers write` };
  if (ranked.length > 1 && best.variation * CLEARLY_BETTER < next.variation) {
    const reason = `its bones change their length by ${percent(best.variation)}, those of ${next.layout.name} by ${percent(next.variation)}`;
    return { layout: best.layout, reason };
  }
  throw new InputError({
    source,
    place: 'joints',
    expected: 'joints with names, or a number of joints that one layout has',
    found:
      candidates.length === 0
        ? `${recording.joints} joints, which no layout has`
        : `${recording.joints} joints: ${candidates.map(({ name }) => name).join(' or ')}`,
    mend: `Name the layout in ${DESCRIPTION_FILE}; "anyrate data init" writes a draft of the file.`,
  });
}

/** Recordings that a guess looks at, and frames of each. */
const LOOKED_AT = { recordings: 200, frames: 20 };

function variationIn(found: readonly FoundRecording[], layout: Layout): number {
  const width = layout.joints.length * 3;
  const poses = found
    .filter(({ recording }) => recording.joints === layout.joints.length)
    .slice(0, LOOKED_AT.recordings)
    .map(({ recording }) => firstPerson(recording).subarray(0, LOOKED_AT.frames * width));
  const all = new Float32Array(poses.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const pose of poses) {
    all.set(pose, at);
    at += pose.length;
  }
  return boneVariation(all, layout);
}

function firstPerson({ frames, persons, joints, positions }: Recording): Float32Array {
  if (persons === 1) return positions;
  const width = joints * 3;
  const first = new Float32Array(frames * width);
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * persons * width;
    first.set(positions.subarray(start, start + width), frame * width);
  }
  return first;
}

/**
 * The positions of a recording in the joints of a layout.
 * @throws InputError with the joints that the recording lacks
 */
export function inLayout(one: FoundRecording, layout: Layout): Float32Array {
  const { recording } = one;
  const indices = checkJoints(one, layout);
  const isSame = recording.joints === layout.joints.length && indices.every((index, joint) => index === joint);
  return isSame ? recording.positions : picked(recording, indices);
}

/**
 * The number of each joint of a layout among those of a recording.
 * @throws InputError with the joints that the recording lacks
 */
export function checkJoints({ source, recording }: FoundRecording, layout: Layout): readonly number[] {
  const names = jointNamesOf(recording, layout, source);
  if (names === layout.joints) return names.map((_, joint) => joint);
  const { indices, missing } = matchJoints(names, layout);
  if (missing.length > 0) throw lacking(source, layout, missing);
  return indices;
}

function jointNamesOf(
  { layout: name, jointNames, joints }: Recording,
  layout: Layout,
  source: string,
): readonly string[] {
  if (jointNames !== undefined) return jointNames;
  if (name !== undefined && name !== layout.name) return layoutNamed(name, source).joints;
  if (joints === layout.joints.length) return layout.joints;
  throw new InputError({
    source,
    place: 'joints',
    expected: `the ${layout.joints.length} joints of ${layout.name}`,
    found: `${joints} joints without names`,
    mend: 'Check the file, or leave it out.',
  });
}

function lacking(source: string, layout: Layout, missing: readonly string[]): InputError {
  return new InputError({
    source,
    place: 'joints',
    expected: `all joints of ${layout.name}`,
    found: `none called ${missing.slice(0, 8).join(', ')}${missing.length > 8 ? `, … (${missing.length})` : ''}`,
    mend: 'Use recordings of the same tracker, or leave this file out.',
  });
}

function picked({ frames, persons, joints, positions }: Recording, indices: readonly number[]): Float32Array {
  const result = new Float32Array(frames * persons * indices.length * 3);
  for (let pose = 0; pose < frames * persons; pose++) {
    for (const [joint, index] of indices.entries()) {
      const from = (pose * joints + index) * 3;
      result.set(positions.subarray(from, from + 3), (pose * indices.length + joint) * 3);
    }
  }
  return result;
}

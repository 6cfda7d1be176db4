/** A first dataset.json: what the files show, for a person to look through and to mend. */
import { InputError } from '../../core/errors.js';
import { formatCounted } from '../../core/format.js';
import { layouts } from '../../skeleton/layouts/layouts.js';
import type { RecordingFile } from '../formats/format.js';
import type { Recording } from '../formats/recording.js';
import type { LayoutDescription, Place } from './description.js';
import { namesComeBack } from './identify.js';
import { areParts } from './parts.js';
import { readFiles } from './read-files.js';
import { type FoundRecording, resolveLayout } from './resolve-layout.js';

/** A description, and what a person should know of it. */
export interface Draft {
  readonly description: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/**
 * @param layout name of the layout, where the files do not tell
 * @throws InputError where no file is a recording, or a file is broken
 */
export async function draftDescription(
  files: readonly RecordingFile[],
  source: string,
  layout?: string,
): Promise<Draft> {
  const { found } = await readFiles(files);
  if (found.length === 0) throw nothingFound(files, source);
  const paths = found.map((one) => one.source);
  const drafted = layout === undefined ? draftLayout(found) : { layout, notes: [] };
  const classPlace = placeOfClass(found);
  const subject = placeOfSubject(paths, classPlace);
  const { unit, framesPerSecond, seconds } = found[0].recording;
  const isTimed = seconds !== undefined || framesPerSecond !== undefined;
  const description = {
    layout: drafted.layout,
    unit: unit ?? undefined,
    framesPerSecond,
    class: classPlace,
    subject,
  };
  return {
    description: Object.fromEntries(Object.entries(description).filter(([, value]) => value !== undefined)),
    notes: [
      ...drafted.notes,
      ...(subject === undefined && found.every(({ recording }) => recording.subject === undefined)
        ? ['Nothing shows who performs: add "subject" if you know, so that the network is tested on new people.']
        : []),
      ...(isTimed ? [] : ['Nothing shows the time: add "framesPerSecond" if you know it.']),
      ...(unit === undefined ? ['Nothing shows the unit: add "unit" if you know it.'] : []),
    ],
  };
}

interface DraftLayout {
  readonly layout: string | LayoutDescription;
  readonly notes: readonly string[];
}

/** The layout that is recognised; else the likeliest, or one written out from what is known of the joints. */
function draftLayout(found: readonly FoundRecording[]): DraftLayout {
  try {
    const { layout, reason } = resolveLayout(found, undefined, '');
    return { layout: layout.name, notes: [`Joints as ${layout.name}: ${reason}.`] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  const [{ recording }] = found;
  const candidates = recording.jointNames ? [] : layouts.filter(({ joints }) => joints.length === recording.joints);
  if (candidates.length === 0) return writtenOut(recording);
  const names = candidates.map(({ name }) => name);
  const note = `${recording.joints} joints may be ${names.join(' or ')}: "layout" says ${names[0]}, which you should check.`;
  return { layout: names[0], notes: [note] };
}

function writtenOut({ joints, jointNames, parents }: Recording): DraftLayout {
  const names = jointNames ?? Array.from({ length: joints }, (_, joint) => `joint${joint}`);
  const parentOf = (joint: number) => {
    const parent = parents?.[joint] ?? (joint === 0 ? -1 : 0);
    return parent < 0 ? null : names[parent];
  };
  const [root, top = names[0], left = top, right = left] = names;
  const layout: LayoutDescription = {
    name: 'mine',
    joints: names.map((name, joint) => [name, parentOf(joint)]),
    mirror: mirrorPairs(names),
    anchors: { root: [root], top: [top], left: [left], right: [right] },
  };
  const known = parents === undefined ? '"joints" (each with its parent), ' : '';
  return { layout, notes: [`The layout is a draft: check ${known}"mirror" and "anchors".`] };
}

/** Names that differ in left and right alone. */
function mirrorPairs(names: readonly string[]): [string, string][] {
  return names.flatMap((name): [string, string][] => {
    const partner = name
      .replace(/left/i, (side) => (side[0] === 'L' ? (side === 'LEFT' ? 'RIGHT' : 'Right') : 'right'))
      .replace(/^(L)(?=[_A-Z])/, 'R')
      .replace(/^l(?=_)/, 'r')
      .replace(/_l$/, '_r')
      .replace(/_L$/, '_R');
    return partner !== name && names.includes(partner) ? [[name, partner]] : [];
  });
}

/** Where classes are written, if not in the first level of folders or in the files. */
function placeOfClass(found: readonly FoundRecording[]): Place | undefined {
  if (found.every(({ source, recording }) => source.includes('/') || recording.label !== undefined)) return undefined;
  return { pattern: '(?:^|/)([A-Za-z]+)[^/]*$' };
}

/** Ways in which people number or name performers in file names, the most telling first. */
const SUBJECT_PATTERNS = [
  '(?:^|[/_.-])((?:subject|subj|person|user|actor|performer)[_-]?[A-Za-z0-9]+)(?=[/_.-])',
  '(?:^|[/_.-])([sSpP]\\d+)(?=[/_.-])',
  '[SC]\\d+(P\\d+)R\\d+A\\d+',
  '/([A-Za-z]+\\d*)[_-][^/]*$',
];

/** Where performers are written: names that come back in several classes. */
function placeOfSubject(paths: readonly string[], classPlace: Place | undefined): Place | undefined {
  if (areParts(paths)) return undefined;
  if (classPlace === undefined && namesComeBack(paths)) return { folder: 2 };
  const pattern = SUBJECT_PATTERNS.find((one) => tellsPeople(new RegExp(one), paths));
  return pattern === undefined ? undefined : { pattern };
}

/** Whether a pattern finds somebody in every path, several people, and most of them in more than one class. */
function tellsPeople(pattern: RegExp, paths: readonly string[]): boolean {
  const classes = new Map<string, Set<string>>();
  for (const path of paths) {
    const name = pattern.exec(path)?.[1];
    if (name === undefined) return false;
    classes.set(name, (classes.get(name) ?? new Set()).add(path.split('/')[0]));
  }
  const several = [...classes.values()].filter(({ size }) => size > 1).length;
  return classes.size > 1 && several * 2 > classes.size;
}

function nothingFound(files: readonly RecordingFile[], source: string): InputError {
  return new InputError({
    source,
    expected: 'recordings in one of the formats of docs/data.md',
    found: files.length === 0 ? 'no files' : `${formatCounted(files.length, 'file')}, none of which is one`,
    mend: 'Check the path, or export the recordings in another format.',
  });
}

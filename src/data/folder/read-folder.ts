/**
 * A folder as a data set: <class>/<any name>, one recording a file or several, in any format, mixed if need be; and
 * dataset.json, which says what cannot be seen.
 */
import { InputError } from '../../core/errors.js';
import { formatCounted } from '../../core/format.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { FRAMES_PER_SECOND } from '../../runtime/stream/one-euro.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import { type Finding, finding } from '../check/finding.js';
import { oddClasses } from '../check/odd-classes.js';
import type { Dataset, Sample, SkippedFile } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { areElsewhere, type KeepPositions, keepInMemory, readingPositions, withFacts } from '../positions-elsewhere.js';
import { compareCodeUnits } from '../published/published-set.js';
import { type Description, type FolderDescription, readDescription } from './description.js';
import { DESCRIPTION_FILE } from './file-names.js';
import { folderSplits } from './folder-splits.js';
import { createIdentifier, type Identifier, type Identity } from './identify.js';
import type { KnownBefore } from './known-before.js';
import { nothingAmong, nothingInWords } from './nothing.js';
import { readFiles } from './read-files.js';
import { checkJoints, type FoundRecording, inLayout, resolveLayout } from './resolve-layout.js';
import { cutSegments } from './segments.js';
import { toPositions } from './to-positions.js';

/** A recording with what is known of it apart from its positions. */
interface IdentifiedRecording extends FoundRecording {
  readonly id: string;
  readonly identity: Identity;
}

/**
 * Reads a folder of recordings.
 * @param source the folder's name, for error messages
 * @throws InputError where a file is broken, a fact is lacking, or the recordings are of different skeletons
 */
export async function readRecordingFolder(
  files: readonly RecordingFile[],
  source: string,
  before: KnownBefore = {},
  keep: KeepPositions = keepInMemory,
): Promise<Dataset> {
  const described = withKnown(await readDescription(files, source), before);
  const set = described.description.name ?? nameOf(source);
  const { found, skipped } = await readFiles(
    files.filter(({ path }) => isRecording(path, described)),
    keep,
  );
  if (found.length === 0) throw noRecordings(files, source);
  const segments = cutSegments(found, described, set);
  const { identify, warnings } = await createIdentifier(
    described,
    segments.found.map((one) => one.source),
    { set, source: `${source}/${DESCRIPTION_FILE}`, unnamed: before.class },
  );
  const recordings = identified(segments.found, identify);
  const classes = classesOf(recordings, described.description, source);
  if (before.class === undefined) checkClasses(classes, described.description, source);
  const dataset = assembleDataset(recordings, skipped, { classes, description: described.description, source });
  return {
    ...dataset,
    warnings: [
      ...idlePatterns(files, described.description, set),
      ...segments.warnings,
      ...warnings,
      ...oddClasses(dataset),
    ],
    remarks: found.flatMap(({ source: id, recording: { notes = [] } }) => notes.map((remark) => ({ id, remark }))),
  };
}

function withKnown({ description, tables }: FolderDescription, { layout, persons }: KnownBefore): FolderDescription {
  const completed = {
    ...description,
    layout: description.layout ?? layout,
    persons: description.persons ?? persons,
  };
  return { description: completed, tables };
}

/** Whether a file is none of those that describe the folder, and not left out. */
export function isRecording(path: string, { description, tables }: FolderDescription): boolean {
  if (path === DESCRIPTION_FILE || Object.hasOwn(tables, path)) return false;
  return !description.leaveOut.some((pattern) => isLike(path, pattern));
}

/** Whether a path is like a pattern in which * stands for anything. */
function isLike(path: string, pattern: string): boolean {
  const [first, ...parts] = pattern.replaceAll('\\', '/').split('*');
  const last = parts.pop();
  if (last === undefined) return path === first;
  let at = path.startsWith(first) ? first.length : -1;
  for (const part of parts) at = at < 0 ? at : endOf(path, part, at);
  return at >= 0 && path.length - last.length >= at && path.endsWith(last);
}

/** Where the first `part` from a place on ends; −1 where there is none. */
function endOf(path: string, part: string, from: number): number {
  const start = path.indexOf(part, from);
  return start < 0 ? -1 : start + part.length;
}

/** Patterns of files to leave out that no file is like. */
function idlePatterns(files: readonly RecordingFile[], { leaveOut }: Description, set: string): Finding[] {
  return leaveOut
    .filter((pattern) => !files.some(({ path }) => isLike(path, pattern)))
    .map((pattern) => finding('warning', 'leave-out', { set }, `"${pattern}", which no file is like`));
}

function identified(found: readonly FoundRecording[], identify: Identifier['identify']): IdentifiedRecording[] {
  return found
    .map((one) => ({
      ...one,
      id: one.recording.part === '' ? one.source : `${one.source}#${one.recording.part}`,
      identity: identify(one.source, one.recording),
    }))
    .toSorted((a, b) => compareCodeUnits(a.id, b.id));
}

interface FolderFacts {
  readonly classes: readonly string[];
  readonly description: Description;
  readonly source: string;
}

function assembleDataset(
  recordings: readonly IdentifiedRecording[],
  skipped: readonly SkippedFile[],
  { classes, description, source }: FolderFacts,
): Dataset {
  const { layout, reason } = resolveLayout(recordings, description.layout, `${source}/${DESCRIPTION_FILE}`);
  const persons = description.persons ?? Math.max(...recordings.map(({ recording }) => recording.persons));
  const samples = recordings.map((one) => toSample(one, { layout, classes, persons, description }));
  const { unit = description.unit ?? 'normalised' } = recordings[0].recording;
  const name = description.name ?? nameOf(source);
  return {
    name,
    title: description.title ?? `recordings in ${name}`,
    licence: description.licence ?? '',
    citation: description.citation ?? '',
    layout,
    persons,
    unit: description.unit ?? unit,
    dimensions: recordings.some(({ recording }) => recording.dimensions === 3) ? 3 : 2,
    classes,
    nothing: nothingAmong(classes, description),
    samples,
    splits: folderSplits(samples, recordings, description, source),
    skipped,
    note: `Joints as ${layout.name}: ${reason}.${nothingInWords(classes, description)}`,
  };
}

/** The name of a data set that is given none: that of its folder. */
function nameOf(source: string): string {
  return (
    source
      .split(/[\\/]/)
      .filter((part) => part !== '' && part !== '.')
      .at(-1) ?? 'recordings'
  );
}

function classesOf(
  recordings: readonly IdentifiedRecording[],
  { classes, nothing }: Description,
  source: string,
): string[] {
  const found = [...new Set(recordings.map(({ identity }) => identity.label))].toSorted(compareCodeUnits);
  const where = `${source}/${DESCRIPTION_FILE}`;
  const known = classes ?? found;
  const unknown = [...found, ...(nothing ?? [])].find((name) => !known.includes(name));
  if (unknown !== undefined) throw classFault(where, `one of the classes ${known.join(', ')}`, `"${unknown}"`);
  return [...known];
}

/** @throws InputError unless there are two classes, one of which means something */
function checkClasses(classes: readonly string[], description: Description, source: string): void {
  if (classes.length < 2)
    throw classFault(source, 'recordings of two classes or more', `recordings of one class, ${classes[0]}`);
  const nothing = nothingAmong(classes, description);
  if (classes.some((name) => !nothing.includes(name))) return;
  const found = `only ${classes.join(', ')}, which mean nothing`;
  throw classFault(`${source}/${DESCRIPTION_FILE}`, 'a class that means something', found);
}

function classFault(source: string, expected: string, found: string): InputError {
  const mend =
    'Put each recording into a folder named after its class, <class>/<file>, or say in dataset.json where its class is written.';
  return new InputError({ source, place: 'classes', expected, found, mend });
}

interface SampleContext {
  readonly layout: Layout;
  readonly classes: readonly string[];
  readonly persons: number;
  readonly description: Description;
}

function toSample(one: IdentifiedRecording, context: SampleContext): Sample {
  const { id, identity, within } = one;
  const facts = { id, label: context.classes.indexOf(identity.label), subject: identity.subject };
  const sample = withFacts(toSequence(one, context), facts);
  if (within === undefined) return sample;
  const sequence = toSequence({ ...one, ...within }, context);
  return withFacts(sample, { within: { first: within.first, begin: beginOf(within, context.description), sequence } });
}

/** Of a part of a recording without time stamps, whose times begin at 0 as if it were the whole. */
function beginOf({ recording, from }: NonNullable<FoundRecording['within']>, description: Description): number {
  const { framesPerSecond = description.framesPerSecond ?? FRAMES_PER_SECOND } = recording;
  return recording.seconds === undefined ? from / framesPerSecond : 0;
}

function toSequence(one: FoundRecording, { layout, persons, description }: SampleContext): SkeletonSequence {
  const { recording } = one;
  const { frames, seconds, framesPerSecond = description.framesPerSecond } = recording;
  const positions = () => toPositions({ positions: inLayout(one, layout), recording, layout, persons, description });
  const shape = { frames, persons, joints: layout.joints.length };
  checkJoints(one, layout);
  const sequence = areElsewhere(recording) ? readingPositions(shape, positions) : { ...shape, positions: positions() };
  const times =
    seconds ??
    (framesPerSecond === undefined
      ? undefined
      : Float64Array.from({ length: frames }, (_, frame) => frame / framesPerSecond));
  return times === undefined ? sequence : withFacts(sequence, { seconds: times });
}

function noRecordings(files: readonly RecordingFile[], source: string): InputError {
  return new InputError({
    source,
    expected: 'recordings: <class>/<any name> in one of the formats of docs/data.md',
    found:
      files.length === 0
        ? 'no files'
        : `${formatCounted(files.length, 'file')} such as ${files[0].path}, none of which is one`,
    mend: 'Check the path, or export the recordings in another format.',
  });
}

import { InputError } from '../../core/errors.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import type { Dataset, Sample, SkippedFile, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { readRecordings } from '../formats/open.js';
import type { Recording } from '../formats/recording.js';
import { decodeText } from '../formats/text.js';
import { type KeepPositions, keepInMemory } from '../positions-elsewhere.js';
import { type Identity, identifyAll, type PublishedSet } from './published-set.js';

/** A published set of files that each hold one recording in a format that is told by its content. */
export interface RecordedSet {
  readonly name: string;
  readonly title: string;
  readonly example: string;
  readonly file: RegExp;
  readonly licence: string;
  readonly citation: string;
  readonly layout: Layout;
  readonly persons: number;
  readonly unit: Dataset['unit'];
  readonly classes: readonly string[];
  /** What the path of a sequence file tells, by the groups of `file`. */
  identify(groups: readonly string[], path: string): Identity;
  /** Whether a text says that nobody was found; of sets that have such files. */
  readonly isEmpty?: RegExp;
  splits(samples: readonly Sample[], entries: readonly RecordingFile[]): Promise<Split[]>;
}

/** The set with its reader: sequences in the order of their ids, each with the same number of persons. */
export function recordedSet(set: RecordedSet): PublishedSet {
  const { name, title, example, file, licence, citation, layout, persons, unit, classes } = set;
  const published: PublishedSet = { name, title, example, matches: (path) => file.test(path), read };
  return published;

  async function read(entries: readonly RecordingFile[], keep: KeepPositions = keepInMemory): Promise<Dataset> {
    const samples: Sample[] = [];
    const skipped: SkippedFile[] = [];
    const identify = (path: string) => set.identify(file.exec(path)!, path);
    for (const { entry, identity } of identifyAll(published, entries, identify)) {
      const { id, label, subject, leftOut } = identity;
      const isRead = leftOut === undefined && !(await isEmpty(entry, set.isEmpty));
      const recording = isRead ? await onlyRecording(entry, layout) : undefined;
      if (recording === undefined) skipped.push({ id, reason: leftOut ?? 'nobody is seen in it' });
      else samples.push(keep({ id, label, subject, ...withPersons(recording, persons) }));
    }
    const facts = { name, title, licence, citation, layout, persons, unit, classes };
    return { ...facts, samples, splits: await set.splits(samples, entries), skipped };
  }
}

/** A file without anybody is short: frames of no bodies. */
const MOST_EMPTY_BYTES = 1 << 13;

async function isEmpty(file: RecordingFile, pattern: RegExp | undefined): Promise<boolean> {
  if (pattern === undefined || file.bytes > MOST_EMPTY_BYTES) return false;
  return pattern.test(decodeText(await file.read()));
}

/** The one recording of a file; undefined if nobody is in it. */
async function onlyRecording(file: RecordingFile, layout: Layout): Promise<Recording | undefined> {
  const recordings: Recording[] = [];
  for await (const recording of readRecordings(file)) recordings.push(recording);
  const [recording] = recordings;
  if (recordings.length > 1) throw unfit(file, 'one recording', String(recordings.length));
  if (recording === undefined || !recording.positions.some((value) => !Number.isNaN(value))) return undefined;
  if (recording.joints !== layout.joints.length) {
    throw unfit(file, `the ${layout.joints.length} joints of ${layout.name}`, String(recording.joints));
  }
  return recording;
}

/** A recording with room for so many persons: those beyond are left out, those that lack are lost throughout. */
export function withPersons(
  { frames, persons: found, joints, positions }: Recording,
  persons: number,
): SkeletonSequence {
  if (found === persons) return { frames, persons, joints, positions };
  const width = joints * 3;
  const fitted = new Float32Array(frames * persons * width).fill(Number.NaN);
  const kept = Math.min(found, persons) * width;
  for (let t = 0; t < frames; t++) {
    fitted.set(positions.subarray(t * found * width, t * found * width + kept), t * persons * width);
  }
  return { frames, persons, joints, positions: fitted };
}

function unfit(file: RecordingFile, expected: string, found: string): InputError {
  return new InputError({ source: file.path, expected, found, mend: 'Leave the file out.' });
}

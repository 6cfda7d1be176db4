import { checksum } from '../core/bytes.js';
import { crc32 } from '../runtime/file/container.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import type { Layout } from '../skeleton/layouts/layout.js';
import type { Finding } from './check/finding.js';
import type { Unit } from './formats/recording.js';

/** One labelled sequence of a data set. */
export interface Sample extends SkeletonSequence {
  /** File name or path inside the data set. */
  readonly id: string;
  /** Index into the data set's classes. */
  readonly label: number;
  /** Who performs (`102`), or the pair of performers (`s01s02`); splits keep subjects apart. Empty if nobody knows. */
  readonly subject: string;
  /** Frames of the recording, where fewer are kept; see `Dataset.note`. */
  readonly recordedFrames?: number;
  /**
   * Of a segment: what was recorded around it, itself included, and its first frame in that; and the seconds from the start of the
   * recording to time 0 of the sequence, 0 by default.
   */
  readonly within?: { readonly sequence: SkeletonSequence; readonly first: number; readonly begin?: number };
}

/** Who or what is never in both parts of a derived split. */
export type Apart = 'subjects' | 'sittings' | 'nothing';

/** A train/test division; indices into `Dataset.samples`. */
export interface Split {
  readonly name: string;
  /** One line: who trains, who tests, whose protocol it is. */
  readonly description: string;
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** What a split that nobody published keeps on one side; of published ones, not said. */
  readonly apart?: Apart | undefined;
}

/** A file of the data set that was left out, and why. */
export interface SkippedFile {
  readonly id: string;
  readonly reason: string;
}

/** Recorded sequences of one layout with their labels, and ways to divide them into training and test parts. */
export interface Dataset {
  /** `irds`, `sbu` and so on where a published set was recognised; else as dataset.json or the folder is called. */
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  readonly layout: Layout;
  readonly persons: number;
  readonly unit: Unit;
  /** 2 where z is 0 throughout; by default 3. */
  readonly dimensions?: 2 | 3;
  readonly classes: readonly string[];
  /** Classes that mean nothing: background, rest. */
  readonly nothing?: readonly string[];
  /** Where nobody knows who performs: subjects are groups of recordings that splits keep apart, and no people. */
  readonly performers?: 'unknown';
  readonly samples: readonly Sample[];
  /** The first split is the default one. */
  readonly splits: readonly Split[];
  readonly skipped: readonly SkippedFile[];
  /** What its reader found that a person should look at. */
  readonly warnings?: readonly Finding[];
  /** What readers said of single recordings, such as which columns were left out. */
  readonly remarks?: readonly { readonly id: string; readonly remark: string }[];
  /** How the sequences differ from the published ones, if they do. */
  readonly note?: string;
}

const known = new WeakMap<Dataset, string>();

/** Tells data sets apart by the names, labels and coordinates of their sequences. */
export function fingerprint(dataset: Dataset): string {
  const made = known.get(dataset) ?? checksum(JSON.stringify(dataset.samples.map(factsOf)));
  known.set(dataset, made);
  return made;
}

function factsOf({ id, label, frames, positions }: Sample): readonly (string | number)[] {
  const { buffer, byteOffset, byteLength } = positions;
  return [id, label, frames, crc32(new Uint8Array(buffer, byteOffset, byteLength))];
}

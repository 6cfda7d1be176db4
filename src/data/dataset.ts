import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import type { Layout } from '../skeleton/layouts/layout.js';

/** One labelled sequence of a data set. */
export interface Sample extends SkeletonSequence {
  /** File name or path inside the data set. */
  readonly id: string;
  /** Index into the data set's classes. */
  readonly label: number;
  /** Who performs (`102`), or the pair of performers (`s01s02`); splits keep subjects apart. */
  readonly subject: string;
  /** Frames of the recording, where fewer are kept; see `Dataset.note`. */
  readonly recordedFrames?: number;
}

/** A train/test division; indices into `Dataset.samples`. */
export interface Split {
  readonly name: string;
  /** One line: who trains, who tests, whose protocol it is. */
  readonly description: string;
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** A file of the data set that was left out, and why. */
export interface SkippedFile {
  readonly id: string;
  readonly reason: string;
}

/** Recorded sequences of one layout with their labels, and ways to divide them into training and test parts. */
export interface Dataset {
  /** `irds`, `ui-prmd`, `sbu`, `fpha`: the format that was recognised. */
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  readonly layout: Layout;
  readonly persons: number;
  readonly unit: 'metre' | 'millimetre' | 'normalised';
  readonly classes: readonly string[];
  readonly samples: readonly Sample[];
  /** The first split is the default one. */
  readonly splits: readonly Split[];
  readonly skipped: readonly SkippedFile[];
  /** How the sequences differ from the published ones, if they do. */
  readonly note?: string;
}

// What the page asks of the engine, the worker in which all of anyrate runs.
import type { Finding, RateResult, ReportRow, SkippedFile } from 'anyrate/browser';
import type { Clip } from './clip.js';
import type { Project, ProjectData } from './project.js';

/** Recordings from files, of one layout. */
export interface Imported extends Pick<Project, 'title' | 'licence' | 'persons' | 'unit' | 'classes' | 'nothing'> {
  readonly layout: NonNullable<Project['layout']>;
  readonly clips: readonly Omit<Clip, 'id'>[];
  readonly skipped: readonly SkippedFile[];
}

/** A file, and its path in what was dropped or chosen. */
export interface PlacedFile {
  readonly path: string;
  readonly file: File;
}

/** A project file, or an archive of recordings. */
export type Opened =
  | { readonly type: 'project'; readonly data: ProjectData }
  | { readonly type: 'recordings'; readonly imported: Imported };

/** What a check finds. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Who tests, in a sentence of anyrate. */
  readonly split: string;
}

/** A training that is not finished: enough to go on with it to the bit. */
export interface TrainingKept {
  /** The recipe that was chosen, as JSON. */
  readonly recipe: string;
  readonly epoch: number;
  readonly epochs: number;
  /** Undefined until the first epochs are done. */
  readonly checkpoint: Uint8Array | undefined;
}

/** What happens in a training. */
export type TrainingEvent =
  | { readonly type: 'trial'; readonly trials: number }
  | { readonly type: 'start'; readonly epoch: number; readonly epochs: number; readonly threads: number }
  | { readonly type: 'epoch'; readonly epoch: number; readonly epochs: number; readonly loss: number }
  | { readonly type: 'evaluation'; readonly epoch: number; readonly results: readonly RateResult[] }
  | { readonly type: 'checkpoint'; readonly kept: TrainingKept };

/** A trained network and what is known of it. */
export interface Trained {
  /** The file, `.anyrate`. */
  readonly model: Uint8Array;
  readonly recipe: string;
  readonly seconds: number;
  /** One a rate of the report, with confusion. */
  readonly rows: readonly ReportRow[];
  /** Ids of the clips that tested. */
  readonly tested: readonly string[];
}

/** A file to keep. */
export interface ShippedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface EngineCalls {
  readonly import: {
    readonly in: { readonly files: readonly PlacedFile[] };
    readonly event: never;
    readonly out: Imported;
  };
  readonly ready: { readonly in: { readonly bytes: Uint8Array }; readonly event: never; readonly out: Imported };
  readonly layout: { readonly in: { readonly name: string }; readonly event: never; readonly out: Imported['layout'] };
  readonly open: { readonly in: { readonly file: File }; readonly event: never; readonly out: Opened };
  readonly save: { readonly in: ProjectData; readonly event: never; readonly out: Uint8Array };
  readonly check: { readonly in: ProjectData; readonly event: never; readonly out: Checked };
  readonly train: {
    readonly in: { readonly data: ProjectData; readonly kept: TrainingKept | undefined; readonly threads: number };
    readonly event: TrainingEvent;
    /** Undefined where it was stopped. */
    readonly out: Trained | undefined;
  };
  readonly measure: {
    readonly in: { readonly data: ProjectData; readonly model: Uint8Array; readonly rates: readonly number[] };
    readonly event: never;
    readonly out: readonly ReportRow[];
  };
  readonly ship: {
    readonly in: {
      readonly data: ProjectData;
      readonly model: Uint8Array;
      readonly rate: number;
      readonly format: string;
    };
    readonly event: never;
    readonly out: readonly ShippedFile[];
  };
}

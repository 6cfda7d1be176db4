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
  /** Who performs in the recordings that test, and in those that train; empty names where nobody said. */
  readonly testers: readonly string[];
  readonly trainers: readonly string[];
}

/** A training that is not finished: enough to go on with it to the bit. */
export interface TrainingKept {
  /** The recipe that was chosen, as JSON. */
  readonly recipe: string;
  readonly epoch: number;
  readonly epochs: number;
  /** Undefined until the first epochs are done. */
  readonly checkpoint: Uint8Array | undefined;
  /** It began with a network that was trained before. */
  readonly isOn: boolean;
}

/** What happens in a training. */
export type TrainingEvent =
  | { readonly type: 'trial'; readonly trials: number }
  | { readonly type: 'start'; readonly epoch: number; readonly epochs: number; readonly threads: number }
  | { readonly type: 'epoch'; readonly epoch: number; readonly epochs: number; readonly loss: number }
  | { readonly type: 'evaluation'; readonly epoch: number; readonly results: readonly RateResult[] }
  | { readonly type: 'checkpoint'; readonly kept: TrainingKept };

/** What a least probability means for a stream. */
export interface Sureness {
  readonly confidence: number;
  /** False alarms in a minute of ordinary motion; undefined where none was recorded. */
  readonly alarms: number | undefined;
  /** Share of the movements that tested which the recogniser does not find. */
  readonly missed: number;
}

/** Least probabilities that a person can choose from. */
export interface Choices {
  /** From the least sure to the surest. */
  readonly rows: readonly Sureness[];
  /** Of ordinary motion. */
  readonly seconds: number;
  /** Whether the network was not trained on that. */
  readonly isNew: boolean;
}

/** A trained network and what is known of it. */
export interface Trained {
  /** The file, `.anyrate`, as it is in Node. */
  readonly model: Uint8Array;
  readonly recipe: string;
  readonly seconds: number;
  /** One a rate of the report, with confusion. */
  readonly rows: readonly ReportRow[];
  /** Ids of the clips that tested. */
  readonly tested: readonly string[];
  /** What it was trained and tested on, by `recordingsOf`. */
  readonly recordings: string;
  /** It was trained on from an earlier network: Node makes another one of the same recordings. */
  readonly isOn: boolean;
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
    readonly in: {
      readonly data: ProjectData;
      readonly kept: TrainingKept | undefined;
      readonly threads: number;
      /** A network to start from, where nothing is kept. */
      readonly from: Pick<Trained, 'model' | 'recipe'> | undefined;
    };
    readonly event: TrainingEvent;
    /** Undefined where it was stopped. */
    readonly out: Trained | undefined;
  };
  readonly measure: {
    readonly in: { readonly data: ProjectData; readonly model: Uint8Array; readonly rates: readonly number[] };
    readonly event: never;
    readonly out: readonly ReportRow[];
  };
  readonly choices: {
    readonly in: {
      readonly data: ProjectData;
      readonly model: Uint8Array;
      readonly rate: number;
      readonly tested: readonly string[];
    };
    readonly event: never;
    readonly out: Choices;
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

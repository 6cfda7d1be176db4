import type { Model } from '../model/model.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';

/** What may be chosen of an export; each format names those that it knows. */
export interface ExportOptions {
  /** What identifiers inside start with, where there are any; by default the recipe's name. */
  readonly name?: string;
  /** Leave out nodes, channels, heads and units that cannot influence an answer. */
  readonly compact?: boolean;
  /** What the exported network takes: frames of positions (default), or the features made of them. */
  readonly input?: 'sequence' | 'features';
  /** How weights are stored. */
  readonly weights?: 'float' | 'int8';
  /** A recording that is shown. */
  readonly recording?: NamedSequence;
}

/** A recorded sequence, and what to call it. */
export interface NamedSequence {
  readonly name: string;
  readonly sequence: SkeletonSequence;
}

/** A model in another format. */
export interface Exported {
  /** Contents of its files, in the order of the exporter's extensions. */
  readonly files: readonly Uint8Array[];
  /** Weights in it that are not zero. */
  readonly nonzeros: number;
  /** Multiply-accumulates that its network does for one sequence; where it is dense, those with zeros too. */
  readonly macs: number;
  /** Of a program: bytes that it takes on a device. */
  readonly memory?: ProgramMemory;
}

/** Bytes that a program takes on a device, besides its code. */
export interface ProgramMemory {
  /** Constant tables, which are in flash. */
  readonly constants: number;
  /** Static memory, without what follows. */
  readonly scratch: number;
  /** Static memory of what a network over time keeps of the last frames. */
  readonly rings: number;
  /** Static memory of a whole recording's frames. */
  readonly clip: number;
  /** Static memory of the recogniser in a stream. */
  readonly stream: number;
  /** The deepest that its calls go. */
  readonly stack: number;
}

/** A format that models are written in. */
export interface Exporter {
  /** As `--format` has it. */
  readonly name: string;
  /** Of its files; the first is the main one. */
  readonly extensions: readonly string[];
  /** One line for `--help`. */
  readonly description: string;
  /** The options that it knows. */
  readonly options: readonly (keyof ExportOptions)[];
  /** Whether it writes networks over time; by default they are refused by name. */
  readonly overTime?: boolean;
  /** Writes the network that the model holds at its own rate, at once or later. */
  write(model: Model, options: ExportOptions): Exported | Promise<Exported>;
}

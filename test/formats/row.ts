import { existsSync, readFileSync } from 'node:fs';
import type { Recording } from '../../src/data/formats/recording.js';

/** What is expected of a recording: some of its facts, and points that were worked out by hand. */
export interface Expected extends Partial<Omit<Recording, 'positions' | 'seconds'>> {
  readonly seconds?: readonly number[];
  /** `frame/person/joint` to x, y, z; null where the joint is lost. */
  readonly points?: Readonly<Record<string, readonly number[] | null>>;
}

/** A file that is known, and what becomes of it. */
export type Row = {
  readonly path: string;
  /** Text or bytes; undefined where the file is not here. */
  readonly content: string | Uint8Array | undefined;
  /** Files that lie beside it. */
  readonly beside?: Readonly<Record<string, string | Uint8Array>>;
} & (
  | {
      readonly format: string;
      readonly recordings: readonly Expected[];
      /** Number of recordings, if only the first are given. */
      readonly count?: number;
    }
  | {
      /** The whole message; FORMATS stands for the names of all formats. */
      readonly error: string;
    }
);

/** A file of the samples that may not be distributed; undefined where they are not. */
export function sample(path: string): Uint8Array | undefined {
  const url = new URL(`../../../shared/samples/${path}`, import.meta.url);
  const elsewhere = new URL(`../../../../shared/samples/${path}`, import.meta.url);
  const found = [url, elsewhere].find((candidate) => existsSync(candidate));
  return found === undefined ? undefined : readFileSync(found);
}

/** A file of the folder files/, which numpy, pickle or scipy wrote: see write.py there. */
export function file(name: string): Uint8Array {
  return readFileSync(new URL(`files/${name}`, import.meta.url));
}

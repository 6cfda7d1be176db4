import { anyOptions, aText, checkArguments, textOrBytes } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import type { Recording } from './recording.js';

/** A file to read from, in Node or in a browser. */
export interface RecordingFile {
  /** Path inside its folder, with `/` between the parts; error messages name it. */
  readonly path: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Bytes from `start` up to `end`, by default the whole file. */
  read(start?: number, end?: number): Promise<Uint8Array>;
  /** Another file of the same folder by its name; undefined where there is none. Absent: the folder cannot be seen. */
  beside?(name: string): Promise<RecordingFile | undefined>;
}

/** The beginning of a file, from which its format is told. */
export interface FileHead {
  readonly path: string;
  /** The first 64 KiB, or less of a shorter file. */
  readonly bytes: Uint8Array;
  /** The same as text (UTF-8 or UTF-16 by its mark), without a byte order mark; garbled where the file is binary. */
  readonly text: string;
}

/** Bytes of a file that `recognise` sees. */
export const HEAD_BYTES = 65536;

/** The largest file that is read whole, in bytes; formats that exceed it are read piece by piece. */
export const MOST_WHOLE_BYTES = 1 << 28;

/** The most joints that a person may have. */
export const MOST_JOINTS = 1000;

/** The most persons of a recording. */
export const MOST_PERSONS = 16;

/** The most numbers of a recording's positions: 256 MiB of memory. */
export const MOST_VALUES = 1 << 26;

/** One file format of recordings; each is a module of its own, loaded when a file may be of it. */
export interface RecordingFormat {
  /** As commands and error messages call it: `ntu-skeleton`. */
  readonly name: string;
  /** What it is and who writes it, in one line. */
  readonly title: string;
  /**
   * Each file holds one frame, and a folder of them is one recording (OpenPose): `joinFrames` makes it. A file without a
   * person is a recording of 0 persons and 0 joints.
   */
  readonly framePerFile?: boolean;
  /** Whether a file is of this format, by its content; the path may help but does not decide alone. */
  recognise(head: FileHead): boolean;
  /**
   * Reads the recordings of a file one after the other, in the order of the file.
   * @throws InputError that names the file, the place, what was expected, what was found, and how to mend it
   */
  read(file: RecordingFile): AsyncIterable<Recording>;
}

/** An InputError of a file; `place` is empty where the whole file is meant. */
export function badFile(source: string, place: string, expected: string, found: string, mend: string): InputError {
  const fault = { source, expected, found, mend };
  return new InputError(place === '' ? fault : { ...fault, place });
}

/** What was found where something else was expected, in a few words and without looking deeper than one level. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'object') return String(value);
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 5).join(', ').slice(0, 80)}`;
}

/** A file that lies in memory: text, or bytes as an upload or a download has them. */
export function memoryFile(
  path: string,
  content: string | Uint8Array,
  others: Readonly<Record<string, string | Uint8Array>> = {},
): RecordingFile {
  checkArguments('memoryFile', { path: [aText, path], content: [textOrBytes, content], others: [anyOptions, others] });
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    path,
    bytes: bytes.length,
    read: async (start = 0, end = bytes.length) => bytes.subarray(start, end),
    beside: async (name) => (Object.hasOwn(others, name) ? memoryFile(name, others[name]) : undefined),
  };
}

/**
 * Every byte of a file.
 * @param mostBytes the largest file that the format reads
 * @throws InputError that names the file if it is larger
 */
export async function wholeBytes(file: RecordingFile, mostBytes: number = MOST_WHOLE_BYTES): Promise<Uint8Array> {
  if (file.bytes <= mostBytes) return file.read();
  const most = `at most ${mostBytes / (1 << 20)} MiB`;
  throw badFile(
    file.path,
    '',
    most,
    `${Math.ceil(file.bytes / (1 << 20))} MiB`,
    'Split it into one file per recording.',
  );
}

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

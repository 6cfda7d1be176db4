import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orUnwritable } from '../../core/node/write.js';
import { type KeepPositions, readingPositions } from '../positions-elsewhere.js';

/** Positions beyond so many bytes of a data set are kept in a file, so that it may be larger than the memory. */
const MEMORY_LIMIT = 512 * 2 ** 20;

/** Keeps the first positions in memory, and those beyond `limit` bytes in a temporary file, which goes when the process ends. */
export function spillBeyond(limit = MEMORY_LIMIT): KeepPositions {
  let held = 0;
  let spilled: SpillFile | undefined;
  return (one) => {
    const { positions } = one;
    if (held + positions.byteLength <= limit) {
      held += positions.byteLength;
      return one;
    }
    spilled ??= new SpillFile();
    return readingPositions(one, spilled.add(positions));
  };
}

/** Arrays one after the other in a temporary file. */
class SpillFile {
  private readonly file: number;
  private bytes = 0;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'anyrate-positions-'));
    const path = join(folder, 'positions');
    this.file = openSync(path, 'wx+');
    process.once('exit', () => {
      closeSync(this.file);
      rmSync(folder, { recursive: true, force: true });
    });
  }

  /** Writes an array, and gives what reads it again. */
  add(values: Float32Array): () => Float32Array {
    const { length } = values;
    const start = this.bytes;
    orUnwritable('positions in a temporary file', 'room for them', () => {
      for (let at = 0; at < values.byteLength; ) {
        at += writeSync(this.file, values, at, values.byteLength - at, start + at);
      }
    });
    this.bytes += values.byteLength;
    return () => {
      const read = new Float32Array(length);
      readSync(this.file, read, 0, read.byteLength, start);
      return read;
    };
  }
}

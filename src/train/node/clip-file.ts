import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CreateClipStore, memoryClips, type OpenClips, openMemoryClips } from '../samples/clip-store.js';

/** Clips beyond so many bytes are kept in a file, so that a data set may be larger than the memory. */
const MEMORY_CLIPS_LIMIT = 512 * 2 ** 20;

/** Clips in memory, or in a temporary file from `limit` bytes on; the system's file cache keeps what fits. */
export function clipsWithin(limit = MEMORY_CLIPS_LIMIT): CreateClipStore {
  return (count, size, shared) => (count * size * 4 <= limit ? memoryClips : fileClips)(count, size, shared);
}

const fileClips: CreateClipStore = (_count, size) => {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-clips-'));
  const source = join(folder, 'clips');
  const file = openSync(source, 'wx');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    source,
    write: (index, clip) => void writeSync(file, clip, 0, size * 4, index * size * 4),
    close: () => {
      closeSync(file);
      process.off('exit', remove);
      remove();
    },
  };
};

/** Reads clips from memory or from a file. */
export const openNodeClips: OpenClips = (source) => {
  if (typeof source !== 'string') return openMemoryClips(source);
  const file = openSync(source, 'r');
  return { read: (index, out) => void readSync(file, out, 0, out.byteLength, index * out.byteLength) };
};

import { existsSync, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../../core/errors.js';
import { orUnreadable, unreadable } from '../../core/node/read.js';
import type { RecordingFile } from '../formats/format.js';
import { compareCodeUnits } from '../published/published-set.js';
import { isArchive } from '../recognise.js';

/** Lists the files below a folder, hidden ones left out, in the order of their paths. */
export function listFolder(folder: string): RecordingFile[] {
  checkFolder(folder);
  return listPaths(folder, '')
    .sort(compareCodeUnits)
    .map((path) => fileAt(join(folder, path), path));
}

/** A file to read from, under the path that messages name; a device or a pipe is refused when it is read. */
export function fileAt(path: string, name: string = path): RecordingFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  const bytes = stat?.isFile() ? stat.size : 0;
  return {
    path: name,
    bytes,
    read: async (start = 0, end = bytes) => {
      if (stat !== undefined && !stat.isFile()) throw notRegular(name);
      try {
        return await readRange(path, start, end);
      } catch (error) {
        throw unreadable(error, name, 'a readable file');
      }
    },
    beside: async (other) => {
      const neighbour = join(dirname(path), other);
      return existsSync(neighbour) ? fileAt(neighbour, join(dirname(name), other)) : undefined;
    },
  };
}

function notRegular(source: string): InputError {
  const mend = 'Copy what it gives into a file first.';
  return new InputError({ source, expected: 'a regular file', found: 'a pipe or a device', mend });
}

async function readRange(path: string, start: number, end: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(Math.max(0, end - start));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function listPaths(folder: string, below: string): string[] {
  const path = join(folder, below);
  const list = orUnreadable(path, 'a readable folder', () => readdirSync(path, { withFileTypes: true }));
  return list.flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    const inside = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? listPaths(folder, inside) : [inside];
  });
}

function checkFolder(folder: string): void {
  if (!existsSync(folder)) throw unusable(folder, 'nothing', 'Check the path.');
  if (statSync(folder).isDirectory()) return;
  if (isArchive(folder)) throw unusable(folder, 'an archive', 'Unpack it and give the folder.');
  throw unusable(folder, 'a file', 'Give the folder that holds the data set.');
}

function unusable(source: string, found: string, mend: string): InputError {
  return new InputError({ source, expected: 'a data set folder', found, mend });
}

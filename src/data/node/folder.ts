import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../core/errors.js';
import { compareCodeUnits, type FolderEntry } from '../published/published-set.js';
import { isArchive } from '../recognise.js';

/** Lists the files below a folder, hidden ones left out, in the order of their paths. */
export function listFolder(folder: string): FolderEntry[] {
  checkFolder(folder);
  return listPaths(folder, '')
    .sort(compareCodeUnits)
    .map((path) => ({ path, read: async () => readText(join(folder, path)) }));
}

/** Reads a text file, or says in one line why it cannot be read. */
export function readText(path: string): string {
  return orUnreadable(path, 'a readable file', () => readFileSync(path, 'utf8'));
}

/** Reads a file, or says in one line why it cannot be read. */
export function readBytes(path: string): Uint8Array {
  return orUnreadable(path, 'a readable file', () => readFileSync(path));
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

function orUnreadable<T>(source: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an error';
    if (code === 'ENOENT') throw new InputError({ source, expected, found: 'nothing', mend: 'Check the path.' });
    throw new InputError({ source, expected, found: code, mend: 'Check what it is, and its permissions.' });
  }
}

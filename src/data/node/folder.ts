import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../core/errors.js';
import { notRegular, orUnreadable, unreadable } from '../../core/node/read.js';
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
  const stat = orUnreadable(name, 'a readable file', () => statSync(path, { throwIfNoEntry: false }));
  const bytes = stat?.isFile() ? stat.size : 0;
  const owner = {};
  return {
    path: name,
    bytes,
    read: async (start = 0, end = bytes) => {
      if (stat?.isFile() === false) throw notRegular(name, stat);
      try {
        return readAhead(owner, path, start, end, bytes);
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

/** Bytes that are read at once where fewer are asked for: what follows is mostly asked for next. */
const AHEAD_BYTES = 1 << 22;

/** What was read last, of which file and from where on. */
let ahead: { readonly owner: object; readonly start: number; readonly bytes: Uint8Array } | undefined;

function readAhead(owner: object, path: string, start: number, end: number, bytes: number): Uint8Array {
  if (end - start >= AHEAD_BYTES) return readRange(path, start, end);
  const isHere = ahead?.owner === owner && start >= ahead.start && end <= ahead.start + ahead.bytes.length;
  if (isHere) return ahead!.bytes.subarray(start - ahead!.start, end - ahead!.start);
  const part = readRange(path, start, Math.max(end, Math.min(bytes, start + AHEAD_BYTES)));
  ahead = { owner, start, bytes: part };
  return part.subarray(0, Math.max(0, end - start));
}

/** At once, since of many small files waiting for each would take longer than reading it. */
function readRange(path: string, start: number, end: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(Math.max(0, end - start));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
  } finally {
    closeSync(file);
  }
}

/** Folders inside one another that are looked into. */
const MOST_LEVELS = 50;

function listPaths(folder: string, below: string, levels = MOST_LEVELS): string[] {
  const path = join(folder, below);
  if (levels === 0) throw tooDeep(path);
  const list = orUnreadable(path, 'a readable folder', () => readdirSync(path, { withFileTypes: true }));
  return list.flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    const inside = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.includes('\uFFFD')) checkName(join(folder, inside));
    if (entry.isSymbolicLink()) checkLink(join(folder, inside));
    return entry.isDirectory() ? listPaths(folder, inside, levels - 1) : [inside];
  });
}

/** @throws InputError on a link to a folder, which may lead back to where it is */
function checkLink(source: string): void {
  const stat = orUnreadable(source, 'a readable file', () => statSync(source, { throwIfNoEntry: false }));
  if (!stat?.isDirectory()) return;
  const found = 'a link to a folder, which is not followed';
  throw new InputError({
    source,
    expected: 'files and folders',
    found,
    mend: 'Put the folder itself there, or a copy.',
  });
}

function tooDeep(source: string): InputError {
  return new InputError({
    source,
    expected: `folders at most ${MOST_LEVELS} levels deep`,
    found: 'more',
    mend: 'Give the folder that holds the data set alone.',
  });
}

/** @throws InputError if a name was read that leads nowhere: its bytes were no UTF-8 */
function checkName(source: string): void {
  if (existsSync(source)) return;
  throw new InputError({ source, expected: 'names in UTF-8', found: 'other bytes', mend: 'Rename it.' });
}

function checkFolder(folder: string): void {
  if (!existsSync(folder)) throw unusable(folder, 'nothing', 'Check the path.');
  const stat = statSync(folder);
  if (stat.isDirectory()) return;
  if (!stat.isFile()) throw unusable(folder, 'a pipe, a socket or a device', 'Copy its contents to a file first.');
  if (isArchive(folder)) throw unusable(folder, 'an archive', 'Unpack it and give the folder.');
  throw unusable(folder, 'a file', 'Give the folder that holds the data set.');
}

function unusable(source: string, found: string, mend: string): InputError {
  return new InputError({ source, expected: 'a data set folder', found, mend });
}

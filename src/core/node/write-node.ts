import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../errors.js';

/**
 * Writes a file whole or not at all: to a neighbour first, which then takes its name. A link is followed; what is there
 * and no file (a pipe, /dev/stdout) is written to as it is.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  if (!existsSync(dirname(path))) throw noFolder(path);
  orUnwritable(path, 'a file that can be written', () => {
    if (!existsSync(path)) replace(path, content);
    else if (statSync(path).isFile()) replace(realpathSync(path), content);
    else writeFileSync(path, content);
  });
}

function replace(path: string, content: string | Uint8Array): void {
  const neighbour = join(dirname(path), `.${basename(path)}.part`);
  try {
    writeSynced(neighbour, content);
    renameSync(neighbour, path);
  } catch (error) {
    rmSync(neighbour, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it, level by level: Node's own recursion does not end below /proc. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  orUnwritable(path, 'a folder that can be written', () => mkdirSync(path));
}

function writeSynced(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const file = openSync(path, 'w');
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function orUnwritable(source: string, expected: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw new InputError({
      source,
      expected,
      found: code,
      mend: 'Check the path, its permissions and the free space.',
    });
  }
}

function noFolder(source: string): InputError {
  const expected = `the folder ${dirname(source)}`;
  return new InputError({ source, expected, found: 'none', mend: 'Make the folder, or give another path.' });
}

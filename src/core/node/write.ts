import {
  accessSync,
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../errors.js';
import { systemFault } from './system-fault.js';

/** Of links to links; more are a loop, as the system itself says then. */
const MOST_LINKS = 40;

/**
 * Writes a file whole or not at all: to a neighbour first, which then takes its name and keeps its permissions. A link is
 * followed; what is there and no file, as a pipe, is written to as it is.
 * @param writer tells the neighbours of those apart who may write the file at the same time
 */
export function writeWhole(path: string, content: string | Uint8Array, writer = ''): void {
  writeParts(path, [typeof content === 'string' ? new TextEncoder().encode(content) : content], writer);
}

/** The same with a content that is made piece by piece, as it is written. */
export function writeParts(path: string, parts: Iterable<Uint8Array>, writer = ''): void {
  orUnwritable(path, 'a file that can be written', () => {
    const target = targetOf(path);
    const old = existsSync(target) ? statSync(target) : undefined;
    if (old?.isFile() === false) writeTo(target, parts, false);
    else if (existsSync(dirname(target))) replace(target, parts, writer, old?.mode);
    else throw noFolder(target);
  });
}

/** Where links lead, whether there is a file or not. */
function targetOf(path: string, links = MOST_LINKS): string {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return path;
  return links === 0 ? realpathSync(path) : targetOf(resolve(dirname(path), readlinkSync(path)), links - 1);
}

function replace(path: string, parts: Iterable<Uint8Array>, writer: string, mode?: number): void {
  const neighbour = join(dirname(path), `.${basename(path)}${writer}.part`);
  try {
    writeTo(neighbour, parts, true);
    if (mode !== undefined) chmodSync(neighbour, mode);
    renameSync(neighbour, path);
  } catch (error) {
    rmSync(neighbour, { force: true });
    throw error;
  }
}

/** Writes a text at the end of a file. */
export function appendText(path: string, text: string): void {
  orUnwritable(path, 'a file that can be written', () => appendFileSync(path, text));
}

/** Takes off all of a file but its first bytes. */
export function shorten(path: string, bytes: number): void {
  orUnwritable(path, 'a file that can be written', () => truncateSync(path, bytes));
}

/** Makes a folder and those above it, level by level: Node's own recursion does not end below /proc. Another may make it meanwhile. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  orUnwritable(path, 'a folder that can be written', () => {
    try {
      mkdirSync(path);
    } catch (error) {
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  });
}

/** @throws InputError where a folder of this path could not be made, or written to, before anything is */
export function checkWritable(path: string): void {
  let above = resolve(path);
  while (!existsSync(above)) above = dirname(above);
  orUnwritable(path, 'a folder that can be written', () => accessSync(above, constants.W_OK));
}

/** @param isFile whether it is on the disk before this ends, which a pipe cannot be */
function writeTo(path: string, parts: Iterable<Uint8Array>, isFile: boolean): void {
  const file = openSync(path, 'w');
  try {
    for (const bytes of parts) for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    if (isFile) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What the system refuses to write, in one line. @throws InputError */
export function orUnwritable<T>(source: string, expected: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      source,
      expected,
      found: systemFault(error),
      mend: 'Check the path, its permissions and the free space.',
    });
  }
}

function noFolder(source: string): InputError {
  const expected = `the folder ${dirname(source)}`;
  return new InputError({ source, expected, found: 'none', mend: 'Create the folder, or give another path.' });
}

import { readFileSync, type Stats, statSync } from 'node:fs';
import { InputError } from '../errors.js';
import { systemFault } from './system-fault.js';

/** The largest text that is read whole, in bytes: a recipe, a sequence. */
const MOST_TEXT_BYTES = 1 << 26;

/** The largest file that is read whole, in bytes: a model, weights, a data set. */
const MOST_BYTES = 1 << 29;

/** Reads a text file in UTF-8. @throws InputError that says in one line why it cannot be read, or that it exceeds 64 MiB */
export function readText(path: string): string {
  return new TextDecoder().decode(readRegular(path, MOST_TEXT_BYTES));
}

/** Reads a file. @throws InputError that says in one line why it cannot be read, or that it exceeds 512 MiB */
export function readBytes(path: string): Uint8Array {
  return readRegular(path, MOST_BYTES);
}

/** Nothing is opened before it is known to be a file that ends: a pipe may never give anything, a device gives for ever. */
function readRegular(path: string, mostBytes: number): Uint8Array {
  return orUnreadable(path, 'a readable file', () => {
    const stat = statSync(path);
    if (!stat.isFile()) throw notRegular(path, stat);
    if (stat.size > mostBytes) throw tooLarge(path, stat.size, mostBytes);
    return readFileSync(path);
  });
}

/** What is there is no file with an end. */
export function notRegular(source: string, stat: Stats): InputError {
  const expected = 'a regular file';
  if (stat.isDirectory())
    return new InputError({ source, expected, found: 'a folder', mend: 'Give one of the files in it.' });
  const found = 'a pipe, a socket or a device';
  return new InputError({ source, expected, found, mend: 'Copy its contents to a file first.' });
}

function tooLarge(source: string, bytes: number, mostBytes: number): InputError {
  const inMebibytes = (count: number) => `${Math.ceil(count / (1 << 20))} MiB`;
  return new InputError({
    source,
    expected: `a file of at most ${inMebibytes(mostBytes)}`,
    found: inMebibytes(bytes),
    mend: 'Check that it is the file that you mean.',
  });
}

/** What `read` gives. @throws InputError for what the system refuses, with `expected` as what was wanted of the path */
export function orUnreadable<T>(source: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable(error, source, expected);
  }
}

/** An error of the system in one line. */
export function unreadable(error: unknown, source: string, expected: string): InputError {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return new InputError({ source, expected, found: 'nothing', mend: 'Check the path.' });
  return new InputError({ source, expected, found: systemFault(error), mend: 'Check its type and its permissions.' });
}

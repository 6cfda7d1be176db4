import { readFileSync } from 'node:fs';
import { InputError } from '../errors.js';

/** Reads a text file in UTF-8. @throws InputError that says in one line why it cannot be read */
export function readText(path: string): string {
  return orUnreadable(path, 'a readable file', () => readFileSync(path, 'utf8'));
}

/** Reads a file. @throws InputError that says in one line why it cannot be read */
export function readBytes(path: string): Uint8Array {
  return orUnreadable(path, 'a readable file', () => readFileSync(path));
}

/** What `read` gives. @throws InputError for what the system refuses, with `expected` as what was wanted of the path */
export function orUnreadable<T>(source: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(error, source, expected);
  }
}

/** An error of the system in one line. */
export function unreadable(error: unknown, source: string, expected: string): InputError {
  const code = (error as NodeJS.ErrnoException).code ?? 'an error';
  if (code === 'ENOENT') return new InputError({ source, expected, found: 'nothing', mend: 'Check the path.' });
  return new InputError({ source, expected, found: code, mend: 'Check what it is, and its permissions.' });
}

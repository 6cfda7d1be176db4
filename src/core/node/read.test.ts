import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readBytes, readText } from './read.js';

const folder = mkdtempSync(join(tmpdir(), 'anyrate-read-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of so many zeros, which takes no room on the disk. */
function sparse(name: string, bytes: number): string {
  writeFileSync(at(name), '');
  truncateSync(at(name), bytes);
  return at(name);
}

test.skipIf(process.platform === 'win32')('a pipe that nobody writes to, and a device, are not waited for', () => {
  execFileSync('mkfifo', [at('pipe')]);
  for (const path of [at('pipe'), '/dev/zero']) {
    expect(() => readText(path)).toThrow('expected a regular file, found a pipe, a socket or a device');
    expect(() => readBytes(path)).toThrow('expected a regular file, found a pipe, a socket or a device');
  }
});

test('a file beyond the stated size is refused before it is read', () => {
  expect(() => readText(sparse('text', 5 * 2 ** 30))).toThrow('a file of at most 64 MiB, found 5120 MiB');
  expect(() => readBytes(sparse('bytes', 5 * 2 ** 30))).toThrow('a file of at most 512 MiB, found 5120 MiB');
  expect(readText(sparse('short', 3))).toBe('\0\0\0');
});

test('a folder is refused, and a byte order mark is no part of the text', () => {
  expect(() => readBytes(folder)).toThrow('expected a regular file, found a folder');
  writeFileSync(at('marked'), '\uFEFF{}');
  expect(readText(at('marked'))).toBe('{}');
});

import { execFileSync, spawn } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { appendText, makeFolder, writeWhole } from './write.js';

const folder = mkdtempSync(join(tmpdir(), 'anyrate-write-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

test('a file is replaced whole, and nothing is left beside it', () => {
  writeWhole(at('file'), 'one');
  writeWhole(at('file'), Uint8Array.of(50));
  expect(readFileSync(at('file'), 'utf8')).toBe('2');
  expect(readdirSync(folder)).toEqual(['file']);
});

test('a link stays a link: its target is replaced, or made', () => {
  writeFileSync(at('target'), 'old', { mode: 0o600 });
  symlinkSync('target', at('relative'));
  symlinkSync(at('relative'), at('link'));
  symlinkSync('made', at('dangling'));
  for (const [link, target] of [
    ['link', 'target'],
    ['dangling', 'made'],
  ]) {
    writeWhole(at(link), 'new');
    expect(lstatSync(at(link)).isSymbolicLink()).toBe(true);
    expect(readFileSync(at(target), 'utf8')).toBe('new');
  }
  expect(lstatSync(at('target')).mode & 0o777).toBe(0o600);
});

test('links in a loop are refused', () => {
  symlinkSync('two', at('one'));
  symlinkSync('one', at('two'));
  expect(() => writeWhole(at('one'), '')).toThrow(
    'expected a file that can be written, found too many symbolic links encountered (ELOOP)',
  );
});

test.skipIf(process.platform === 'win32')('a pipe stays a pipe: its reader gets the content', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  const reader = spawn('cat', [at('pipe')]);
  const read = new Promise((resolve) => reader.stdout.once('data', (data) => resolve(String(data))));
  writeWhole(at('pipe'), 'through');
  expect(await read).toBe('through');
  expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
});

test('a folder that is not there is named', () => {
  expect(() => writeWhole(at('none/file'), '')).toThrow(
    `expected the folder ${at('none')}, found none. Create the folder`,
  );
});

test.skipIf(process.platform !== 'linux')('a full disk is said in one line, in a log as in a file', () => {
  for (const write of [appendText, writeWhole]) {
    expect(() => write('/dev/full', 'x')).toThrow(
      '/dev/full: expected a file that can be written, found no space left on device (ENOSPC)',
    );
  }
});

test('a folder is made with those above it, though a file cannot be one', () => {
  makeFolder(at('a/b/c'));
  makeFolder(at('a/b/c'));
  writeFileSync(at('no-folder'), '');
  expect(() => makeFolder(at('no-folder/d'))).toThrow(
    /no-folder\/d: expected a folder that can be written, found not a directory \(ENOTDIR\)/,
  );
});

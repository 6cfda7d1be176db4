import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtinFile, builtinNames } from './load.js';

const dataFolder = new URL('../../../data/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, dataFolder));

test.each(builtinNames)('%s is the file that was packed, with its licence beside it', (name) => {
  const stated = JSON.parse(read('checksums.json').toString())[builtinFile(name)];
  const file = read(builtinFile(name));
  expect(createHash('sha256').update(file).digest('hex')).toBe(stated.sha256);
  expect(file.length).toBe(stated.bytes);
  expect(existsSync(new URL(`${name}.LICENSE.md`, dataFolder))).toBe(true);
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.js';
import { memoryFile } from '../../src/data/formats/format.js';
import { readRecordings } from '../../src/data/formats/open.js';

const FILES = [
  'train_data.npy',
  'a1_s1_t1_skeleton.mat',
  'two-variables.mat',
  'ctr-gcn.npz',
  'a-recording-each.npz',
  'pyskl-2.pkl',
  'pyskl-4.pkl',
  'pyskl-5.pkl',
  'hands.parquet',
  'twice.parquet',
];

const contentOf = (name: string): Uint8Array =>
  Uint8Array.from(readFileSync(new URL(`files/${name}`, import.meta.url)));

/** Reads all of a file; an InputError is as good as an answer, anything else is a fault. */
async function readOrRefuse(name: string, content: Uint8Array): Promise<InputError | undefined> {
  try {
    for await (const _ of readRecordings(memoryFile(name, content)));
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Files that say how much is in them; of a MATLAB file of several arrays, those before the cut are whole. */
const COUNTED = FILES.filter((name) => name !== 'two-variables.mat');

test.each(COUNTED)('%s, cut off anywhere, is refused', async (name) => {
  const content = contentOf(name);
  for (let length = 0; length < content.length; length += length < 200 ? 1 : 7) {
    expect([length, await readOrRefuse(name, content.subarray(0, length))]).toEqual([length, expect.any(InputError)]);
  }
});

test.each(FILES)('%s with changed bytes is read or refused', async (name) => {
  const content = contentOf(name);
  const change = fc.tuple(fc.nat(content.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const changed = content.slice();
      for (const [at, value] of changes) changed[at] = value;
      await readOrRefuse(name, changed);
    }),
    { numRuns: 400, seed: 1 },
  );
});

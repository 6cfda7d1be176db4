import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { memoryFile } from '../formats/format.js';
import { jhmdb } from './jhmdb.js';

const pickle = (name: string) => readFileSync(new URL(`../../../test/formats/files/${name}`, import.meta.url));

/** One clapping person of 15 joints, as DD-Net's files have it. */
const clap = pickle('dd-net.pkl');

test('a recording of two splits is one sample; one that a split has twice is two', async () => {
  const names = ['GT_train_1', 'GT_test_1', 'GT_train_2', 'GT_test_2'];
  const { samples, splits, classes } = await jhmdb.read(names.map((name) => memoryFile(`${name}.pkl`, clap)));
  expect([samples.length, classes]).toEqual([2, ['clap']]);
  expect(splits).toMatchObject([
    { name: 'split1', train: [0], test: [1] },
    { name: 'split2', train: [0], test: [1] },
  ]);
  expect(samples[0].subject).toBe(''); // the files do not say who performs
  expect([...samples[0].positions.slice(0, 6)]).toEqual([0, 1, 0, 2, 3, 0]);
});

test('a split of which one part lacks is none', async () => {
  expect((await jhmdb.read([memoryFile('GT_train_3.pkl', clap)])).splits).toEqual([]);
});

test('a pickle of something else is refused by name', async () => {
  const files = [memoryFile('GT_train_1.pkl', pickle('numpy-labels.pkl'))];
  await expect(jhmdb.read(files)).rejects.toThrow(InputError);
  await expect(jhmdb.read(files)).rejects.toThrow(/GT_train_1.pkl, other: expected a labelled pose of 15 joints/);
});

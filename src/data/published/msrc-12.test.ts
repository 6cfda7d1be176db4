import { expect, test } from 'vitest';
import { describeWith, sharedPath } from '../../../test/support/tools.js';
import { InputError } from '../../core/errors.js';
import { memoryFile } from '../formats/format.js';
import { fileAt } from '../node/folder.js';
import { readFolder } from '../recognise.js';
import { msrc12 } from './msrc-12.js';

/** Ticks of the tags' clock in a second. */
const TICKS = 49.875e6;

/** A recording of 10 frames a second from second 100 on, all joints at (frame number, 0.5, 2.5); of some nobody is seen. */
function recording(name: string, frames: number, tags: readonly number[], unseen = (_: number) => false) {
  const line = (t: number) => `${(100 + t / 10) * 1e6} ${`${unseen(t) ? '0 0 0 0' : `${t} 0.5 2.5 1`} `.repeat(20)}`;
  const stream = ['XQPCTick;Tag', ...tags.map((tag) => `${Math.round(tag * TICKS)};G2  Duck`)].join('\r\n');
  const text = Array.from({ length: frames }, (_, t) => line(t)).join('\r\n');
  return memoryFile(`MicrosoftGestureDataset-RC/data/${name}.csv`, text, { [`${name}.tagstream`]: stream });
}

test('a sample reaches half-way to the tags around its own, at the ends as far as on the other side', async () => {
  const { samples, classes, skipped } = await msrc12.read([recording('P2_1_12A_p07', 120, [103.02, 105.02, 109.02])]);
  expect(samples.map(({ id, subject, label, frames }) => [id, subject, classes[label], frames])).toEqual([
    ['P2_1_12A_p07/01', 'p07', 'kick', 20],
    ['P2_1_12A_p07/02', 'p07', 'kick', 30],
    ['P2_1_12A_p07/03', 'p07', 'kick', 40],
  ]);
  expect(samples.map(({ positions }) => [...positions.slice(0, 3)])).toEqual([
    [21, 0.5, 2.5],
    [41, 0.5, 2.5],
    [71, 0.5, 2.5],
  ]);
  expect(samples[1].seconds?.[0]).toBeCloseTo(104.1, 6);
  expect(skipped).toEqual([]);
});

test('a lone tag, or one far from the others, has 4 seconds on either side', async () => {
  const { samples } = await msrc12.read([
    recording('P1_1_2_p01', 200, [110.05]),
    recording('P1_1_3_p01', 300, [105.05, 120.05]),
  ]);
  expect(samples.map(({ id, frames }) => [id, frames])).toEqual([
    ['P1_1_2_p01/01', 80],
    ['P1_1_3_p01/01', 80],
    ['P1_1_3_p01/02', 80],
  ]);
});

test('recordings without tags, tags after the recording and tags at which nobody is seen are skipped', async () => {
  const { samples, skipped } = await msrc12.read([
    recording('P1_1_2_p01', 100, []),
    recording('P1_1_2_p02', 100, [103.05, 107.05], (t) => t < 60),
    recording('P1_1_2_p03', 30, [101.05, 150]),
  ]);
  expect(samples.map(({ id }) => id)).toEqual(['P1_1_2_p02/02', 'P1_1_2_p03/01']);
  expect(skipped).toEqual([
    { id: 'P1_1_2_p01', reason: 'no tags beside it' },
    { id: 'P1_1_2_p02/01', reason: 'nobody is seen in it' },
    { id: 'P1_1_2_p03/02', reason: 'no movement recorded at 150.0 s' },
  ]);
});

test('each subject in turn tests', async () => {
  const files = ['P1_1_2_p01', 'P1_2_3_p02', 'P3_1_2_p02'].map((name) => recording(name, 100, [105.05]));
  const { name, splits } = await readFolder([...files, memoryFile('readme.txt', 'text')], 'folder');
  expect(name).toBe('msrc-12');
  expect(splits.map((split) => [split.name, split.train, split.test])).toEqual([
    ['subject-p01', [1, 2], [0]],
    ['subject-p02', [0], [1, 2]],
  ]);
});

test.each([
  ['an unknown gesture', [recording('P1_1_13_p01', 20, [101])], /gesture number: expected one of the 12 classes/],
  ['a truncated frame', [memoryFile('P1_1_2_p01.csv', '100000000 1 2 3')], /P1_1_2_p01.csv, line 1: expected 81/],
  ['a copy', [recording('P1_1_2_p01', 20, [101]), recording('P1_1_2_p01', 20, [101])], /every sequence once/],
])('refuses %s', async (_, files, message) => {
  await expect(msrc12.read(files)).rejects.toThrow(InputError);
  await expect(msrc12.read(files)).rejects.toThrow(message);
});

describeWith('../shared/samples/msrc12/P1_1_1_p06.csv', 'a recording of the set', () => {
  test('its nine tags, with as many frames around each as lie within half the distances', async () => {
    const file = fileAt(sharedPath('../shared/samples/msrc12/P1_1_1_p06.csv'), 'P1_1_1_p06.csv');
    const { samples, skipped } = await msrc12.read([file]);
    expect(samples.map(({ frames }) => frames)).toEqual([231, 98, 81, 90, 96, 84, 66, 75, 73]);
    expect([new Set(samples.map(({ label }) => label)), skipped]).toEqual([new Set([0]), []]);
  });
});

import { expect, test } from 'vitest';
import { layouts, registerLayout } from '../../../skeleton/layouts/layouts.js';
import { memoryFile } from '../format.js';
import { readRecordings } from '../open.js';

/** Two stills without a header, each a word and x, y, z of so many joints, as they are read. */
async function readLabelled(joints: number) {
  const row = (word: string) => [word, ...Array.from({ length: joints * 3 }, (_, i) => i + 0.5)].join(',');
  const recordings = [];
  for await (const one of readRecordings(memoryFile('a.csv', `${row('push')}\n${row('wave')}\n`))) recordings.push(one);
  return recordings;
}

test.each([...layouts])('a labelled table without a header may be of $name', async ({ joints }) => {
  const read = await readLabelled(joints.length);
  const facts = { joints: joints.length, frames: 1, dimensions: 3 };
  expect(read).toMatchObject([
    { ...facts, label: 'push' },
    { ...facts, label: 'wave' },
  ]);
});

test('a layout that is registered needs no header either', async () => {
  await expect(readLabelled(27)).rejects.toThrow('found 82 columns without names');
  const joints = Array.from({ length: 27 }, (_, i) => `j${i}`);
  registerLayout({
    name: 'rig-27',
    joints,
    bones: joints.slice(1).map((_, i) => [i + 1, i]),
    anchors: { root: [0], top: [1], left: [2], right: [3] },
    mirror: joints.map((_, i) => i),
  });
  const [{ joints: read, positions }] = await readLabelled(27);
  expect(read).toBe(27);
  expect([...positions.slice(0, 3)]).toEqual([0.5, 1.5, 2.5]);
});

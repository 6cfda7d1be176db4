import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { memoryFile } from '../formats/format.js';
import { sfinge3d } from './sfinge3d.js';
import { utkinect } from './utkinect.js';

/** A frame of UTKinect: its number, then x, y, z of joint j as j, j + 0.5, -j. */
const kinectFrame = (number: number): string =>
  [number, ...Array.from({ length: 20 }, (_, joint) => `${joint} ${joint + 0.5} ${-joint}`)].join('  ');

describe('utkinect', () => {
  const recording = memoryFile('joints_s01_e02.txt', [100, 102, 106, 106, 110].map(kinectFrame).join('\n'));
  const labels = (text: string, name = 'actionLabel.txt') => memoryFile(name, text);

  test('actions are cut from a recording by the numbers of its frames', async () => {
    const { samples, skipped, splits } = await utkinect.read([
      labels('s01_e02\nwalk: 102 106\nsitDown: 107 110 \ncarry:  NaN NaN\npush: 500 600\n'),
      recording,
    ]);
    expect(samples.map(({ id, label, subject, frames }) => [id, label, subject, frames])).toEqual([
      ['s01_e02/walk', 0, 's01', 3],
      ['s01_e02/sitDown', 1, 's01', 1],
    ]);
    expect([...samples[0].positions.slice(0, 6)]).toEqual([0, 0.5, 0, 1, 1.5, -1]);
    expect(skipped).toEqual([
      { id: 's01_e02/carry', reason: 'annotated as NaN' },
      { id: 's01_e02/push', reason: 'no frame of it recorded' },
    ]);
    expect(splits.map(({ name }) => name)).toEqual(['recording-s01_e02']); // one subject alone cannot be left out
  });

  test('the mended annotation is preferred', async () => {
    const files = [
      labels('s01_e02\nwalk: 1 2'),
      labels('s01_e02\nwalk: 100 102', 'actionLabel_modified.txt'),
      recording,
    ];
    expect((await utkinect.read(files)).samples.map(({ frames }) => frames)).toEqual([2]);
  });

  test.each([
    ['no annotation', [recording], /actionLabel.txt: expected the table of actions/],
    ['an unknown action', [labels('s01_e02\njump: 1 2'), recording], /actionLabel.txt, line 2: .*found "jump: 1 2"/],
    [
      'a truncated frame',
      [labels('s01_e02'), memoryFile('joints_s01_e02.txt', '1 2 3')],
      /line 1: expected 61 numbers/,
    ],
  ])('refuses %s', async (_, files, message) => {
    await expect(utkinect.read(files)).rejects.toThrow(InputError);
    await expect(utkinect.read(files)).rejects.toThrow(message);
  });
});

describe('sfinge3d', () => {
  /** A frame: joint j at (j, frame, 0), then a quaternion. */
  const handFrame = (frame: number, separator: string): string =>
    Array.from({ length: 20 }, (_, joint) => [joint, frame, 0, 9, 9, 9, 9].join(separator)).join(separator);
  const file = (path: string, frames: number, separator: string) =>
    memoryFile(path, Array.from({ length: frames }, (_, t) => `${handFrame(t, separator)}${separator}`).join('\r\n'));
  const instances = Array.from({ length: 12 }, (_, i) => file(`Dictionary/13/${i + 1}.txt`, 2, ';'));

  test('the dictionary: positions without the quaternions, blocks of three dealt into folds', async () => {
    const { samples, splits, classes, performers } = await sfinge3d.read(instances);
    expect(performers).toBe('unknown');
    expect(samples.map(({ subject }) => subject).filter((_, i) => i % 3 === 0)).toEqual([
      'block1',
      'block2',
      'block3',
      'block4',
    ]);
    expect(classes[samples[0].label]).toBe('swipe-o');
    expect([...samples[11].positions.slice(60, 69)]).toEqual([0, 1, 0, 1, 1, 0, 2, 1, 0]);
    expect(splits.map(({ name, test: tested }) => [name, tested])).toEqual([
      ['fold1', [0, 1, 2]],
      ['fold2', [3, 4, 5]],
      ['fold3', [6, 7, 8]],
      ['fold4', [9, 10, 11]],
    ]);
  });

  test('gestures inside the sequences test what the dictionary trains', async () => {
    const annotation = memoryFile('Sequences/sequencesGT.csv', '7,2,1,0,2,13,3,9\n');
    const { samples, splits } = await sfinge3d.read([...instances, annotation, file('Sequences/7.txt', 5, ',')]);
    expect(samples.slice(12).map(({ id, label, frames }) => [id, label, frames])).toEqual([
      ['Sequences/07/0-2', 0, 3],
      ['Sequences/07/3-9', 12, 2],
    ]);
    expect(splits.at(-1)).toMatchObject({ name: 'sequences', test: [12, 13] });
  });

  test.each([
    ['a truncated row', [memoryFile('Dictionary/1/1.txt', '1;2;3;')], /1.txt, line 1: expected 140 numbers/],
    ['an unknown gesture', [file('Dictionary/14/1.txt', 2, ';')], /gesture folder: expected one of the 13/],
    ['a half annotation', [...instances, memoryFile('sequencesGT.csv', '7,2,1,0,2\n')], /sequencesGT.csv, line 1/],
  ])('refuses %s', async (_, files, message) => {
    await expect(sfinge3d.read(files)).rejects.toThrow(InputError);
    await expect(sfinge3d.read(files)).rejects.toThrow(message);
  });
});

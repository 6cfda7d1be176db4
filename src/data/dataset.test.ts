import { describe, expect, test } from 'vitest';
import { InputError } from '../core/errors.js';
import { kinectV2 } from '../skeleton/layouts/kinect-v2.js';
import { averageInTime, condense } from './condense.js';
import type { Dataset, Sample } from './dataset.js';
import { describeDataset } from './describe.js';
import { memoryFile } from './formats/format.js';
import { readFolder, recognise } from './recognise.js';
import { selectSplit } from './splits.js';

const entry = (path: string) => memoryFile(path, '');

function sample(id: string, label: number, frames: number): Sample {
  return { id, label, subject: id, frames, persons: 1, joints: 25, positions: new Float32Array(frames * 75) };
}

const toy: Dataset = {
  name: 'toy',
  title: 'Toy',
  licence: 'none',
  citation: 'nobody',
  layout: kinectV2,
  persons: 1,
  unit: 'metre',
  classes: ['a', 'b', 'c'],
  samples: [sample('1', 0, 10), sample('2', 1, 30), sample('3', 1, 20)],
  splits: [
    { name: 'cross-subject', description: 'd', train: [0, 1], test: [2] },
    { name: 'patients', description: 'e', train: [0], test: [1, 2] },
  ],
  skipped: [
    { id: '4', reason: 'empty' },
    { id: '5', reason: 'empty' },
  ],
};

describe('selectSplit', () => {
  test('gives the first split by default, and any by its name', () => {
    expect(selectSplit(toy).name).toBe('cross-subject');
    expect(selectSplit(toy, 'patients').test).toEqual([1, 2]);
  });

  test('suggests the nearest name', () => {
    expect(() => selectSplit(toy, 'patient')).toThrow(InputError);
    expect(() => selectSplit(toy, 'patient')).toThrow(/one of cross-subject, patients.*Did you mean "patients"\?/);
    expect(() => selectSplit(toy, 'fold5')).toThrow(/Use one of these names/);
    expect(() => selectSplit({ ...toy, splits: [] })).toThrow(/at least one split/);
  });
});

test('describeDataset counts sequences, frames, classes, splits and skipped files', () => {
  expect(describeDataset(toy)).toMatchObject({
    layout: 'kinect-v2',
    persons: 1,
    joints: 25,
    sequences: 3,
    subjects: 3,
    frames: { min: 10, median: 20, max: 30 },
    recordedFrames: { min: 10, median: 20, max: 30 },
    classes: [
      { name: 'a', sequences: 1 },
      { name: 'b', sequences: 2 },
      { name: 'c', sequences: 0 },
    ],
    splits: [
      { name: 'cross-subject', train: 2, test: 1 },
      { name: 'patients', train: 1, test: 2 },
    ],
    skipped: [{ reason: 'empty', files: 2, first: '4' }],
  });
});

test('describeDataset counts remarks that differ in numbers alone as one', () => {
  const remarks = ['3 of 10 joints lost', '12 of 90 joints lost', 'person 1 is the left hand'].map((remark, i) => ({
    id: `take ${i}`,
    remark,
  }));
  expect(describeDataset({ ...toy, remarks }).remarks).toEqual([
    { remark: '3 of 10 joints lost', recordings: 2, first: 'take 0' },
    { remark: 'person 1 is the left hand', recordings: 1, first: 'take 2' },
  ]);
});

describe('condense', () => {
  test('averages equal parts of the time', () => {
    const sequence = { frames: 5, persons: 1, joints: 1, positions: Float32Array.from({ length: 15 }, (_, i) => i) };
    expect(averageInTime(sequence, 2)).toMatchObject({
      frames: 2,
      positions: Float32Array.of(1.5, 2.5, 3.5, 9, 10, 11),
    });
    expect(averageInTime(sequence, 5)).toBe(sequence);
  });

  test('remembers the recorded frames and says what was done', () => {
    const condensed = condense({ ...toy, note: 'Filled in.' }, 16, 'Averaged.');
    expect(condensed.note).toBe('Filled in. Averaged.');
    expect(condensed.samples.map(({ frames, recordedFrames }) => [frames, recordedFrames])).toEqual([
      [10, 10],
      [16, 30],
      [16, 20],
    ]);
    expect(describeDataset(condensed)).toMatchObject({ frames: { max: 16 }, recordedFrames: { max: 30 } });
  });
});

describe('recognise', () => {
  test.each([
    ['irds', 'Simplified/101_18_0_1_1_stand.txt'],
    ['ui-prmd', 'Positions/m01_s01_e01_positions.txt'],
    ['sbu', 'SBU/s01s02/01/001/skeleton_pos.txt'],
    ['fpha', 'Hand_pose_annotation_v1/Subject_1/open_juice_bottle/2/skeleton.txt'],
  ])('%s by its paths', async (name, path) => {
    expect((await recognise([entry('README.md'), entry(path)], 'folder'))?.name).toBe(name);
  });

  test('names what it expects when nothing fits, and archives to unpack', async () => {
    await expect(readFolder([entry('README.md')], 'folder')).rejects.toThrow(
      /folder: expected recordings: <class>.*found 1 file such as README.md/,
    );
    await expect(readFolder([], 'folder')).rejects.toThrow(/found no files/);
    await expect(readFolder([entry('SkeletonData.zip')], 'folder')).rejects.toThrow(/Unpack SkeletonData.zip first/);
  });

  test('refuses a folder of two data sets', async () => {
    const both = [entry('101_18_0_1_1_stand.txt'), entry('m01_s01_e01_positions.txt')];
    await expect(recognise(both, 'folder')).rejects.toThrow(/files of irds and ui-prmd/);
  });
});

import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { memoryFile } from '../formats/format.js';
import { readFolder } from '../recognise.js';
import { irds } from './irds.js';
import { sbu } from './sbu.js';
import { uiPrmd } from './ui-prmd.js';

const row = (columns: number, value: (column: number) => number | string = (column) => column): string =>
  Array.from({ length: columns }, (_, column) => value(column)).join(',');

test('a sequence of one frame is refused by name', async () => {
  const files = [
    memoryFile('101_18_0_1_1_sit.txt', `${row(75)}\n`),
    memoryFile('102_18_0_1_1_sit.txt', `${row(75)}\n${row(75)}`),
  ];
  await expect(readFolder(files, 'folder')).rejects.toThrow(
    /folder, sequence 101_18_0_1_1_sit: expected at least 2 frames, found 1 frame/,
  );
});

describe('irds', () => {
  const frames = `${row(75)}\r\n${row(75)}\n`;

  test('takes id, subject and class from the file name and sorts by id', async () => {
    const dataset = await irds.read([
      memoryFile('Simplified/202_18_8_1_2_stand.txt', frames),
      memoryFile('Simplified/101_18_0_2_1_Stand-frame.txt', frames),
      memoryFile('notes.txt', 'not a sequence'),
    ]);
    expect(dataset.samples.map(({ id, subject, label, frames }) => [id, subject, label, frames])).toEqual([
      ['101_18_0_2_1_Stand-frame', '101', 0, 2],
      ['202_18_8_1_2_stand', '202', 8, 2],
    ]);
    expect(dataset.samples[0].positions.slice(72, 78)).toEqual(Float32Array.of(72, 73, 74, 0, 1, 2));
  });

  test('odd subjects test by default; patients test in the other split', async () => {
    const paths = ['101', '102', '201', '302'].map((subject) => memoryFile(`${subject}_18_0_1_1_sit.txt`, frames));
    const { splits } = await irds.read(paths);
    expect(splits.map(({ name, train, test }) => ({ name, train, test }))).toEqual([
      { name: 'cross-subject', train: [1, 3], test: [0, 2] },
      { name: 'patients', train: [0, 1, 3], test: [2] },
    ]);
  });

  test('leaves out what its authors labelled 3, unread, and raw copies', async () => {
    const unreadable = { path: '101_18_0_1_3_sit.txt', bytes: 1, read: () => Promise.reject(new Error('read')) };
    const raw = memoryFile('RawData/101_18_0_2_1_sit.txt', 'Version0.1');
    const { samples, skipped } = await irds.read([unreadable, raw, memoryFile('101_18_0_2_1_sit.txt', frames)]);
    expect(samples.length).toBe(1);
    expect(skipped).toEqual([{ id: '101_18_0_1_3_sit', reason: 'labelled 3, to be left out, by its authors' }]);
  });

  test('names what is beside sequences under another name', async () => {
    const { samples, skipped } = await irds.read([
      memoryFile('Simplified/101_18_0_2_1_sit.txt', frames),
      memoryFile('Simplified/101_18_0_3_sit.txt', frames),
      memoryFile('Simplified/notes.md', ''),
      memoryFile('README.txt', ''),
    ]);
    expect(samples.length).toBe(1);
    expect(skipped).toEqual([{ id: 'Simplified/101_18_0_3_sit.txt', reason: 'not named as 101_18_0_1_1_stand.txt' }]);
  });

  test.each([
    ['an empty file', '101_18_0_1_1_sit.txt', '', /101_18_0_1_1_sit.txt: .*at least one frame.*an empty file/],
    ['blank lines', '101_18_0_1_1_sit.txt', '\n\r\n', /only blank lines/],
    ['a short line', '101_18_0_1_1_sit.txt', `${row(75)}\n${row(74)}`, /line 2: expected 75 numbers .*found 74/],
    ['NaN', '101_18_0_1_1_sit.txt', row(75, (c) => (c === 9 ? 'NaN' : c)), /line 1, column 10: .*"NaN"/],
    ['a word', '101_18_0_1_1_sit.txt', row(75, (c) => (c === 0 ? 'x0' : c)), /line 1, column 1: .*"x0"/],
    ['an empty cell', '101_18_0_1_1_sit.txt', row(75, (c) => (c === 5 ? '' : c)), /column 6: .*found nothing/],
    ['an infinite number', '101_18_0_1_1_sit.txt', row(75, (c) => (c === 5 ? '1e99' : c)), /"1e99"/],
    ['an unknown gesture', '101_18_9_1_1_sit.txt', frames, /gesture number.*one of the 9 classes, 0 to 8, found 9/],
  ])('refuses %s', async (_, path, text, message) => {
    await expect(irds.read([memoryFile(path, text)])).rejects.toThrow(InputError);
    await expect(irds.read([memoryFile(path, text)])).rejects.toThrow(message);
  });

  test('refuses two copies of a sequence', async () => {
    const copies = [memoryFile('a/101_18_0_1_1_sit.txt', frames), memoryFile('b/101_18_0_1_1_sit.txt', frames)];
    await expect(irds.read(copies)).rejects.toThrow(/b\/101_18.*the same sequence as a\/101_18/);
  });
});

describe('ui-prmd', () => {
  const frames = `${row(117, (c) => c + 1)}\n`;

  test('subjects 1 to 5 train, 6 to 10 test', async () => {
    const files = ['m01_s05_e01', 'm10_s06_e10', 'm10_s10_e01'].map((id) => memoryFile(`${id}_positions.txt`, frames));
    const { samples, splits } = await uiPrmd.read(files);
    expect(samples.map(({ id, label }) => [id, label])).toEqual([
      ['m01_s05_e01', 0],
      ['m10_s06_e10', 9],
      ['m10_s10_e01', 9],
    ]);
    expect(splits[0]).toMatchObject({ train: [0], test: [1, 2] });
  });

  test('passes over Kinect and incorrect recordings, and fills in lost markers', async () => {
    const lost = row(117, (c) => (c < 3 ? 0 : c + 1));
    const { samples } = await uiPrmd.read([
      memoryFile('Kinect/Positions/m01_s01_e01_positions.txt', 'other'),
      memoryFile('Vicon/Positions/m01_s01_e01_positions_inc.txt', 'other'),
      memoryFile('Vicon/Positions/m01_s01_e01_positions.txt', `${frames}${lost}\n${frames}`),
    ]);
    expect(samples.length).toBe(1);
    expect(samples[0].positions.slice(117, 120)).toEqual(Float32Array.of(1, 2, 3));
  });

  test('refuses Kinect positions in a Vicon folder, and movement 11', async () => {
    await expect(uiPrmd.read([memoryFile('m01_s01_e01_positions.txt', row(66))])).rejects.toThrow(
      /117 numbers.*found 66/,
    );
    await expect(uiPrmd.read([memoryFile('m11_s01_e01_positions.txt', frames)])).rejects.toThrow(/movement number/);
  });
});

describe('sbu', () => {
  test('undoes the normalisation: millimetres, two persons of 15 joints', async () => {
    const text = row(91, (c) => (c === 0 ? 17 : 0.25));
    const { samples } = await sbu.read([memoryFile('SBU/s01s02/08/003/skeleton_pos.txt', text)]);
    expect(samples[0]).toMatchObject({ id: 's01s02/08/003', subject: 's01s02', label: 7, persons: 2, joints: 15 });
    expect(samples[0].positions.length).toBe(90);
    expect(samples[0].positions.slice(87)).toEqual(Float32Array.of(640, 480, 320));
  });

  test('each official fold tests its own pairs; fold 5 comes first', async () => {
    const pairs = ['s01s02', 's02s03', 's01s03', 's02s01', 's04s02'];
    const text = row(91);
    const { samples, splits } = await sbu.read(
      pairs.map((pair) => memoryFile(`${pair}/01/001/skeleton_pos.txt`, text)),
    );
    expect(splits.map(({ name, test }) => [name, test.map((i) => samples[i].subject)])).toEqual([
      ['fold5', ['s04s02']],
      ['fold1', ['s01s02']],
      ['fold2', ['s02s03']],
      ['fold3', ['s01s03']],
      ['fold4', ['s02s01']],
    ]);
  });

  test.each([
    ['class folder', 's01s02/09/001', /class folder: expected one of the 8 classes, 1 to 8, found 09/],
    ['pair, which no fold would test', 's08s09/01/001', /pair of persons: expected a pair of the five folds.*s08s09/],
  ])('refuses an unknown %s', async (_, path, message) => {
    await expect(sbu.read([memoryFile(`${path}/skeleton_pos.txt`, row(91))])).rejects.toThrow(message);
  });
});

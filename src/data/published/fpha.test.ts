import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import type { RecordingFile } from '../formats/format.js';
import { memoryFile } from '../formats/format.js';
import { fpha } from './fpha.js';

const FRAME = Array.from({ length: 64 }, (_, column) => column * 1.5).join(' ');
const SPLIT = `Training 2
Subject_1/open_juice_bottle/2 0
Subject_2/prick/1 1
Test 1
Subject_1/open_juice_bottle/1 0
`;

/** A folder as the data set is published, with the given split file and some files replaced or added. */
function folder(split = SPLIT, changes: Readonly<Record<string, string>> = {}): RecordingFile[] {
  const sequences = {
    'Subject_1/open_juice_bottle/1': `${FRAME}\n${FRAME}\n`,
    'Subject_1/open_juice_bottle/2': `${FRAME}\n`,
    'Subject_2/prick/1': `${FRAME}\n`,
    ...changes,
  };
  return [
    memoryFile('data_split_action_recognition.txt', split),
    ...Object.entries(sequences).map(([id, text]) => memoryFile(`Hand_pose_annotation_v1/${id}/skeleton.txt`, text)),
  ];
}

test('classes and the official split come from the split file', async () => {
  const { classes, samples, splits } = await fpha.read(folder());
  expect(classes).toEqual(['open_juice_bottle', 'prick']);
  expect(samples.map(({ id, label, subject, frames }) => [id, label, subject, frames])).toEqual([
    ['Subject_1/open_juice_bottle/1', 0, 'Subject_1', 2],
    ['Subject_1/open_juice_bottle/2', 0, 'Subject_1', 1],
    ['Subject_2/prick/1', 1, 'Subject_2', 1],
  ]);
  expect(splits[0]).toMatchObject({ name: 'official', train: [1, 2], test: [0] });
});

test('a second split leaves out test sequences that are those of training', async () => {
  const twin = folder(SPLIT, { 'Subject_1/open_juice_bottle/1': `${FRAME}\n` });
  const names = async (entries: RecordingFile[]) =>
    (await fpha.read(entries)).splits.map(({ name, test: t }) => [name, t]);
  expect(await names(twin)).toEqual([
    ['official', [0]],
    ['official-unique', []],
  ]);
  expect(await names(folder())).toEqual([
    ['official', [0]],
    ['official-unique', [0]],
  ]);
});

test('the frame number is not a coordinate', async () => {
  const { samples } = await fpha.read(folder());
  expect(samples[1].positions.length).toBe(63);
  expect(samples[1].positions[0]).toBe(1.5);
});

test('an empty file is left out, also of the split', async () => {
  const { samples, skipped, splits } = await fpha.read(folder(SPLIT, { 'Subject_2/prick/1': '\n' }));
  expect(samples.length).toBe(2);
  expect(skipped).toEqual([{ id: 'Subject_2/prick/1', reason: 'empty in the published data set' }]);
  expect(splits[0].train).toEqual([1]);
});

test.each<[string, RecordingFile[], RegExp]>([
  ['a folder without the split', folder().slice(1), /data_split_action_recognition.txt.*no such file/],
  ['a split of another kind', folder('Testing 1'), /line 1: expected "Training <count>", found "Testing 1"/],
  ['a split cut short', folder('Training 2\nSubject_1/open_juice_bottle/2 0'), /line 3: .*the end of the file/],
  ['a huge count', folder('Training 99999999999\n'), /line 2/],
  ['a label with two actions', folder(SPLIT.replace('prick/1 1', 'prick/1 0')), /line 3: .*"prick"/],
  ['a label left out', folder(SPLIT.replace('prick/1 1', 'prick/1 2')), /class 1/],
  ['a sequence that is not there', folder(SPLIT.replace('prick/1', 'prick/9')), /prick\/9.*found none/],
  ['an unknown action', folder(SPLIT, { 'Subject_1/juggle/1': FRAME }), /action folder.*"juggle"/],
  ['a short line', folder(SPLIT, { 'Subject_2/prick/1': `${FRAME}\n1 2 3` }), /line 2: expected 64 numbers/],
])('refuses %s', async (_, entries, message) => {
  await expect(fpha.read(entries)).rejects.toThrow(InputError);
  await expect(fpha.read(entries)).rejects.toThrow(message);
});

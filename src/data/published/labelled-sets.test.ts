import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { memoryFile } from '../formats/format.js';
import { florence3d, kineticsSkeleton } from './labelled-sets.js';

test('florence-3d: the recordings of one text, each subject in turn', async () => {
  const frame = (video: number, actor: number, action: number) =>
    [video, actor, action, ...Array.from({ length: 45 }, (_, i) => i + video)].join(' ');
  const lines = [frame(1, 1, 1), frame(1, 1, 1), frame(2, 2, 9), frame(2, 2, 9), frame(2, 2, 9)];
  const file = memoryFile('Florence_dataset_WorldCoordinates.txt', lines.join('\n'));
  const { samples, classes, splits } = await florence3d.read([file]);
  expect(samples.map(({ label, subject, frames }) => [classes[label], subject, frames])).toEqual([
    ['wave', '1', 2],
    ['bow', '2', 3],
  ]);
  expect([...samples[1].positions.slice(0, 3)]).toEqual([2, 3, 4]);
  expect(splits.map(({ name, test: tested }) => [name, tested])).toEqual([
    ['subject-1', [0]],
    ['subject-2', [1]],
  ]);
});

const clip = (path: string, label: string) => {
  const pose = Array.from({ length: 36 }, (_, i) => (i + 1) / 40);
  const skeleton = [{ pose, score: Array.from({ length: 18 }, () => 0.9) }];
  const data = [1, 2].map((frame_index) => ({ frame_index, skeleton }));
  return memoryFile(path, JSON.stringify({ data, label, label_index: 0 }));
};

test('kinetics-skeleton: the folder of training and that of validation, two persons', async () => {
  const files = [clip('kinetics_val/b.json', 'yoga'), clip('kinetics_train/a.json', 'abseiling')];
  const { samples, classes, splits, persons } = await kineticsSkeleton.read(files);
  expect([classes, persons]).toEqual([['abseiling', 'yoga'], 2]);
  expect(samples.map(({ id }) => id)).toEqual(['kinetics_train/a.json', 'kinetics_val/b.json']);
  expect(splits).toMatchObject([{ name: 'official', train: [0], test: [1] }]);
});

test('a clip without a label is refused by name', async () => {
  const file = memoryFile('kinetics_train/a.json', '{"frames": [[[1, 2, 3]]]}');
  await expect(kineticsSkeleton.read([file])).rejects.toThrow(InputError);
  await expect(kineticsSkeleton.read([file])).rejects.toThrow(/kinetics_train\/a.json.*18 joints with a label/);
});

import { expect, test } from 'vitest';
import { toyDataset, toyModel } from '../../../test/support/toy.js';
import type { Dataset } from '../../data/dataset.js';
import { labelledSequences } from '../labelled-sequences.js';
import { reportNotes } from './notes.js';
import { createReport } from './report.js';

const dataset = toyDataset();
const [{ train, test: tested }] = dataset.splits;
const model = toyModel((random) => random.normal());

function notesFor(accuracy: number, training: readonly number[] = [], set: Dataset = dataset): string[] {
  const rows = [{ rate: 0, correct: accuracy * 10, total: 10, accuracy }];
  return reportNotes({ model, dataset: set, sequences: labelledSequences(model, set, tested), training, rows });
}

test('an accuracy of the most frequent class is no better than chance: 4 of 10, and two errors of 0.155', () => {
  expect(notesFor(0.7)[0]).toMatch(/^No better than chance: the most frequent class makes up 40.0 %/);
  expect(notesFor(0.72)).toEqual([]);
});

test('classes of fewer than ten training recordings are named with their number', () => {
  const some = train.filter((i) => dataset.samples[i].label !== 1 || i > 30);
  expect(notesFor(0.95, some)[0]).toMatch(/^Few training recordings: y \(2\)\. Record more/);
  expect(notesFor(0.95, train)).toEqual([]);
});

test('a network that knows the training sequences by heart is told by their accuracy', () => {
  const answer = (index: number) =>
    createReport(model, dataset, { split: 'quarter', rates: [0], confusion: true }).rates[0].wrong!.some(
      ({ id }) => id === dataset.samples[index].id,
    );
  const right = tested.filter((index) => !answer(index));
  expect(right.length).toBeGreaterThan(0);
  expect(notesFor(0.8, right).at(-1)).toMatch(/^On training sequences 100.0 % are right, far more than on these/);
  expect(notesFor(0.9, right).some((note) => note.startsWith('On training'))).toBe(false);
});

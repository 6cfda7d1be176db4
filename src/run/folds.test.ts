import { expect, test } from 'vitest';
import { toyDataset, toySplit } from '../../test/support/toy.js';
import { foldSplits, meanReport, meanRow } from './folds.js';

const splits = ['fold2', 'quarter', 'fold1'].map((name) => ({ ...toySplit(), name }));

test.each([
  ['5-fold', ['fold1', 'fold2']],
  ['5-fold/validation-2', ['fold1/validation-2', 'fold2/validation-2']],
  ['fold1', []],
  ['fold1/validation-2', []],
  [undefined, []],
  ['each-subject', ['subject-s0', 'subject-s1', 'subject-s2', 'subject-s3', 'subject-s4']],
  ['each-subject/validation-1', [0, 1, 2, 3, 4].map((s) => `subject-s${s}/validation-1`)],
])('%s stands for %j', (split, expected) => {
  expect(foldSplits(split, { ...toyDataset(), splits })).toEqual(expected);
});

test('each-subject is refused where somebody is not known', () => {
  const { samples, ...set } = toyDataset();
  const unknown = samples.map((sample, i) => (i === 3 ? { ...sample, subject: '' } : sample));
  expect(() => foldSplits('each-subject', { ...set, samples: unknown })).toThrow(
    /toy, split each-subject: expected at least two/,
  );
});

test('a row of all folds has the mean of their sizes and accuracies, and their sequences together', () => {
  const row = { rate: 0.9, trained: false, emptied: [] };
  const folds = [
    { ...row, nonzeros: 8, effective: 3, macs: 10, bytes: 101, accuracy: 0.5, classMean: 0.25, correct: 1, total: 2 },
    {
      ...row,
      nonzeros: 10,
      effective: 6,
      macs: 20,
      bytes: 102,
      accuracy: 1,
      classMean: 0.75,
      correct: 4,
      total: 4,
      emptied: ['weight'],
    },
  ];
  const sizes = { nonzeros: 9, effective: 5, macs: 15, bytes: 102 };
  expect(meanRow(folds)).toEqual({
    ...row,
    ...sizes,
    accuracy: 0.75,
    classMean: 0.5,
    correct: 5,
    total: 6,
    emptied: ['weight'],
  });
});

test('a report of all folds has the mean of weights, of which folds may choose different numbers, and says which fold a note is of', () => {
  const fold = { dataset: 'toy', part: 'test', seen: 0, classes: 2, rates: [] } as const;
  const folds = [
    { ...fold, split: 'fold1', sequences: 3, weights: 100, notes: [] },
    { ...fold, split: 'fold2', sequences: 4, weights: 120, notes: ['Few recordings.'] },
  ];
  const mean = { split: '5-fold', sequences: 7, weights: 110, notes: ['fold2: Few recordings.'] };
  expect(meanReport(folds, '5-fold')).toEqual({ ...fold, ...mean });
});

import { expect, test } from 'vitest';
import { toySplit } from '../../test/support/toy.js';
import { foldSplits, meanRow } from './folds.js';

const splits = ['fold2', 'quarter', 'fold1'].map((name) => ({ ...toySplit(), name }));

test.each([
  ['5-fold', ['fold1', 'fold2']],
  ['5-fold/validation-2', ['fold1/validation-2', 'fold2/validation-2']],
  ['fold1', []],
  ['fold1/validation-2', []],
  [undefined, []],
])('%s stands for %j', (split, expected) => {
  expect(foldSplits(split, { splits })).toEqual(expected);
});

test('a row of all folds has the mean of their sizes and accuracies, and their sequences together', () => {
  const row = { rate: 0.9, trained: false, nonzeros: 8, emptied: [] };
  const folds = [
    { ...row, effective: 3, macs: 10, bytes: 101, accuracy: 0.5, correct: 1, total: 2 },
    { ...row, effective: 6, macs: 20, bytes: 102, accuracy: 1, correct: 4, total: 4, emptied: ['weight'] },
  ];
  const sizes = { effective: 5, macs: 15, bytes: 102 };
  expect(meanRow(folds)).toEqual({ ...row, ...sizes, accuracy: 0.75, correct: 5, total: 6, emptied: ['weight'] });
});

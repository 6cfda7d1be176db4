import { expect, test } from 'vitest';
import { toyDataset, toyRecipe, toySplit } from '../../../test/support/toy.js';
import { foldSplits } from './folds.js';

const splits = ['fold2', 'quarter', 'fold1'].map((name) => ({ ...toySplit(), name }));
const dataset = { ...toyDataset(), splits };

test.each([
  ['5-fold', ['fold1', 'fold2']],
  ['5-fold/validation-2', ['fold1/validation-2', 'fold2/validation-2']],
  ['fold1', []],
  ['fold1/validation-2', []],
])('%s stands for %j', (split, expected) => {
  expect(foldSplits({ recipe: toyRecipe({ split }), dataset })).toEqual(expected);
});

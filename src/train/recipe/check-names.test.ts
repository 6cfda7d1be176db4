import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import { checkRecipe } from './check-recipe.js';
import { parseRecipe } from './parse-recipe.js';

test('names that no file could say are refused before anything is trained', () => {
  const long = 'n'.repeat(1001);
  const set = toyDataset();
  for (const [place, changed] of Object.entries({
    'data set': { name: long },
    class: { classes: [...set.classes.slice(1), long] },
    split: { splits: set.splits.map((split) => ({ ...split, name: long })) },
  })) {
    expect(() => checkRecipe(toyRecipe(), { ...set, ...changed }), place).toThrow(
      'expected names of at most 1000 characters, found 1001',
    );
  }
  const classes = Array.from({ length: 10_001 }, (_, i) => `class ${i}`);
  expect(() => checkRecipe(toyRecipe(), { ...set, classes })).toThrow('at most 10000 classes, found 10001');
});

test.each(['../../escaped/x', '..', '.', 'a/b', 'a\\b', 'a\0', 'a\u001b[2J', 'n'.repeat(1001)])(
  'a recipe of the name %j is refused: it names a folder',
  (name) => expect(() => parseRecipe({ ...toyRecipe(), name }, 'file')).toThrow(/^file, name: expected /),
);

test.each(['sbu', 'my moves 2', '…', '.hidden', '日本'])('a recipe may be called %j', (name) => {
  expect(parseRecipe({ ...toyRecipe(), name }, 'file').name).toBe(name);
});

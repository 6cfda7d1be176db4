import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import { createTraining } from '../create-training.js';
import { parseRecipe } from './parse-recipe.js';
import type { Recipe } from './recipe.js';

const written = JSON.parse(readFileSync('recipes/irds.json', 'utf8')) as Recipe;
const MEND = 'Pass the recipe through parseRecipe, which fills in what is left out and says what is wrong.';
const { batch: _, ...withoutBatch } = toyRecipe().training;

test.each([
  ['a recipe as it is written', written, /^recipe irds, [\w.]+: expected a value, found none\. /],
  [
    'a part without a value',
    { ...toyRecipe(), training: withoutBatch },
    /, training\.batch: expected a value, found none/,
  ],
  ['a value of another kind', { ...toyRecipe(), seed: 'one' }, /, seed: expected a number, found "one"\. /],
  ['an unknown key', { ...toyRecipe(), sead: 2 }, /expected known keys, found "sead"\. /],
])('%s is refused, and how to mend it is said', (_, recipe, message) => {
  const begin = () => createTraining(recipe as Recipe, toyDataset());
  expect(begin).toThrow(message);
  expect(begin).toThrow(MEND);
});

test('what parseRecipe gives is a recipe', () => {
  const training = createTraining(parseRecipe({ ...toyRecipe() }, 'recipe'), toyDataset());
  expect(training.done).toBe(false);
  training.close();
});

import { describe, expect, test } from 'vitest';
import { toyRecipe } from '../../../test/support/toy.js';
import { builtinRecipes, loadRecipe } from '../../train/node/load-recipe.js';
import { parseRecipe } from '../../train/recipe/parse-recipe.js';
import { ablationsOf } from './ablation.js';

test('each piece of a small recipe, and none that it does not have', () => {
  expect(ablationsOf(toyRecipe({}, { weightDecay: 0.1 })).map(({ piece }) => piece)).toEqual([
    ...['augmentation jitter', 'dropout', 'concatenation of heads', 'divergence', 'gain', 'knots over the rate'],
    ...['rates between', 'rise of σ', 'mixup', 'label smoothing', 'weight decay', 'average of weights'],
  ]);
});

test('members are a piece, without which a layer is one network of as many units', () => {
  const recipe = toyRecipe({ network: [{ kind: 'dense', units: 6, members: 3 }] });
  const single = ablationsOf(recipe).find(({ piece }) => piece === 'members')?.recipe;
  expect(single).toEqual({ ...toyRecipe({ network: [{ kind: 'dense', units: 6 }] }), name: 'toy-without-members' });
});

test('a step that occurs twice is left out once each time', () => {
  const positions = (chunks: number) => ({ step: 'positions', chunks });
  const recipe = toyRecipe({
    preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [positions(2), positions(4)] },
  });
  const channels = ablationsOf(recipe).filter(({ piece }) => piece.startsWith('channels'));
  expect(channels.map(({ piece, recipe: { preprocessing } }) => [piece, preprocessing.channels])).toEqual([
    ['channels positions', [positions(4)]],
    ['channels positions 2', [positions(2)]],
  ]);
});

describe.each(builtinRecipes())('%s', (name) => {
  const recipe = loadRecipe(name);
  const ablations = ablationsOf(recipe);

  test('without a piece it is a recipe that can be trained, under a name of its own', () => {
    for (const { recipe: ablated } of ablations) expect(parseRecipe(ablated, ablated.name)).toEqual(ablated);
    expect(new Set([name, ...ablations.map((ablated) => ablated.recipe.name)]).size).toBe(ablations.length + 1);
  });

  test('one part differs, and all else is the same', () => {
    for (const { recipe: ablated } of ablations) {
      const changed = Object.entries(ablated).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(recipe[key as keyof typeof recipe]),
      );
      expect(changed.map(([key]) => key)).toHaveLength(2); // the name, and the part
    }
  });
});

import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { builtinRecipes, loadRecipe } from '../node/load-recipe.js';
import { parseRecipe } from './parse-recipe.js';

const recipe = {
  name: 'r',
  data: 'irds',
  preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 4 }] },
  network: [{ kind: 'dense', units: 4 }],
  training: { epochs: 1 },
};

test.each(builtinRecipes())('built-in recipe %s is valid, and resolving it twice changes nothing', (name) => {
  const resolved = loadRecipe(name);
  expect(resolved.name).toBe(name);
  expect(parseRecipe(JSON.parse(JSON.stringify(resolved)), 'file')).toEqual(resolved);
});

test('overrides replace what the recipe says', () => {
  const resolved = parseRecipe(recipe, 'file', { epochs: 7, seed: 3, split: 'patients', report: [0.5] });
  expect(resolved).toMatchObject({ training: { epochs: 7 }, seed: 3, split: 'patients', report: [0.5] });
});

test.each<[string, unknown, string]>([
  ['a misspelt key', { ...recipe, sed: 1 }, 'sed: expected one of the keys name, data'],
  ['its suggestion', { ...recipe, sed: 1 }, 'Did you mean "seed"?'],
  ['a misspelt required key', { ...recipe, training: { epoch: 1 } }, 'training.epoch: .*Did you mean "epochs"'],
  [
    'a misspelt key of a step',
    { ...recipe, augmentation: [{ step: 'rotate', angel: 1 }] },
    'augmentation\\[0\\].angel: .*Did you mean "angle"',
  ],
  [
    'a misspelt key below defaults',
    { ...recipe, pruning: { rates: { draw: 'sandwich', larges: 0.9 } } },
    'pruning.rates.larges: .*Did you mean "largest"',
  ],
  [
    'a misspelt step',
    { ...recipe, augmentation: [{ step: 'rotat', angle: 1 }] },
    'augmentation\\[0\\].step: expected one of mirror, .*found "rotat". Did you mean "rotate"',
  ],
  ['a misspelt option', { ...recipe, pruning: { prior: 'gausian' } }, 'pruning.prior: .*Did you mean "gaussian"'],
  ['a wrong type', { ...recipe, training: { epochs: 'ten' } }, 'training.epochs: expected a number, found "ten"'],
  ['a wrong number', { ...recipe, training: { epochs: 0 } }, 'training.epochs: expected at least 1, found 0'],
  ['a missing key', { ...recipe, data: undefined }, 'data: expected a text, found nothing'],
  [
    'gates without l0',
    { ...recipe, pruning: { mask: 'gates' } },
    'pruning.regulariser.kind: expected l0 with the mask gates, .*found nothing',
  ],
  [
    'l0 without gates, which is spelt as it should be',
    { ...recipe, pruning: { regulariser: { kind: 'l0' } } },
    'pruning.regulariser.kind: expected l0 with the mask gates, .*found "l0". See docs/recipe.md',
  ],
  [
    'settling under a mask that no a(r) prunes by',
    { ...recipe, pruning: { mask: 'project', settle: true } },
    'pruning.settle: expected true with the masks band-stop and hard alone, .*found true',
  ],
  [
    'a mask that one method alone can use',
    { ...recipe, pruning: { mask: 'line', divergence: { weight: 0 } } },
    'pruning.mask: expected another mask: .*lcs., found line',
  ],
  [
    'dropout that would do nothing',
    { ...recipe, network: [{ kind: 'dense', units: 4, activation: 'none', dropout: 0.5 }] },
    'network\\[0\\].dropout: expected 0 without relu, found 0.5',
  ],
  [
    'normalisation without a convolution',
    { ...recipe, training: { ...recipe.training, normalise: true } },
    'training.normalise: expected false in a network without convolutions, found true',
  ],
  ['another kind of JSON', [1], 'top: expected an object, found \\[1\\]'],
  [
    'steps that do not fit',
    { ...recipe, preprocessing: { ...recipe.preprocessing, channels: [{ step: 'positions', chunks: 3 }] } },
    'channels\\[0\\].chunks: expected a number of chunks that divides the 8',
  ],
  [
    'frames that are averaged twice',
    {
      ...recipe,
      preprocessing: { ...recipe.preprocessing, pose: [...recipe.preprocessing.pose, { step: 'resample', frames: 4 }] },
    },
    'preprocessing.pose: expected one step "resample", found resample, resample',
  ],
])('names %s', (_, json, message) => {
  expect(() => parseRecipe(json, 'file')).toThrow(InputError);
  expect(() => parseRecipe(json, 'file')).toThrow(new RegExp(message));
});

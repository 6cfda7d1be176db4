import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import { checkRecipe } from './check-recipe.js';

const convolution = { kind: 'graph-convolution', heads: 2, filters: 3, combine: 'concatenate' };

test.each([
  ['units', [convolution, { kind: 'dense', units: 4, members: 3 }], '6 channels that it reads, found 3'],
  ['channels', [convolution, { kind: 'dense', units: 8, members: 4 }], '6 channels that it reads, found 4'],
  ['features', [{ kind: 'dense', units: 8, members: 4 }], '6 channels that it reads, found 4'],
])('members that do not divide the %s are refused', (_, network, found) => {
  const check = () => checkRecipe(toyRecipe({ network }), toyDataset());
  expect(check).toThrow(`recipe toy, network[${network.length - 1}].members: expected a divisor of the layer's units`);
  expect(check).toThrow(found);
});

test('members that divide both are taken', () => {
  const recipe = toyRecipe({ network: [convolution, { kind: 'dense', units: 6, members: 3 }] });
  expect(() => checkRecipe(recipe, toyDataset())).not.toThrow();
});

test.each([
  [{ step: 'heading', up: 'y' }, true],
  [{ step: 'body-frame', up: 'y' }, true],
  [{ step: 'body-frame', up: 'spine' }, false],
  [{ step: 'center' }, false],
])('%j is refused of data without depth: %s', (step, isRefused) => {
  const preprocessing = {
    pose: [{ step: 'resample', frames: 8 }, step],
    channels: [{ step: 'positions', chunks: 2 }],
  };
  const check = (dimensions: 2 | 3) => () => checkRecipe(toyRecipe({ preprocessing }), { ...toyDataset(), dimensions });
  expect(check(3)).not.toThrow();
  if (isRefused) expect(check(2)).toThrow('preprocessing.pose[1]: expected steps in the picture plane');
  else expect(check(2)).not.toThrow();
});

test('a network that no file could hold is refused before it is trained', () => {
  const network = Array.from({ length: 2 }, () => ({ kind: 'dense', units: 8000 }));
  expect(() => checkRecipe(toyRecipe({ network }), toyDataset())).toThrow(
    /^recipe toy, network: expected at most 16000000 weights/,
  );
});

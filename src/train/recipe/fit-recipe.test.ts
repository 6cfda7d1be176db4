import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import { createTraining } from '../create-training.js';
import { fitRecipe } from './fit-recipe.js';

const recipe = toyRecipe({
  preprocessing: {
    pose: [{ step: 'resample', frames: 8 }, { step: 'center' }],
    channels: [{ step: 'positions', chunks: 2 }, { step: 'velocities', chunks: 2 }, { step: 'statistics' }],
  },
  network: [{ kind: 'dense', units: 5 }],
});
const flat = toyDataset();
for (const { positions } of flat.samples) for (let at = 2; at < positions.length; at += 3) positions[at] = 0;

function weightsOf(dimensions: 2 | 3 | undefined): number {
  const training = createTraining(recipe, dimensions === undefined ? flat : { ...flat, dimensions });
  const { parameters, description } = training.model();
  training.close();
  expect(description.preprocessing.dimensions).toBe(dimensions === 2 ? 2 : undefined);
  return parameters.latents.reduce((sum, { length }) => sum + length, 0);
}

test('weights of a z that is always 0 are none of the network', () => {
  const [joints, classes] = [flat.layout.joints.length, flat.classes.length];
  // of each coordinate 2 means, 1 step between them, 4 statistics
  expect(weightsOf(2)).toBe(joints * 2 * 7 * 5 + 5 * classes);
  expect(weightsOf(3)).toBe(joints * 3 * 7 * 5 + 5 * classes);
  expect(weightsOf(undefined)).toBe(joints * 3 * 7 * 5 + 5 * classes);
});

test('a recipe that says it is left as it is', () => {
  const said = { ...recipe, preprocessing: { ...recipe.preprocessing, dimensions: 3 as const } };
  expect(fitRecipe(said, { dimensions: 2 })).toBe(said);
  expect(fitRecipe(recipe, { dimensions: 3 })).toBe(recipe);
});

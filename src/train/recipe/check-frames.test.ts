import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import type { Dataset } from '../../data/dataset.js';
import { checkFrames } from './check-frames.js';
import type { Recipe } from './recipe.js';

type ChannelStep = Recipe['preprocessing']['channels'][number];

function withStill(): Dataset {
  const set = toyDataset();
  const samples = set.samples.map((sample, i) =>
    i === 5 ? { ...sample, frames: 1, positions: sample.positions.slice(0, 63) } : sample,
  );
  return { ...set, samples };
}

const recipeWith = (...channels: ChannelStep[]) => {
  const recipe = toyRecipe();
  return { ...recipe, augmentation: [], preprocessing: { pose: recipe.preprocessing.pose, channels } };
};

test.each<[string, ChannelStep]>([
  ['"velocities" in 2 chunks', { step: 'velocities', chunks: 2 }],
  ['"positions" in 2 chunks', { step: 'positions', chunks: 2 }],
  ['"statistics"', { step: 'statistics' }],
])('a recording of one frame is refused where the recipe has %s', (name, step) => {
  const set = withStill();
  expect(() => checkFrames(recipeWith(step), set, set.splits)).toThrow(
    `data set toy, recording take-5: expected at least 2 frames, since the recipe has a step over time, found 1 frame, and ${name} in`,
  );
});

test('still poses are welcome where the recipe has no step over time', () => {
  const set = withStill();
  expect(() => checkFrames(recipeWith({ step: 'positions', chunks: 1 }), set, set.splits)).not.toThrow();
});

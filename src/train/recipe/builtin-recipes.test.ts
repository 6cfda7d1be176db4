import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import { memoryFile } from '../../data/formats/format.js';
import { ntu } from '../../data/published/ntu.js';
import { formatSequenceJson } from '../../data/sequence-json.js';
import { Network } from '../../model/network.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { fphaHand } from '../../skeleton/layouts/hands.js';
import { loadRecipe } from '../node/load-recipe.js';
import { checkRecipe } from './check-recipe.js';

const FRAMES = 40;
const random = new Random(3);
const positions = Float32Array.from({ length: FRAMES * fphaHand.joints.length * 3 }, () => 100 * random.normal());

/** Features of a hand that is moved as a whole, by millimetres at each frame. */
function featuresOf(shift: (frame: number) => number): Float32Array {
  const { preprocessing } = loadRecipe('fpha');
  const pipeline = new Pipeline(preprocessing, fphaHand, 1);
  const moved = positions.map((value, i) => value + shift(Math.floor(i / (fphaHand.joints.length * 3))));
  return pipeline.features({ frames: FRAMES, persons: 1, joints: fphaHand.joints.length, positions: moved });
}

test('the recipe fpha sees where the hand is, the path that it takes, and its pose by itself', () => {
  const still = featuresOf(() => 0);
  const changed = (other: Float32Array) =>
    other.reduce((sum, value, i) => sum + Number(Math.abs(value - still[i]) > 1), 0);
  const [elsewhere, onItsWay] = [featuresOf(() => 300), featuresOf((frame) => 10 * frame)];
  const channels = still.length / fphaHand.joints.length;
  // means of 4 parts, mean, least and greatest of each coordinate
  expect(changed(elsewhere)).toBe(21 * (12 + 9));
  // these, the steps between the parts, and most deviations
  expect(changed(onItsWay)).toBeGreaterThan(21 * (12 + 9 + 9));
  expect(changed(onItsWay)).toBeLessThanOrEqual(21 * (12 + 9 + 12));
  // bones and distances are the pose's own
  expect(channels - (12 + 9 + 12)).toBe(12 + 6 * (4 + 4));
});

test.each([
  ['ntu60-xsub', 'S002C002P003R001A060', 207_972],
  ['ntu60-xview', 'S002C002P003R001A060', 207_972],
  ['ntu120-xsub', 'S018C001P045R001A061', 213_732],
  ['ntu120-xset', 'S018C001P045R001A061', 213_732],
])('the recipe %s fits the actions, joints, persons and splits of its set', async (name, other, weights) => {
  const positions = Float32Array.from({ length: 2 * 25 * 3 }, (_, i) => i + 1);
  const text = formatSequenceJson({ frames: 2, persons: 1, joints: 25, positions });
  const files = ['S001C001P001R001A001', other].map((id) => memoryFile(`nturgb+d_skeletons/${id}.skeleton`, text));
  const dataset = await ntu.read(files);
  const recipe = loadRecipe(name);
  const { input } = checkRecipe(recipe, dataset);
  expect(dataset.splits.map((split) => split.name)).toContain(recipe.split);
  expect(input).toEqual({ nodes: 64 * 2 * 25, channels: 12, frames: 64 });
  expect(new Network(recipe.network, input, dataset.classes.length).weightCount).toBe(weights);
});

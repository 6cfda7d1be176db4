import { expect, test } from 'vitest';
import { toyDataset } from '../../../test/support/toy.js';
import { loadDataset } from '../../data/node/load.js';
import { selectSplit } from '../../data/splits.js';
import { checkFrames } from '../recipe/check-frames.js';
import { checkRecipe } from '../recipe/check-recipe.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { automaticRecipe } from './automatic-recipe.js';

const hands = toyDataset();
const irds = await loadDataset('irds');
const stepsOf = (recipe: ReturnType<typeof automaticRecipe>) => recipe.preprocessing.pose.map(({ step }) => step);

test('bodies that stand are turned by their heading, about their vertical', async () => {
  const recipe = automaticRecipe(irds);
  expect(recipe).toMatchObject({ name: 'automatic', data: 'irds', split: 'cross-subject', seed: 1 });
  expect(recipe.preprocessing.pose).toEqual([
    { step: 'resample', frames: 32 },
    { step: 'heading', up: 'y' },
    { step: 'center', persons: 'each', scale: 'spine' },
  ]);
  const { pose } = automaticRecipe(await loadDataset('ui-prmd')).preprocessing;
  expect(pose).toContainEqual({ step: 'heading', up: 'z' });
});

test('hands are not, and keep their path', () => {
  expect(automaticRecipe(hands).preprocessing.pose.at(-1)).toEqual({ step: 'center', persons: 'all', scale: 'spine' });
  expect(stepsOf(automaticRecipe(hands))).toEqual(['resample', 'center']);
});

test('two persons are ordered as they were recorded, and keep their places to one another', () => {
  for (const dataset of [hands, irds]) {
    const samples = dataset.samples.map((sample) => ({ ...sample, persons: 2, frames: sample.frames >> 1 }));
    const steps = stepsOf(automaticRecipe({ ...dataset, persons: 2, samples }));
    expect(steps).toEqual(['order-persons', 'resample', 'center']);
  }
});

test('flat data is turned in its plane alone, and not shaken out of it', () => {
  const positions = (values: Float32Array) => values.map((value, i) => (i % 3 === 2 ? 0 : value));
  const samples = hands.samples.map((sample) => ({ ...sample, positions: positions(sample.positions) }));
  const { augmentation } = automaticRecipe({ ...hands, samples });
  const rotations = augmentation.filter(({ step }) => step === 'rotate');
  expect(rotations).toEqual([{ step: 'rotate', angle: 0.15, axis: 'z' }]);
  expect(augmentation.map(({ step }) => step)).not.toContain('jitter');
});

test('a recipe for still poses has no step over time', () => {
  const still = { ...hands.samples[0], frames: 1, positions: hands.samples[0].positions.slice(0, 63) };
  const samples = [still, ...hands.samples.slice(1)];
  const recipe = automaticRecipe({ ...hands, samples });
  expect(recipe.preprocessing.channels).toEqual([{ step: 'positions', chunks: 1 }]);
  expect(recipe.augmentation.map(({ step }) => step)).toEqual(['rotate', 'scale', 'jitter']);
  checkFrames(recipe, { ...hands, samples }, hands.splits);
});

test('movements lose joints and frames in training, whatever they are of', () => {
  const lost = { step: 'lose', joints: 0.1, frames: 0.1 };
  for (const dataset of [hands, irds]) expect(automaticRecipe(dataset).augmentation.at(-1)).toEqual(lost);
});

test('fewer than six sequences a class are changed more, and by a body of its own', () => {
  const few = (count: number) => {
    const split = { ...hands.splits[0], train: hands.splits[0].train.slice(0, count) };
    return automaticRecipe({ ...hands, splits: [split] }).augmentation;
  };
  const classes = new Set(hands.samples.map(({ label }) => label)).size;
  expect(few(6 * classes)).toEqual(automaticRecipe(hands).augmentation);
  expect(few(6 * classes - 1)).toEqual([
    { step: 'time-warp', crop: 0.2, bend: 0.4 },
    { step: 'amplitude', least: 0.6, most: 1.5 },
    { step: 'rotate', angle: 0.3, axis: 'all' },
    { step: 'scale', amount: 0.2 },
    { step: 'body', deviation: 0.05, unit: 'positions' },
    { step: 'jitter', deviation: 0.04, unit: 'positions' },
    { step: 'lose', joints: 0.2, frames: 0.2 },
  ]);
});

test('choices replace the first guesses', () => {
  const recipe = automaticRecipe(irds, { choices: { direction: 'recorded', origin: 'fixed', rotations: 'large' } });
  expect(stepsOf(recipe)).toEqual(['resample', 'center']);
  expect(recipe.augmentation).toContainEqual({ step: 'rotate', angle: 0.5, axis: 'y' });
  expect(stepsOf(automaticRecipe(irds, { choices: { direction: 'body' } }))).toEqual(['resample', 'body-frame']);
});

test('classes are balanced where they are uneven, and the epochs are as many as make 3,000 steps', () => {
  const { training } = automaticRecipe(hands); // 30 sequences are a step
  expect(training).toMatchObject({ epochs: 3000, batch: 32, balance: false });
  const few = hands.samples.filter(({ label }, i) => label !== 1 || i < 12);
  const split = { ...hands.splits[0], train: few.map((_, i) => i) };
  expect(automaticRecipe({ ...hands, samples: few, splits: [split] }).training.balance).toBe(true);
  expect(automaticRecipe(irds).training).toMatchObject({ epochs: Math.ceil(3000 / 18), batch: 64 }); // 1,159 sequences
});

test('a recipe fits its data, survives being written down, and depends on the training sequences alone', () => {
  const recipe = automaticRecipe(irds, { split: 'patients', seed: 5, name: 'mine', data: 'my-folder' });
  expect(recipe).toMatchObject({ name: 'mine', data: 'my-folder', split: 'patients', seed: 5 });
  checkRecipe(recipe, irds);
  expect(parseRecipe(JSON.parse(JSON.stringify(recipe)), 'file')).toEqual(recipe);
  const { train } = irds.splits[1];
  const samples = irds.samples.map((sample, i) =>
    train.includes(i) ? sample : { ...sample, label: 0, positions: sample.positions.map(() => Number.NaN) },
  );
  expect(
    automaticRecipe({ ...irds, samples }, { split: 'patients', seed: 5, name: 'mine', data: 'my-folder' }),
  ).toEqual(recipe);
});

test('segments of longer recordings are trained in windows, and an epoch has as many sequences more', () => {
  const samples = hands.samples.map((sample) => ({ ...sample, within: { sequence: sample, first: 0 } }));
  const [plain, windowed] = [automaticRecipe(hands), automaticRecipe({ ...hands, samples })];
  expect(plain.augmentation.map(({ step }) => step)).not.toContain('windows');
  expect(windowed.augmentation[0]).toEqual({ step: 'windows', each: 4, length: 1, share: 0.6 });
  const batches = (recipe: typeof plain, each: number) =>
    Math.max(1, Math.floor((selectSplit(hands, undefined).train.length * each) / recipe.training.batch));
  expect(windowed.training.epochs).toBe(Math.ceil(3000 / batches(windowed, 5)));
  expect(plain.training.epochs).toBe(Math.ceil(3000 / batches(plain, 1)));
});

test('a network over time fits all data but that with a recording of one frame', () => {
  const choices = { family: 'over-time' } as const;
  for (const dataset of [hands, irds]) {
    const recipe = automaticRecipe(dataset, { choices });
    checkRecipe(recipe, dataset);
    expect(recipe.network.map(({ kind }) => kind)).toContain('temporal-convolution');
    expect(recipe.augmentation).toEqual(automaticRecipe(dataset).augmentation);
    const { epochs, batch } = recipe.training;
    const stepsAnEpoch = Math.max(1, Math.floor(selectSplit(dataset, undefined).train.length / batch));
    expect(epochs).toBe(Math.ceil(2000 / stepsAnEpoch));
  }
  const still = { ...hands.samples[0], frames: 1, positions: hands.samples[0].positions.slice(0, 63) };
  const withStill = { ...hands, samples: [still, ...hands.samples.slice(1)] };
  expect(automaticRecipe(withStill, { choices })).toEqual(automaticRecipe(withStill));
});

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { loadDataset } from '../src/data/node/load.js';
import { decodeModel } from '../src/model/file/file.js';
import { createJob, parseJob } from '../src/run/jobs/node/job-key.js';
import { RunFolder } from '../src/run/node/run-folder.js';
import { restoreCheckpoint, trainingIdentity } from '../src/train/checkpoint.js';
import { createTraining } from '../src/train/create-training.js';
import { loadRecipe } from '../src/train/node/load-recipe.js';
import { parseRecipe } from '../src/train/recipe/parse-recipe.js';
import { makePlayground } from './support/cli.js';

/** Written by anyrate 0.1.0 when learningRate was called latentRate, on the data of the playground. */
const SAVED = fileURLToPath(new URL('saved/former-names', import.meta.url));
vi.mock('../src/core/version.js', () => ({ VERSION: '0.1.0', TRAINING_REVISION: 2 }));

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));
const dataset = await loadDataset(join(root, 'data'));
const begun = RunFolder.open(join(SAVED, 'begun'));

test('a recipe and the recipe of a run folder load, with the present names', () => {
  for (const recipe of [loadRecipe(join(SAVED, 'recipe.json')), begun.recipe()]) {
    expect(recipe.training).toMatchObject({ learningRate: 0.04, biasLearningRate: 0.004, epochs: 60 });
    expect(Object.keys(recipe.training)).not.toContain('latentRate');
  }
});

test('an interrupted training goes on to the very model that it would have become', () => {
  const checkpoint = begun.checkpoint()!;
  const training = createTraining(begun.recipe(), dataset);
  expect(trainingIdentity(training)).toBe(checkpoint.identity);
  restoreCheckpoint(training, checkpoint, 'checkpoint');
  expect(training.epoch).toBe(24);
  while (!training.done) training.runEpoch();
  training.close();
  // another result needs another TRAINING_REVISION, and these files made anew
  const finished = RunFolder.open(join(SAVED, 'finished')).model();
  expect(training.model().parameters.latents).toEqual(finished.parameters.latents);
  expect(training.model().parameters.biases).toEqual(finished.parameters.biases);
});

test('a finished run has its model, and its provenance', () => {
  const file = join(SAVED, 'finished', 'model.anyrate');
  expect(decodeModel(readFileSync(file), file).description.provenance).toMatchObject({ recipe: 'old', seed: 1 });
});

test('a job has the key that it had when its recipe was written with the former names', () => {
  const recipe = { ...loadRecipe(join(SAVED, 'recipe.json'), { epochs: 4 }), split: 'cross-subject' };
  const { spec, key } = createJob({ method: 'mrmp', recipe, rates: [0, 0.9] }, dataset);
  expect((spec.recipe as { training: object }).training).toMatchObject({ latentRate: 0.04, biasRate: 0.004 });
  expect(parseJob(spec, 'job').key).toBe(key);
});

const given = (training: object) => () =>
  parseRecipe({ ...JSON.parse(readFileSync(join(SAVED, 'recipe.json'), 'utf8')), training }, 'mine.json');

test('both names at once are refused, and a misspelt one is suggested the present name', () => {
  expect(given({ epochs: 1, latentRate: 0.1, learningRate: 0.1 })).toThrow(
    'mine.json, training.latentRate: expected learningRate alone, its present name, found both. Remove latentRate.',
  );
  expect(given({ epochs: 1, biasRate: 0.1, biasLearningRate: 0.1 })).toThrow(/training\.biasRate: .* found both/);
  expect(given({ epochs: 1, learningRat: 0.1 })).toThrow(/Did you mean "learningRate"\?/);
  expect(given({ epochs: 1, latentRates: 0.1 })).toThrow(/training\.latentRates: expected one of the keys/);
  expect(given({ epochs: 1, latentRate: -1 })).toThrow(/training\.learningRate: expected more than 0/);
});

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isBuiltin } from '../../data/builtin.js';
import type { Dataset } from '../../data/dataset.js';
import { loadDataset } from '../../data/node/load-dataset.js';
import { validationName } from '../../data/validation.js';
import { checkFree, freeRunPath, RunFolder } from '../../run/node/run-folder.js';
import { loadRecipe } from '../../train/node/load-recipe.js';
import { checkRecipe } from '../../train/recipe/check-recipe.js';
import type { RecipeOverrides } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { type FoldsResult, isAllFolds, runFolds } from './folds.js';
import { onInterrupt } from './interrupt.js';
import { runNetwork } from './network.js';
import type { Experiment, RunResult } from './one.js';

interface StartOptions {
  readonly threads: number;
  readonly out?: string | undefined;
  /** The part of the training sequences to report on instead of the test part. */
  readonly validate?: number | undefined;
}

/** Trains a recipe in a new run folder. Everything is checked before the folder is made. */
export async function startRun(
  name: string,
  overrides: RecipeOverrides,
  { threads, out, validate }: StartOptions,
): Promise<RunResult | FoldsResult> {
  const given = withFullPath(loadRecipe(name, overrides));
  const path = out ?? freeRunPath(given.name);
  checkFree(path);
  const dataset = await loadDataset(given.data);
  const recipe = validate === undefined ? given : withValidation(given, dataset, validate);
  checkRecipe(recipe, dataset);
  return run({ recipe, dataset, threads }, () => RunFolder.create(path, recipe));
}

/** Goes on with a run from its last checkpoint. */
export async function resumeRun(path: string, { threads }: { threads: number }): Promise<RunResult | FoldsResult> {
  const folder = RunFolder.open(path);
  const recipe = folder.recipe();
  return run({ recipe, dataset: await loadDataset(recipe.data), threads }, () => folder);
}

async function run(planned: Omit<Experiment, 'signal'>, openFolder: () => RunFolder): Promise<RunResult | FoldsResult> {
  const { signal, release } = onInterrupt('Saving');
  try {
    const experiment = { ...planned, signal };
    return await (isAllFolds(experiment) ? runFolds(experiment, openFolder()) : runNetwork(experiment, openFolder));
  } finally {
    release();
  }
}

/** A run is resumed from anywhere. */
function withFullPath(recipe: Recipe): Recipe {
  const { data } = recipe;
  return isBuiltin(data) || !existsSync(data) ? recipe : { ...recipe, data: resolve(data) };
}

function withValidation(recipe: Recipe, { splits }: Dataset, part: number): Recipe {
  return { ...recipe, split: validationName(recipe.split ?? splits[0]?.name ?? '', part) };
}

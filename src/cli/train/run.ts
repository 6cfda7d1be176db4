import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeFinding } from '../../data/check/finding.js';
import type { Dataset } from '../../data/dataset.js';
import { isBuiltin, loadDataset } from '../../data/node/load.js';
import { validationName } from '../../data/validation.js';
import { type ExperimentResult, runExperiment } from '../../run/node/experiment.js';
import { checkFree, freeRunPath, RunFolder } from '../../run/node/run-folder.js';
import { loadRecipe } from '../../train/node/load-recipe.js';
import type { RecipeOverrides } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { tell } from '../failure.js';
import { pluginPaths } from '../plugins.js';
import { watched } from './watch.js';

interface RunOptions {
  readonly threads: number;
  /** Folds at a time. */
  readonly jobs: number;
}

export interface StartOptions extends RunOptions {
  readonly out?: string | undefined;
  /** The part of the training sequences to report on instead of the test part. */
  readonly validate?: number | undefined;
}

/** Loads a data set, and says what its reader warns of. */
export async function loadWarily(data: string): Promise<Dataset> {
  const dataset = await loadDataset(data);
  for (const one of dataset.warnings ?? []) tell(`Warning: ${describeFinding(one)}. ${one.mend}`);
  return dataset;
}

/** Trains a recipe in a new run folder. Everything is checked before the folder is made. */
export async function startRun(
  name: string,
  overrides: RecipeOverrides,
  { threads, jobs, out, validate }: StartOptions,
): Promise<ExperimentResult> {
  const given = withFullPath(loadRecipe(name, overrides));
  const folder = out ?? freeRunPath(given.name);
  checkFree(folder);
  const dataset = await loadWarily(given.data);
  const recipe = validate === undefined ? given : withValidation(given, dataset, validate);
  return run(recipe, dataset, folder, { threads, jobs });
}

/** Goes on with a run from its last checkpoint. */
export async function resumeRun(path: string, options: RunOptions): Promise<ExperimentResult> {
  const folder = RunFolder.open(path);
  const recipe = folder.recipe();
  return run(recipe, await loadWarily(recipe.data), folder, options);
}

function run(recipe: Recipe, dataset: Dataset, folder: string | RunFolder, { threads, jobs }: RunOptions) {
  return watched(dataset, 'Saving', (watch) =>
    runExperiment(recipe, dataset, { ...processesOf(jobs), folder, threads, ...watch }),
  );
}

/** Several folds at a time, in processes that know the plugins of this one. */
export function processesOf(jobs: number): { readonly processes: number; readonly plugins: readonly string[] } {
  return { processes: jobs, plugins: pluginPaths(process.argv.slice(2)) };
}

/** A run is resumed from anywhere. */
function withFullPath(recipe: Recipe): Recipe {
  const { data } = recipe;
  return isBuiltin(data) || !existsSync(data) ? recipe : { ...recipe, data: resolve(data) };
}

function withValidation(recipe: Recipe, { splits }: Dataset, part: number): Recipe {
  return { ...recipe, split: validationName(recipe.split ?? splits[0]?.name ?? '', part) };
}

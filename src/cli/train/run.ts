import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Dataset } from '../../data/dataset.js';
import { isBuiltin, loadDataset } from '../../data/node/load.js';
import { validationName } from '../../data/validation.js';
import { type ExperimentResult, runExperiment } from '../../run/node/experiment.js';
import type { ExperimentEvent } from '../../run/node/network-run.js';
import { checkFree, freeRunPath, RunFolder } from '../../run/node/run-folder.js';
import { loadRecipe } from '../../train/node/load-recipe.js';
import type { RecipeOverrides } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { onInterrupt } from '../failure.js';
import { createProgress, type Progress } from './progress.js';

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
): Promise<ExperimentResult> {
  const given = withFullPath(loadRecipe(name, overrides));
  const folder = out ?? freeRunPath(given.name);
  checkFree(folder);
  const dataset = await loadDataset(given.data);
  const recipe = validate === undefined ? given : withValidation(given, dataset, validate);
  return run(recipe, dataset, folder, threads);
}

/** Goes on with a run from its last checkpoint. */
export async function resumeRun(path: string, { threads }: { threads: number }): Promise<ExperimentResult> {
  const folder = RunFolder.open(path);
  const recipe = folder.recipe();
  return run(recipe, await loadDataset(recipe.data), folder, threads);
}

async function run(recipe: Recipe, dataset: Dataset, folder: string | RunFolder, threads: number) {
  const { signal, release } = onInterrupt('Saving');
  const { show, stop } = createPrinter();
  try {
    return await runExperiment(recipe, dataset, { folder, threads, signal, onEvent: show });
  } finally {
    stop();
    release();
  }
}

/** Tells of an experiment on stderr. */
function createPrinter(): { show: (event: ExperimentEvent) => void; stop: () => void } {
  let progress: Progress | undefined;
  const stop = () => progress?.stop();
  const show = (event: ExperimentEvent) => {
    if (event.type === 'fold') console.error(`${event.split} of ${event.folds}`);
    else if (event.type === 'calibration') console.error(describeCalibration(event));
    else if (event.type === 'start') progress = createProgress(event.epochs, event.done);
    else if (event.type === 'end') stop();
    else progress?.show(event);
  };
  return { show, stop };
}

function describeCalibration({ trains, split }: Extract<ExperimentEvent, { type: 'calibration' }>): string {
  return trains === 'all'
    ? 'With all training sequences'
    : `Without the validation part (${split}), for the temperatures`;
}

/** A run is resumed from anywhere. */
function withFullPath(recipe: Recipe): Recipe {
  const { data } = recipe;
  return isBuiltin(data) || !existsSync(data) ? recipe : { ...recipe, data: resolve(data) };
}

function withValidation(recipe: Recipe, { splits }: Dataset, part: number): Recipe {
  return { ...recipe, split: validationName(recipe.split ?? splits[0]?.name ?? '', part) };
}

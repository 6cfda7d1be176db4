import { join, resolve } from 'node:path';
import { formatCounted } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import { validationName } from '../../data/validation.js';
import { foldSplits } from '../../run/folds.js';
import { chooseRecipe } from '../../run/node/choose-recipe.js';
import { type ExperimentResult, runExperiment } from '../../run/node/experiment.js';
import { checkFree, freeRunPath, TRIALS_FOLDER } from '../../run/node/run-folder.js';
import { automaticRecipe } from '../../train/automatic/automatic-recipe.js';
import type { SearchOptions } from '../../train/automatic/search-recipe.js';
import { definedOnly, parseRecipe, type RecipeOverrides } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { tell } from '../failure.js';
import { loadWarily, processesOf, type StartOptions } from './run.js';
import { watched } from './watch.js';

export interface AutomaticOptions extends StartOptions {
  /** Optimiser steps of all trials together. */
  readonly budget: number;
  /** Kinds of networks that are tried, instead of what the number of recordings decides. */
  readonly family?: SearchOptions['family'];
}

/**
 * Trains on a folder of recordings or a file of them without a recipe: rules and short trials make one, on training
 * subjects that stand aside; of several folds, anew in each.
 */
export async function startAutomatic(
  path: string,
  overrides: RecipeOverrides,
  { threads, jobs, out, validate, budget, family }: AutomaticOptions,
): Promise<ExperimentResult> {
  const data = resolve(path);
  const dataset = await loadWarily(path);
  const folder = out ?? freeRunPath(runName(dataset.name));
  checkFree(folder);
  tell(describeData(dataset));
  const base = overrides.split ?? dataset.splits[0]?.name ?? '';
  const split = validate === undefined ? base : validationName(base, validate);
  const wanted = { name: runName(dataset.name), data, budget, ...definedOnly({ family }) };
  const chosen = { ...overrides, split };
  return watched(dataset, 'Stopping', async (watch) => {
    const running = { ...processesOf(jobs), threads, ...watch };
    const trials = { ...running, folder: join(folder, TRIALS_FOLDER) };
    const recipe =
      foldSplits(split, dataset).length > 0
        ? searchedInFolds(dataset, path, wanted, chosen)
        : await chooseRecipe(dataset, { ...wanted, ...trials, split, overrides: chosen });
    return runExperiment(recipe, dataset, { ...running, folder });
  });
}

/** The recipe of several folds, in each of which the search is made anew. */
function searchedInFolds(
  dataset: Dataset,
  path: string,
  { name, data, budget, family }: Pick<SearchOptions, 'name' | 'budget' | 'family'> & { readonly data: string },
  overrides: RecipeOverrides & { readonly split: string },
): Recipe {
  const search = definedOnly({ budget, family, epochs: overrides.epochs });
  const recipe = automaticRecipe(dataset, { ...definedOnly({ name }), data });
  return parseRecipe({ ...recipe, split: overrides.split, search }, path, overrides);
}

/** The name of a folder in runs/: what is no letter, digit, dot or dash becomes a dash. */
function runName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'recordings';
}

/** What is trained on, and who tests, before it begins. */
function describeData({ name, samples, classes, layout, splits, skipped, note }: Dataset): string {
  const facts = `${name}: ${formatCounted(samples.length, 'recording')}, ${classes.length} classes, joints of ${layout.name}`;
  const left =
    skipped.length === 0
      ? ''
      : `\n${formatCounted(skipped.length, 'file')} left out, such as ${skipped[0].id}: ${skipped[0].reason}.`;
  return `${facts}. ${note ?? ''}\n${splits[0]?.description ?? ''}${left}`;
}

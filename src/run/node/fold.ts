import { join } from 'node:path';
import { readText } from '../../core/node/read.js';
import type { Dataset } from '../../data/dataset.js';
import { parseValidationName } from '../../data/validation.js';
import type { Report } from '../../evaluate/report/report.js';
import { definedOnly } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { chooseRecipe } from './choose-recipe.js';
import { type NetworkRun, type NetworkRunOptions, runNetwork, runPart, VALIDATION_FOLDER } from './network-run.js';
import { holdsRun, RunFolder, TRIALS_FOLDER } from './run-folder.js';

/**
 * One network of several folds, in its own folder inside that of the run, or in none; from where it was left.
 * @param recipe with the split of the fold
 */
export async function runFold(
  recipe: Recipe,
  dataset: Dataset,
  whole: RunFolder | undefined,
  options: NetworkRunOptions,
): Promise<NetworkRun> {
  const name = folderName(recipe.split ?? '');
  const settled = await recipeOfFold(recipe, dataset, options, whole && join(whole.path, name));
  return runPart(settled, name, whole, (part, open) => runNetwork(part, dataset, open, options));
}

/** The network of a fold that is done. */
export function readFold(run: string, split: string): NetworkRun {
  return readNetwork(join(run, folderName(split)));
}

function readNetwork(path: string): NetworkRun {
  const folder = RunFolder.open(path);
  const report = JSON.parse(readText(join(path, 'report.json'))) as Report;
  const seconds = Math.round((folder.checkpoint()?.seconds ?? 0) * 10) / 10;
  const network = { model: folder.model(), report, seconds, folder: path };
  const validation = join(path, VALIDATION_FOLDER);
  return holdsRun(validation) ? { ...network, validation: readNetwork(validation) } : network;
}

/** A split's name as that of one folder: subjects may be called anything, and a folder must stay inside the run's. */
function folderName(split: string): string {
  const name = parseValidationName(split)?.base ?? split;
  return name.replaceAll(/[^\p{L}\p{N} ._-]/gu, (letter) => `%${letter.codePointAt(0)!.toString(16).padStart(2, '0')}`);
}

/**
 * The recipe of one fold: the same for all, unless the recipe is automatic; then it is chosen without the fold's test part,
 * or read from the fold's folder where it has been.
 */
async function recipeOfFold(
  recipe: Recipe,
  dataset: Dataset,
  options: NetworkRunOptions,
  path: string | undefined,
): Promise<Recipe> {
  const { search, name, data, split = '', seed, arithmetic, calibrate, report } = recipe;
  if (search === undefined) return recipe;
  if (path !== undefined && holdsRun(path)) return RunFolder.open(path).recipe();
  const overrides = definedOnly({ seed, arithmetic, calibrate, report, epochs: search.epochs });
  const { threads, onEvent } = options;
  const folder = path && join(path, TRIALS_FOLDER);
  const { budget, family } = search;
  const choice = { name, data, split, budget, ...definedOnly({ family }), threads, folder, overrides, onEvent };
  return chooseRecipe(dataset, options.signal === undefined ? choice : { ...choice, signal: options.signal });
}

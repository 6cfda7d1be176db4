import { join } from 'node:path';
import { aDataset, anyOptions, aRecipe, checkArguments } from '../../core/arguments.js';
import { sum } from '../../core/math.js';
import type { Dataset } from '../../data/dataset.js';
import { parseValidationName } from '../../data/validation.js';
import type { Report } from '../../evaluate/report/report.js';
import { checkData, trainableSplit } from '../../train/create-training.js';
import { checkRecipe } from '../../train/recipe/check-recipe.js';
import { definedOnly } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { ALL_FOLDS, foldSplits, meanReport } from '../folds.js';
import { chooseRecipe } from './choose-recipe.js';
import { type NetworkRun, type NetworkRunOptions, runNetwork, runPart } from './network-run.js';
import { holdsRun, RunFolder } from './run-folder.js';

/** How an experiment runs, and where it is kept. */
export interface ExperimentOptions extends NetworkRunOptions {
  /**
   * For models, reports, logs and checkpoints: a path where there is no run yet, or the opened folder of a run to go on
   * with. Without it nothing is written.
   */
  readonly folder?: string | RunFolder | undefined;
}

/** What an experiment gives. */
export interface ExperimentResult {
  /** Of several folds, the mean. */
  readonly report: Report;
  /** Time of training, to a tenth; of a recipe that calibrates, that of the last network alone. */
  readonly seconds: number;
  /** Path of the run folder, if it has one. */
  readonly folder: string | undefined;
  /** One network a fold; without folds, one. */
  readonly networks: readonly NetworkRun[];
}

/**
 * Does all that a recipe asks for on a data set: trains a network, or one a fold where the split is `5-fold` or `each-subject`; calibrates
 * it if the recipe says so; evaluates it at the recipe's report rates, which the model then states; and writes a run
 * folder if it is given one. The same recipe and data give the same models, whatever the options.
 * @throws InputError where recipe and data do not fit, or the folder holds another run
 * @throws DivergenceError if a training diverges
 * @throws InterruptedError after `signal`; a run folder can be gone on with
 * @example
 * const recipe = loadRecipe('irds', { epochs: 20 });
 * const dataset = await loadDataset(recipe.data);
 * const { report, networks } = await runExperiment(recipe, dataset, { threads: 2, folder: 'runs/irds' });
 * console.log(reportTable(report));
 */
export async function runExperiment(
  recipe: Recipe,
  dataset: Dataset,
  options: ExperimentOptions = {},
): Promise<ExperimentResult> {
  checkArguments('runExperiment', {
    recipe: [aRecipe, recipe],
    dataset: [aDataset, dataset],
    options: [anyOptions, options],
  });
  checkRecipe(recipe, dataset);
  const { folder } = options;
  const openFolder = () => (typeof folder === 'string' ? RunFolder.create(folder, recipe) : folder);
  const splits = foldSplits(recipe.split, dataset);
  checkData(
    recipe,
    dataset,
    (splits.length > 0 ? splits : [recipe.split]).map((name) => trainableSplit(dataset, name)),
  );
  if (splits.length > 0) return runFolds(recipe, splits, dataset, openFolder(), options);
  const network = await runNetwork(recipe, dataset, openFolder, options);
  return { report: network.report, seconds: network.seconds, folder: network.folder, networks: [network] };
}

/** Trains one network a fold, each in a folder of its own inside the run, and reports the mean. */
async function runFolds(
  recipe: Recipe,
  splits: readonly string[],
  dataset: Dataset,
  folder: RunFolder | undefined,
  options: NetworkRunOptions,
): Promise<ExperimentResult> {
  const networks: NetworkRun[] = [];
  for (const split of splits) {
    options.onEvent?.({ type: 'fold', split, folds: splits.length });
    const fold = folderName(parseValidationName(split)?.base ?? split);
    const part = await recipeOfFold(recipe, split, dataset, options, folder && join(folder.path, fold));
    networks.push(await runPart(part, fold, folder, (settled, open) => runNetwork(settled, dataset, open, options)));
  }
  const report = meanReport(
    networks.map((network) => network.report),
    recipe.split ?? ALL_FOLDS,
  );
  await folder?.saveReport(report);
  const seconds = Math.round(sum(networks.map((network) => network.seconds)) * 10) / 10;
  return { report, seconds, folder: folder?.path, networks };
}

/** A split's name as that of one folder: subjects may be called anything, and a folder must stay inside the run's. */
function folderName(split: string): string {
  return split.replaceAll(
    /[^\p{L}\p{N} ._-]/gu,
    (letter) => `%${letter.codePointAt(0)!.toString(16).padStart(2, '0')}`,
  );
}

/**
 * The recipe of one fold: the same for all, unless the recipe is automatic; then it is chosen without the fold's test part,
 * or read from the fold's folder where it has been.
 */
async function recipeOfFold(
  recipe: Recipe,
  split: string,
  dataset: Dataset,
  options: NetworkRunOptions,
  path: string | undefined,
): Promise<Recipe> {
  const { search, name, data, seed, arithmetic, calibrate, report } = recipe;
  if (search === undefined) return { ...recipe, split };
  if (path !== undefined && holdsRun(path)) return RunFolder.open(path).recipe();
  const overrides = definedOnly({ seed, arithmetic, calibrate, report, epochs: search.epochs });
  const { threads, onEvent } = options;
  const choice = { name, data, split, budget: search.budget, threads, overrides, onEvent };
  return chooseRecipe(dataset, options.signal === undefined ? choice : { ...choice, signal: options.signal });
}

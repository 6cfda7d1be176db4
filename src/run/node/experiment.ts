import { aDataset, aRecipe, checkArguments, optionsOf } from '../../core/arguments.js';
import { InterruptedError } from '../../core/errors.js';
import { shellWord } from '../../core/format.js';
import { sum } from '../../core/math.js';
import type { Dataset } from '../../data/dataset.js';
import type { Report } from '../../evaluate/report/report.js';
import { checkData, trainableSplit } from '../../train/create-training.js';
import { checkRecipe } from '../../train/recipe/check-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { ALL_FOLDS, foldSplits, meanReport } from '../folds.js';
import type { Job } from '../jobs/job.js';
import { createJob } from '../jobs/node/job-key.js';
import { localRunner } from '../jobs/node/local-runner.js';
import { type JobEvent, JobsFailedError } from '../jobs/run-jobs.js';
import { readFold } from './fold.js';
import { NetworkPlace } from './network-place.js';
import { type NetworkRun, type NetworkRunOptions, runNetwork } from './network-run.js';
import { RunFolder } from './run-folder.js';

/** How an experiment runs, and where it is kept. */
export interface ExperimentOptions extends NetworkRunOptions {
  /**
   * For models, reports, logs and checkpoints: a path where there is no run yet, or the opened folder of a run to go on
   * with. Without it nothing is written.
   */
  readonly folder?: string | RunFolder | undefined;
  /**
   * Folds at a time; 1 by default. More need a folder, and data that `recipe.data` names: each fold is trained in a
   * process of its own, which loads them again. In a folder, folds that are done are not done again.
   */
  readonly processes?: number | undefined;
  /** Files of plugins that these processes load. */
  readonly plugins?: readonly string[] | undefined;
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

const anyExperimentOptions = optionsOf<ExperimentOptions>({
  threads: true,
  onEvent: true,
  signal: true,
  folder: true,
  processes: true,
  plugins: true,
});

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
    options: [anyExperimentOptions, options],
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
  options: ExperimentOptions,
): Promise<ExperimentResult> {
  const networks = await trainFolds(recipe, splits, dataset, folder, options);
  const report = meanReport(
    networks.map((network) => network.report),
    recipe.split ?? ALL_FOLDS,
  );
  await folder?.saveReport(report);
  const seconds = Math.round(sum(networks.map((network) => network.seconds)) * 10) / 10;
  return { report, seconds, folder: folder?.path, networks };
}

/** Each fold a job: those that are done in the folder are not done again. */
async function trainFolds(
  recipe: Recipe,
  splits: readonly string[],
  dataset: Dataset,
  folder: RunFolder | undefined,
  { processes, threads, plugins, signal, onEvent: tell }: ExperimentOptions,
): Promise<NetworkRun[]> {
  const jobs = splits.map((split) =>
    createJob({ task: 'network', recipe: { ...recipe, split }, method: 'mrmp', rates: recipe.report }, dataset),
  );
  const networks = new Map<string, NetworkRun>();
  const isApart = folder !== undefined && processes !== undefined && processes > 1;
  const here = new NetworkPlace(dataset, {
    threads,
    onEvent: tell,
    onNetwork: ({ key }, network) => networks.set(key, network),
  });
  const run = localRunner(here, { folder: folder?.path, data: recipe.data, processes, threads, plugins });
  const failures: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.type === 'failed') failures.push(event.message);
    if (isApart) tellShare(event, tell);
    else if (event.type === 'start') tell?.({ type: 'fold', split: splitOf(event.job), folds: splits.length });
  };
  const finished = await run(() => jobs, { signal, onEvent });
  if (failures.length > 0) throw new JobsFailedError(failures);
  if (finished.size < jobs.length) throw interrupted(finished.size, jobs.length, folder?.path);
  return jobs.map((job) => networks.get(job.key) ?? readFold(folder!.path, splitOf(job)));
}

/** How far folds are that are trained at the same time. */
function tellShare(event: JobEvent, tell: ExperimentOptions['onEvent']): void {
  if (event.type === 'begin' || event.type === 'released') return;
  const share = event.type === 'progress' ? event.share : event.type === 'result' ? 1 : 0;
  tell?.({ type: 'fold-progress', split: splitOf(event.job), share });
}

function splitOf({ spec }: Job): string {
  return (spec.recipe as Recipe).split ?? '';
}

function interrupted(done: number, all: number, path: string | undefined): InterruptedError {
  const rest =
    path === undefined
      ? 'nothing is saved without a run folder.'
      : `continue with: anyrate train --resume ${shellWord(path)}`;
  return new InterruptedError(`Interrupted: ${done} of ${all} folds are done; ${rest}`);
}

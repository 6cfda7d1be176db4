import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatCount, formatPercent } from '../../core/format.js';
import { describeFinding } from '../../data/check/finding.js';
import type { Dataset } from '../../data/dataset.js';
import { isBuiltin, loadDataset } from '../../data/node/load.js';
import { selectSplit, splitInWords } from '../../data/splits.js';
import { partOf, validationName } from '../../data/validation.js';
import { foldSplits } from '../../run/folds.js';
import { chooseRecipe } from '../../run/node/choose-recipe.js';
import { type ExperimentResult, runExperiment } from '../../run/node/experiment.js';
import type { ExperimentEvent } from '../../run/node/network-run.js';
import { checkFree, freeRunPath, RunFolder, TRIALS_FOLDER } from '../../run/node/run-folder.js';
import { automaticRecipe } from '../../train/automatic/automatic-recipe.js';
import type { SearchEvent, SearchOptions } from '../../train/automatic/search-recipe.js';
import { choicesInWords, searchTable } from '../../train/automatic/search-recipe.js';
import type { Trial } from '../../train/automatic/trial.js';
import { loadRecipe } from '../../train/node/load-recipe.js';
import type { RecipeOverrides } from '../../train/recipe/parse-recipe.js';
import { definedOnly, parseRecipe } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { onInterrupt, tell } from '../failure.js';
import { pluginPaths } from '../plugins.js';
import { createProgress, type Progress } from './progress.js';

interface RunOptions {
  readonly threads: number;
  /** Folds at a time. */
  readonly jobs: number;
}

interface StartOptions extends RunOptions {
  readonly out?: string | undefined;
  /** The part of the training sequences to report on instead of the test part. */
  readonly validate?: number | undefined;
}

interface AutomaticOptions extends StartOptions {
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
  const { signal, release } = onInterrupt('Stopping');
  const { show, stop } = createPrinter(dataset);
  try {
    const trials = { ...processesOf(jobs), folder: join(folder, TRIALS_FOLDER) };
    const options = {
      name: runName(dataset.name),
      data,
      budget,
      ...definedOnly({ family }),
      threads,
      signal,
      onEvent: show,
      ...trials,
    };
    const isFolds = foldSplits(split, dataset).length > 0;
    const recipe = isFolds
      ? parseRecipe(
          {
            ...automaticRecipe(dataset, { name: options.name, data }),
            split,
            search: definedOnly({ budget, family, epochs: overrides.epochs }),
          },
          path,
          {
            ...overrides,
            split,
          },
        )
      : await chooseRecipe(dataset, { ...options, split, overrides: { ...overrides, split } });
    return await runExperiment(recipe, dataset, {
      ...processesOf(jobs),
      folder,
      threads,
      signal,
      onEvent: show,
    });
  } finally {
    stop();
    release();
  }
}

/** The name of a folder in runs/: what is no letter, digit, dot or dash becomes a dash. */
function runName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'recordings';
}

/** What is trained on, and who tests, before it begins. */
function describeData({ name, samples, classes, layout, splits, skipped, note }: Dataset): string {
  const facts = `${name}: ${formatCount(samples.length)} recordings, ${classes.length} classes, joints of ${layout.name}`;
  const left =
    skipped.length === 0
      ? ''
      : `\n${formatCount(skipped.length)} files left out, such as ${skipped[0].id}: ${skipped[0].reason}.`;
  return `${facts}. ${note ?? ''}\n${splits[0]?.description ?? ''}${left}`;
}

/** Loads a data set, and says what its reader warns of. */
async function loadWarily(data: string): Promise<Dataset> {
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

async function run(recipe: Recipe, dataset: Dataset, folder: string | RunFolder, { threads, jobs }: RunOptions) {
  const { signal, release } = onInterrupt('Saving');
  const { show, stop } = createPrinter(dataset);
  try {
    return await runExperiment(recipe, dataset, {
      ...processesOf(jobs),
      folder,
      threads,
      signal,
      onEvent: show,
    });
  } finally {
    stop();
    release();
  }
}

/** Several folds at a time, in processes that know the plugins of this one. */
function processesOf(jobs: number): { readonly processes: number; readonly plugins: readonly string[] } {
  return { processes: jobs, plugins: pluginPaths(process.argv.slice(2)) };
}

interface Printer {
  readonly show: (event: ExperimentEvent) => void;
  readonly stop: () => void;
}

/** Tells of an experiment on stderr. */
function createPrinter(dataset: Dataset): Printer {
  let progress: Progress | undefined;
  const stop = () => progress?.stop();
  const show = (event: ExperimentEvent) => {
    if (event.type === 'fold') tell(`${event.split} of ${event.folds}`);
    else if (event.type === 'fold-progress') tellFold(event);
    else if (event.type === 'calibration') tell(describeCalibration(event));
    else if (event.type === 'trial') tell(describeTrial(event.trial));
    else if (event.type === 'chosen') tell(describeChoice(event));
    else if (event.type === 'start') {
      tell(`Split ${splitInWords(dataset, selectSplit(dataset, event.split))}`);
      progress = createProgress({ epochs: event.epochs, done: event.done, on: partOf(event.split) });
    } else if (event.type === 'end') stop();
    else progress?.show(event);
  };
  return { show, stop };
}

/** A line where a fold begins and where it is done. */
function tellFold({ split, share }: Extract<ExperimentEvent, { type: 'fold-progress' }>): void {
  if (share === 0) tell(`${split} begins`);
  else if (share === 1) tell(`${split} is done`);
}

function describeTrial({ choices, accuracy, steps }: Trial): string {
  const cost = steps === 0 ? '' : ` after ${formatCount(steps)} steps`;
  return `Tried ${choicesInWords(choices)}: ${formatPercent(accuracy)} on validation${cost}`;
}

function describeChoice({ rounds, choices }: Extract<SearchEvent, { type: 'chosen' }>): string {
  return rounds.length === 0
    ? `Too few recordings for trials: ${choicesInWords(choices)}`
    : `\n${searchTable(rounds)}\n`;
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

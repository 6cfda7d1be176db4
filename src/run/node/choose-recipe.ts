import { existsSync } from 'node:fs';
import { DivergenceError, InterruptedError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { JUDGED_RATES } from '../../train/automatic/judges.js';
import {
  type RunTrials,
  type SearchEvent,
  type SearchOptions,
  searchRecipe,
} from '../../train/automatic/search-recipe.js';
import { definedOnly, parseRecipe, type RecipeOverrides } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { createJob } from '../jobs/node/job-key.js';
import { localRunner } from '../jobs/node/local-runner.js';
import { TrainingPlace } from '../jobs/node/training-place.js';
import type { JobResult } from '../jobs/result.js';
import { type JobEvent, JobsFailedError } from '../jobs/run-jobs.js';

/** What a recipe is chosen for, and who is told of the trials. */
export interface ChoiceOptions extends Pick<SearchOptions, 'name' | 'split' | 'budget' | 'family' | 'signal'> {
  /** Name or path of the data. */
  readonly data: string;
  readonly threads?: number | undefined;
  /** Keeps the trials; those that are in it are not trained again. */
  readonly folder?: string | undefined;
  /** Trials at a time; 1 by default. More need a folder. */
  readonly processes?: number | undefined;
  /** Files of plugins that their processes load. */
  readonly plugins?: readonly string[] | undefined;
  /** Keys that the search does not settle, such as the seed and the rates of the report. */
  readonly overrides?: RecipeOverrides;
  readonly onEvent?: ((event: ChoiceEvent) => void) | undefined;
}

/** What a search tells, and between two trials how far the trainings of the next one are. */
export type ChoiceEvent = SearchEvent | { readonly type: 'trial-progress'; readonly share: number };

/**
 * The automatic recipe for the training part of a split: by rules, and by trials on training subjects that stand aside.
 * @throws InputError on a split that does not exist
 * @throws InterruptedError after `signal`; what is done of the trials is kept if there is a folder
 */
export async function chooseRecipe(dataset: Dataset, options: ChoiceOptions): Promise<Recipe> {
  const { name, data, split, budget, family, signal, folder, overrides = {}, onEvent } = options;
  const wanted = definedOnly({ name, data, split, budget, family, signal, seed: overrides.seed });
  const search = { ...wanted, runTrials: trialsAsJobs(dataset, options) };
  try {
    for await (const event of searchRecipe(dataset, search)) {
      onEvent?.(event);
      if (event.type === 'chosen') return parseRecipe(event.recipe, 'automatic recipe', overrides);
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
  const isKept = folder !== undefined && existsSync(folder);
  const kept = isKept ? `what its trials trained is in ${folder}` : 'nothing was saved';
  throw new InterruptedError(`Interrupted during the search for a recipe; ${kept}.`);
}

/** The trainings of trials as jobs, which are found again, or resumed. */
function trialsAsJobs(dataset: Dataset, options: ChoiceOptions): RunTrials {
  const { data, folder, processes, threads = 1, plugins, signal, onEvent } = options;
  return async function* runTrials(recipes) {
    const jobs = recipes.map((recipe) =>
      createJob({ task: 'trial', recipe, method: 'mrmp', rates: JUDGED_RATES }, dataset),
    );
    const run = localRunner(new TrainingPlace(dataset, threads), { folder, data, processes, threads, plugins });
    const failures: string[] = [];
    const tellShare = sharesOf(jobs.length, (share) => onEvent?.({ type: 'trial-progress', share }));
    const finished = await run(() => jobs, {
      signal,
      onEvent: (event) => {
        if (event.type === 'failed') failures.push(event.message);
        tellShare(event);
      },
    });
    if (failures.length > 0) throw new JobsFailedError(failures);
    for (const { key } of jobs) yield hitsOf(finished.get(key)?.result);
  };
}

/** Tells how far so many jobs are together, as each goes on. */
function sharesOf(jobs: number, tell: (share: number) => void): (event: JobEvent) => void {
  const shares = new Map<string, number>();
  return (event) => {
    if (event.type === 'begin') for (const { job } of event.finished) shares.set(job.key, 1);
    else if (event.type === 'progress') shares.set(event.job.key, event.share);
    else if (event.type === 'result') shares.set(event.job.key, 1);
    else return;
    tell([...shares.values()].reduce((sum, share) => sum + share / jobs, 0));
  };
}

/** @throws InterruptedError where there is no result */
function hitsOf(result: JobResult | undefined): boolean[] {
  if (result === undefined) throw new InterruptedError('Interrupted during the trials.');
  if (result.diverged !== undefined) throw new DivergenceError(result.diverged);
  return [...(result.hits ?? '')].map((hit) => hit === '1');
}

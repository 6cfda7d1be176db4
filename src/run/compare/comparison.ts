import type { Dataset } from '../../data/dataset.js';
import { splitsOfTraining } from '../../data/splits.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { Job } from '../jobs/job.js';
import { createJob } from '../jobs/node/job-key.js';
import { methodNamed } from '../methods/methods.js';

/** One line of a comparison: a method on a recipe, over all seeds; of several splits the mean counts. */
export interface Series {
  readonly title: string;
  readonly method: string;
  readonly recipe: Recipe;
  readonly splits: readonly string[];
}

export interface Comparison {
  readonly title: string;
  /** A line for the reader of the report. */
  readonly note?: string;
  readonly dataset: Dataset;
  readonly series: readonly Series[];
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
  readonly picture: Picture;
}

/** Accuracy over the rate, a curve a line; or by how much the first line is ahead of the others. */
export type Picture = 'curves' | 'differences';

/** The jobs of one line, seed by seed. Splits with the same training part share theirs. */
export function jobsOf({ method, recipe, splits }: Series, { dataset, rates, seeds }: Comparison): Job[] {
  const parts = methodNamed(method).perRate ? rates.map((rate) => [rate]) : [rates];
  const trained = [...new Set(splits.map((split) => splitsOfTraining(dataset, split)[0].name))];
  return seeds.flatMap((seed) =>
    trained.flatMap((split) =>
      parts.map((part) => createJob({ method, recipe: { ...recipe, split, seed }, rates: part }, dataset)),
    ),
  );
}

/** All jobs of a comparison, each once: lines may share them. Seed by seed, so that a first picture is soon complete. */
export function allJobs(comparison: Comparison): Job[] {
  const jobs = comparison.seeds.flatMap((seed) =>
    comparison.series.flatMap((series) => jobsOf(series, { ...comparison, seeds: [seed] })),
  );
  return [...new Map(jobs.map((job) => [job.key, job])).values()];
}

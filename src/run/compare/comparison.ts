import { checksum } from '../../core/bytes.js';
import { TRAINING_REVISION, VERSION } from '../../core/version.js';
import { type Dataset, fingerprint } from '../../data/dataset.js';
import { splitsOfTraining } from '../../data/splits.js';
import { firstNotation } from '../../train/recipe/migrate.js';
import type { Recipe } from '../../train/recipe/recipe.js';
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

/** What one process does without a break: one method, seed and split, at all rates or one of them. */
export interface Job {
  /** Names its file. */
  readonly name: string;
  readonly method: string;
  /** With seed and split. */
  readonly recipe: Recipe;
  readonly rates: readonly number[];
}

/** The jobs of one line, seed by seed. Splits with the same training part share theirs. */
export function jobsOf({ method, recipe, splits }: Series, { dataset, rates, seeds }: Comparison): Job[] {
  const parts = methodNamed(method).perRate ? rates.map((rate) => [rate]) : [rates];
  const trained = [...new Set(splits.map((split) => splitsOfTraining(dataset, split)[0].name))];
  return seeds.flatMap((seed) =>
    trained.flatMap((split) =>
      parts.map((part) => ({
        name: nameOf(method, { ...recipe, split, seed }, part, parts.length > 1),
        method,
        recipe: { ...recipe, split, seed },
        rates: part,
      })),
    ),
  );
}

/** All jobs of a comparison, each once: lines may share them. Seed by seed, so that a first picture is soon complete. */
export function allJobs(comparison: Comparison): Job[] {
  const jobs = comparison.seeds.flatMap((seed) =>
    comparison.series.flatMap((series) => jobsOf(series, { ...comparison, seeds: [seed] })),
  );
  return [...new Map(jobs.map((job) => [job.name, job])).values()];
}

/** Tells whether a saved result is that of a job: same recipe, rates, data, version and revision. */
export function identityOf({ method, recipe, rates }: Job, dataset: Dataset): string {
  const { data: _, report: __, ...rest } = firstNotation(recipe) as Recipe;
  const { revision = 1 } = methodNamed(method);
  const parts = [VERSION, TRAINING_REVISION, method, revision, rest, rates, fingerprint(dataset)];
  return checksum(JSON.stringify(parts));
}

function nameOf(method: string, { name, split, seed }: Recipe, rates: readonly number[], perRate: boolean): string {
  const parts = [name, method, split, `seed${seed}`, ...(perRate ? rates : [])];
  return parts.join('-').replace(/[^\w.-]+/g, '_');
}

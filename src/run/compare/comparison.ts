import type { Dataset } from '../../data/dataset.js';
import { splitsOfTraining } from '../../data/splits.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { type DataFacts, dataOf, type Job, specOf } from '../jobs/job.js';
import { jobOf } from '../jobs/node/job-key.js';
import { methodNamed } from '../methods/methods.js';

/** One line of a comparison: a method on a recipe, over all seeds; of several splits the mean counts. */
export interface Series {
  readonly title: string;
  readonly method: string;
  readonly recipe: Recipe;
  readonly splits: readonly string[];
  /** Where a search chose one for each split, those; `recipe` stands for all of them then. */
  readonly chosen?: ReadonlyMap<string, Recipe> | undefined;
}

/** What a comparison knows of its data: enough to name jobs where the data are elsewhere. */
export interface ComparedData {
  readonly name: string;
  readonly classes: number;
  /** What is trained to test on a split: the first of those with the same training part. */
  trainedFor(split: string): TrainedSplit;
}

export interface TrainedSplit {
  readonly split: string;
  readonly facts: DataFacts;
}

export interface Comparison {
  readonly title: string;
  /** A line for the reader of the report. */
  readonly note?: string;
  readonly data: ComparedData;
  readonly series: readonly Series[];
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
  readonly picture: Picture;
}

/** Accuracy over the rate, a curve a line; or by how much the first line is ahead of the others. */
export type Picture = 'curves' | 'differences';

export function comparedData(dataset: Dataset): ComparedData {
  return {
    name: dataset.name,
    classes: dataset.classes.length,
    trainedFor: (name) => {
      const split = splitsOfTraining(dataset, name)[0].name;
      return { split, facts: dataOf(dataset, split) };
    },
  };
}

/** The jobs of one line, seed by seed. Splits with the same training part share theirs. */
export function jobsOf(series: Series, { data, rates, seeds }: Pick<Comparison, 'data' | 'rates' | 'seeds'>): Job[] {
  const { method, recipe, splits, chosen } = series;
  const parts = methodNamed(method).perRate ? rates.map((rate) => [rate]) : [rates];
  const trained = new Map(
    splits.map((name) => {
      const { split, facts } = data.trainedFor(name);
      return [split, { recipe: { ...(chosen?.get(name) ?? recipe), split }, facts }] as const;
    }),
  );
  return seeds.flatMap((seed) =>
    [...trained.values()].flatMap(({ recipe: one, facts }) =>
      parts.map((part) => jobOf(specOf({ method, recipe: { ...one, seed }, rates: part }, facts))),
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

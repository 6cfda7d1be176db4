/**
 * Jobs: what one process does without a break. A job is the same on every machine and says nothing of paths, times and
 * threads, so that its result can be made anywhere, found again, and copied from folder to folder.
 */
import { checksum } from '../../core/bytes.js';
import { TRAINING_REVISION } from '../../core/version.js';
import { type Dataset, fingerprint } from '../../data/dataset.js';
import { selectSplit, splitsOfTraining } from '../../data/splits.js';
import { firstNotation } from '../../train/recipe/migrate.js';
import { parseRecipe } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { methodNamed } from '../methods/methods.js';

/** All that the result of a job depends on. */
export interface JobSpec {
  /**
   * `method`: measured at its rates. `network`: the model, report and log of a run folder; its rates are those of the report.
   * `trial`: of a search for a recipe, whether each answer is right.
   */
  readonly task: 'method' | 'network' | 'trial';
  /** The data set's name, for people; `fingerprint` says which it is. */
  readonly dataset: string;
  readonly fingerprint: string;
  /** Checksum of the parts of the recipe's split, and of those that differ from it in their test alone. */
  readonly parts: string;
  /** TRAINING_REVISION: trainings of another one have other bits. */
  readonly revision: number;
  readonly method: string;
  readonly methodRevision: number;
  readonly rates: readonly number[];
  /** Epochs after which the training is measured and left for now, as a search does; its checkpoint is kept. */
  readonly until?: number;
  /** In the first notation, with seed and split, without the data's path and the rates of a report. */
  readonly recipe: object;
}

export interface Job {
  /** SHA-256 of the spec's canonical JSON, in hexadecimal digits: the name of its files. */
  readonly key: string;
  /** The key of the same job without `until`: one training goes on from rung to rung. */
  readonly checkpointKey: string;
  /** For people. */
  readonly name: string;
  readonly spec: JobSpec;
}

/** What a job is made of: a method on a recipe, whose seed and split are set, at some rates. */
export interface JobParts {
  readonly recipe: Recipe;
  readonly method: string;
  readonly rates: readonly number[];
  readonly until?: number;
  /** `method` without it. */
  readonly task?: JobSpec['task'];
}

/** What tells whether data are those of a job. */
export type DataFacts = Pick<JobSpec, 'dataset' | 'fingerprint' | 'parts'>;

/** @param data those of the recipe's split. @throws InputError on an unknown method */
export function specOf({ recipe, method, rates, until, task = 'method' }: JobParts, data: DataFacts): JobSpec {
  const { data: _, report: __, ...rest } = firstNotation(recipe) as Recipe;
  return {
    task,
    ...data,
    revision: TRAINING_REVISION,
    method,
    methodRevision: methodNamed(method).revision ?? 1,
    rates: [...rates],
    ...(until === undefined ? {} : { until }),
    recipe: rest,
  };
}

const known = new WeakMap<Dataset, Map<string, string>>();

/** @throws InputError on a split that the data set does not have */
export function dataOf(dataset: Dataset, split?: string): DataFacts {
  const name = split ?? selectSplit(dataset).name;
  const made = known.get(dataset) ?? new Map<string, string>();
  known.set(dataset, made);
  const parts = made.get(name) ?? checksumOfParts(dataset, name);
  made.set(name, parts);
  return { dataset: dataset.name, fingerprint: fingerprint(dataset), parts };
}

function checksumOfParts(dataset: Dataset, split: string): string {
  return checksum(JSON.stringify(splitsOfTraining(dataset, split).map(({ name, train, test }) => [name, train, test])));
}

/** The recipe of a job. Its data is the data set's name, wherever the data lies, so that a checkpoint goes on anywhere. */
export function recipeOf({ recipe, dataset }: JobSpec, source = 'job'): Recipe {
  return parseRecipe({ ...recipe, data: dataset }, source);
}

/** `irds-mrmp-fold1-seed2`, with the rate where it is the only one of several, and the epochs where it ends before its end. */
export function jobName({ recipe, method, rates, until }: JobSpec): string {
  const { name, split, seed } = recipe as Recipe;
  const rate = methodNamed(method).perRate ? rates : [];
  const parts = [name, method, split, `seed${seed}`, ...rate, ...(until === undefined ? [] : [`until${until}`])];
  return parts.join('-').replace(/[^\w.-]+/g, '_');
}

/** JSON whose objects have their keys in order: the same value, the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, found: unknown) => {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return found;
    return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

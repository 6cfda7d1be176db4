import { nextTurn } from '../../core/next-turn.js';
import type { Dataset, Split } from '../../data/dataset.js';
import { selectSplit } from '../../data/splits.js';
import { runCuts } from '../../evaluate/evaluate.js';
import { labelledSequences } from '../../evaluate/labelled-sequences.js';
import type { Model } from '../../model/model.js';
import { Pipeline, standardise } from '../../runtime/skeleton/pipeline.js';
import { argmax } from '../../runtime/view.js';
import { createTraining } from '../create-training.js';
import { definedOnly } from '../recipe/parse-recipe.js';
import type { Recipe } from '../recipe/recipe.js';
import type { TrainingOptions } from '../training.js';
import { kernelRidge, squaredDistances } from './kernel-ridge.js';

/** Keeps features that hardly vary from being blown up, as in training. */
const LEAST_DEVIATION = 0.02;

/** Kernel ridge regression on a recipe's inputs: whether each test sequence of each part is answered rightly. */
export function judgeInputs({ preprocessing }: Recipe, dataset: Dataset, parts: readonly Split[]): boolean[] {
  const pipeline = new Pipeline(preprocessing, dataset.layout, dataset.persons);
  const indices = [...new Set(parts.flatMap(({ train, test }) => [...train, ...test]))];
  const rows = indices.map((index) => pipeline.features(dataset.samples[index]));
  standardiseAll(rows);
  const distances = squaredDistances(rows);
  const labels = indices.map((index) => dataset.samples[index].label);
  const places = new Map(indices.map((index, place) => [index, place]));
  const placesOf = (some: readonly number[]) => some.map((index) => places.get(index)!);
  return parts.flatMap(({ train, test }) => {
    const tested = placesOf(test);
    return kernelRidge(distances, labels, placesOf(train), tested).map((label, i) => label === labels[tested[i]]);
  });
}

/** To mean 0 and deviation 1 over the rows, in place. */
export function standardiseAll(rows: readonly Float32Array[]): void {
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j] / rows.length, 0));
  const inverse = mean.map((center, j) => {
    const variance = rows.reduce((sum, row) => sum + (row[j] - center) ** 2 / rows.length, 0);
    return 1 / (Math.sqrt(variance) + LEAST_DEVIATION);
  });
  for (const row of rows) standardise(row, mean, inverse);
}

/** Rates at which a short training is judged. */
export const JUDGED_RATES = [0, 0.98];

/** Where a short training runs, and what ends it. */
export interface JudgeOptions extends Pick<TrainingOptions, 'threads' | 'startWorkers'> {
  readonly signal?: AbortSignal;
}

/** A training leaves the thread after so much of an epoch, so that `signal` is seen soon. */
const PART_MILLISECONDS = 200;

/** Trains on a part; whether each of its test sequences is answered rightly, at each of the judged rates. */
export async function judgeTraining(
  recipe: Recipe,
  dataset: Dataset,
  { threads, startWorkers, signal }: JudgeOptions,
): Promise<boolean[]> {
  const training = createTraining(recipe, dataset, definedOnly({ threads, startWorkers }));
  try {
    while (!training.done) {
      signal?.throwIfAborted();
      const started = performance.now();
      training.runPart(() => performance.now() - started >= PART_MILLISECONDS);
      await nextTurn();
    }
    return hitsOf(training.model(), dataset, JUDGED_RATES);
  } finally {
    training.close();
  }
}

/** Whether a network answers each test sequence of its split rightly, at one rate after the other. */
export function hitsOf(model: Model, dataset: Dataset, rates: readonly number[]): boolean[] {
  const { test } = selectSplit(dataset, model.description.provenance.split);
  const sequences = labelledSequences(model, dataset, test);
  return runCuts(model, sequences, rates).flatMap(({ logits }) =>
    logits.map((scores, i) => argmax(scores) === sequences[i].label),
  );
}

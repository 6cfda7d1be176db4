/** Features and labels of a whole data set as plain arrays, for other programs. */
import type { Dataset } from '../../data/dataset.js';
import type { NumpyArray } from '../../data/numpy/encode-npz.js';
import { smoothRecording } from '../../data/smooth-recording.js';
import { checkData, trainableSplit } from '../create-training.js';
import { checkRecipe } from '../recipe/check-recipe.js';
import { fitRecipe } from '../recipe/fit-recipe.js';
import type { Recipe } from '../recipe/recipe.js';

/**
 * `features` [recordings][nodes][channels], before standardisation and without augmentation; `labels`; `subjects`, `ids`
 * and `classes` as texts; and the indices of a split, `train` and `test`.
 * @throws InputError where recipe and data do not fit
 */
export function featureArrays(recipe: Recipe, dataset: Dataset, splitName?: string): Record<string, NumpyArray> {
  const pipeline = checkRecipe(fitRecipe(recipe, dataset), dataset);
  const split = trainableSplit(dataset, splitName);
  checkData(recipe, dataset, [split]);
  const { samples, classes } = dataset;
  const { nodes, channels } = pipeline.input;
  const size = nodes * channels;
  const features = new Float32Array(samples.length * size);
  for (const [i, sample] of samples.entries())
    features.set(pipeline.features(smoothRecording(sample, recipe)), i * size);
  const texts = (data: readonly string[]): NumpyArray => ({ shape: [data.length], data });
  const numbers = (data: Iterable<number>): NumpyArray => {
    const list = Int32Array.from(data);
    return { shape: [list.length], data: list };
  };
  return {
    features: { shape: [samples.length, nodes, channels], data: features },
    labels: numbers(samples.map(({ label }) => label)),
    subjects: texts(samples.map(({ subject }) => subject)),
    ids: texts(samples.map(({ id }) => id)),
    classes: texts(classes),
    train: numbers(split.train),
    test: numbers(split.test),
  };
}

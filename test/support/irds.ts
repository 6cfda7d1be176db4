import type { Dataset } from '../../src/data/dataset.js';
import { loadDataset } from '../../src/data/node/load.js';
import { selectSplit } from '../../src/data/splits.js';
import type { Model } from '../../src/model/model.js';
import { createTraining } from '../../src/train/create-training.js';
import { loadRecipe } from '../../src/train/node/load-recipe.js';
import { train } from '../../src/train/train.js';

/** Some test sequences of irds, at even distances. */
export async function irdsSamples(count: number): Promise<Dataset['samples']> {
  const dataset = await loadDataset('irds');
  const { test } = selectSplit(dataset);
  return Array.from({ length: count }, (_, i) => dataset.samples[test[Math.floor((i * test.length) / count)]]);
}

/** A model of the recipe irds after few epochs, and its test sequences. */
export async function trainIrds(epochs: number): Promise<{ model: Model; sequences: Dataset['samples'] }> {
  const dataset = await loadDataset('irds');
  const training = createTraining(loadRecipe('irds', { epochs }), dataset);
  for await (const _ of train(training));
  const model = training.model();
  training.close();
  return { model, sequences: selectSplit(dataset).test.map((index) => dataset.samples[index]) };
}

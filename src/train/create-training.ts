import { aDataset, aRecipe, checkArguments, type Kind } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import { requireTrainable } from '../data/check/check-dataset.js';
import type { Dataset, Split } from '../data/dataset.js';
import { selectSplit } from '../data/splits.js';
import { checkLayout } from '../skeleton/layouts/layouts.js';
import { checkFrames } from './recipe/check-frames.js';
import { checkRecipe } from './recipe/check-recipe.js';
import { fitRecipe } from './recipe/fit-recipe.js';
import type { Recipe } from './recipe/recipe.js';
import { requireParsed } from './recipe/require-parsed.js';
import { checkTeacher } from './samples/teacher.js';
import { anyTrainingOptions, Training, type TrainingOptions } from './training.js';

const aThreadCount: Kind = {
  expected: 'a whole number from 1 on',
  holds: (value) => Number.isSafeInteger(value) && (value as number) > 0,
};

/**
 * A training of a recipe on a data set, on the split that the recipe names.
 * @throws InputError where they do not fit
 * @example
 * const training = createTraining(loadRecipe('irds'), await loadDataset('irds'));
 * while (!training.done) console.log(training.runEpoch().loss);
 * const model = training.model();
 * training.close();
 */
export function createTraining(recipe: Recipe, dataset: Dataset, options: TrainingOptions = {}): Training {
  checkArguments('createTraining', {
    recipe: [aRecipe, recipe],
    dataset: [aDataset, dataset],
    options: [anyTrainingOptions, options],
  });
  checkArguments('createTraining', { 'options.threads': [aThreadCount, options.threads ?? 1] });
  requireParsed(recipe);
  checkLayout(dataset.layout, `data set ${dataset.name}`);
  const fitted = fitRecipe(recipe, dataset);
  const pipeline = checkRecipe(fitted, dataset);
  const split = trainableSplit(dataset, recipe.split);
  checkData(fitted, dataset, [split]);
  if (options.teacher !== undefined) checkTeacher(options.teacher, pipeline.input, dataset.classes.length);
  if (options.start !== undefined) checkStart(fitted);
  return new Training(fitted, dataset, split, options, pipeline);
}

/** What a model's normalisation was is in its biases and gains, and no longer told from them. */
function checkStart({ name, training }: Recipe): void {
  if (!training.normalise) return;
  throw new InputError({
    source: `recipe ${name}`,
    place: 'training.normalise',
    expected: 'false where the training starts from a model',
    found: 'true',
    mend: 'Set it to false: the model’s normalisation is part of its biases and gains.',
  });
}

/**
 * Checks the recordings, and those splits, before anything is made of them.
 * @throws InputError that names the data set, the recording, and frame and joint where it is one
 */
export function checkData(recipe: Recipe, dataset: Dataset, splits: readonly Split[]): void {
  requireTrainable(dataset, splits);
  checkFrames(recipe, dataset, splits);
}

/** A split with sequences in both of its parts. @throws InputError on another */
export function trainableSplit(dataset: Dataset, name?: string): Split {
  const split = selectSplit(dataset, name);
  if (split.train.length === 0) throw emptyPart('training', dataset, split);
  if (split.test.length === 0) throw emptyPart('test', dataset, split);
  return split;
}

function emptyPart(part: string, { name, samples }: Dataset, split: Split): InputError {
  return new InputError({
    source: `data set ${name}`,
    place: `split ${split.name}`,
    expected: 'sequences to train on, and others to test on',
    found: `no ${part} sequences among ${samples.length}`,
    mend: `Complete the data, or use another split. ${split.description}`,
  });
}

import type { Dataset } from '../data/dataset.js';
import { selectSplit } from '../data/splits.js';
import { checkRecipe } from './check-recipe.js';
import type { Recipe } from './recipe.js';
import { Training, type TrainingOptions } from './training.js';

/** A training of a recipe on a data set, on the split that the recipe names. @throws InputError where they do not fit */
export function createTraining(recipe: Recipe, dataset: Dataset, options: TrainingOptions = {}): Training {
  checkRecipe(recipe, dataset);
  return new Training(recipe, dataset, selectSplit(dataset, recipe.split), options);
}

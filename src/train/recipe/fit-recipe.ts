import type { Dataset } from '../../data/dataset.js';
import type { Recipe } from './recipe.js';

/**
 * The recipe with what it leaves to the data: of data without depth, channels have no z. Otherwise the weights of features that
 * are zero in every sequence would be counted.
 */
export function fitRecipe(recipe: Recipe, { dimensions }: Pick<Dataset, 'dimensions'>): Recipe {
  const { preprocessing } = recipe;
  if (dimensions !== 2 || preprocessing.dimensions !== undefined) return recipe;
  return { ...recipe, preprocessing: { ...preprocessing, dimensions } };
}

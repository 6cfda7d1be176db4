import { InterruptedError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { type SearchEvent, type SearchOptions, searchRecipe } from '../../train/automatic/search-recipe.js';
import { startNodeWorkers } from '../../train/node/workers.js';
import type { RecipeOverrides } from '../../train/recipe/parse-recipe.js';
import { parseRecipe } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';

/** What a recipe is chosen for, and who is told of the trials. */
export interface ChoiceOptions extends Pick<SearchOptions, 'name' | 'data' | 'split' | 'budget' | 'signal'> {
  readonly threads?: number | undefined;
  /** Keys that the search does not settle, such as the seed and the rates of the report. */
  readonly overrides?: RecipeOverrides;
  readonly onEvent?: ((event: SearchEvent) => void) | undefined;
}

/**
 * The automatic recipe for the training part of a split: by rules, and by trials on training subjects that stand aside.
 * @throws InputError on a split that does not exist
 * @throws InterruptedError after `signal`; nothing of the search is kept
 */
export async function chooseRecipe(dataset: Dataset, options: ChoiceOptions): Promise<Recipe> {
  const { threads = 1, overrides = {}, onEvent, signal, ...wanted } = options;
  const seed = overrides.seed === undefined ? wanted : { ...wanted, seed: overrides.seed };
  const search = { ...seed, threads, startWorkers: startNodeWorkers };
  try {
    for await (const event of searchRecipe(dataset, signal === undefined ? search : { ...search, signal })) {
      onEvent?.(event);
      if (event.type === 'chosen') return parseRecipe(event.recipe, 'automatic recipe', overrides);
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
  throw new InterruptedError('Interrupted during the search for a recipe; nothing was saved.');
}

import { isBuiltin } from '../../data/builtin.js';
import type { Dataset } from '../../data/dataset.js';
import { loadDataset } from '../../data/node/load-dataset-node.js';
import { selectSplit } from '../../data/splits.js';
import { checkRecipe } from '../../train/check-recipe.js';
import { loadRecipe } from '../../train/node/load-recipe-node.js';
import { definedOnly } from '../../train/parse-recipe.js';
import type { Recipe } from '../../train/recipe.js';
import { foldNames, isAllFolds } from '../run/folds.js';

/** The flags that say what is trained and evaluated, of `compare` and `ablate` alike. */
export interface SubjectFlags {
  readonly data?: string;
  readonly split?: string;
  readonly rates?: readonly number[];
  readonly seeds: number;
  readonly epochs?: number;
  readonly fast?: boolean;
}

/** What is trained and evaluated. */
export interface Subject {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  /** Several where the mean of all folds counts. */
  readonly splits: readonly string[];
}

const DEFAULT_RECIPE = 'irds';

/** A recipe with its data, by name or else that of the data set. @throws InputError where they do not fit */
export async function loadSubject(
  name: string | undefined,
  { data, split, epochs, fast }: SubjectFlags,
): Promise<Subject> {
  const dataset = await loadDataset(data ?? loadRecipe(name ?? DEFAULT_RECIPE).data);
  const arithmetic = fast ? 'fast' : undefined;
  const recipe = loadRecipe(name ?? dataset.name, definedOnly({ data, split, epochs, arithmetic }));
  checkRecipe(recipe, dataset);
  const splits = isAllFolds({ recipe, dataset }) ? foldNames(dataset) : [selectSplit(dataset, recipe.split).name];
  return { recipe, dataset, splits };
}

/** The command that gives the same results, with a stand-in for a path; `own` are flags of the command alone. */
export function describeCommand(
  command: string,
  { recipe, dataset }: Subject,
  { data, split, seeds, epochs }: SubjectFlags,
  rates: readonly number[],
  own: readonly string[] = [],
): string {
  const parts = [`anyrate ${command} ${recipe.name}`];
  if (data !== undefined) parts.push(`--data ${isBuiltin(data) ? data : `path/to/${dataset.name}`}`);
  if (split !== undefined) parts.push(`--split ${split}`);
  parts.push(...own, `--rates ${rates.join(',')}`, `--seeds ${seeds}`);
  if (epochs !== undefined) parts.push(`--epochs ${epochs}`);
  return parts.join(' ');
}

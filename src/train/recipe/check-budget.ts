/** Whether a model of a recipe and data fits in a file: what could not be saved is refused before it is trained. */
import { InputError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { MOST_CLASSES, MOST_NAME, MOST_OPERATIONS, MOST_VALUES, MOST_WEIGHTS } from '../../runtime/file/limits.js';
import { countWeights, operationsOf, planNetwork, productsOf, valuesOf } from '../../runtime/network/plan.js';
import type { Pipeline } from '../../runtime/skeleton/pipeline.js';
import type { Recipe } from './recipe.js';

/** @throws InputError that names what is too large, and how large it may be; docs/format.md has the whole budget */
export function checkBudget(recipe: Recipe, dataset: Dataset, pipeline: Pipeline): void {
  checkNames(dataset);
  const { nodes, channels, frames, input } = pipeline;
  const plan = planNetwork(recipe.network, input, dataset.classes.length);
  const products = productsOf(plan);
  const features = input.nodes * channels;
  const prepared = frames * nodes * (channels + 3 * recipe.preprocessing.pose.length);
  const counted: readonly (readonly [unit: string, found: number, most: number])[] = [
    ['values of features and layers', features + valuesOf(plan), MOST_VALUES],
    ['weights', countWeights(products), MOST_WEIGHTS],
    ['multiply-accumulates a sequence', prepared + operationsOf(products), MOST_OPERATIONS],
  ];
  for (const [unit, found, most] of counted) {
    if (found <= most) continue;
    throw new InputError({
      source: `recipe ${recipe.name}`,
      place: 'network',
      expected: `at most ${most} ${unit}`,
      found: `${found}`,
      mend: 'Use fewer layers, heads, filters, units or channels.',
    });
  }
}

/** What a data set calls itself, its classes and its splits: a model's file says it again. */
function checkNames({ name, classes, splits }: Dataset): void {
  const source = `data set ${short(name)}`;
  if (classes.length > MOST_CLASSES) {
    const [expected, found] = [`at most ${MOST_CLASSES} classes`, `${classes.length}`];
    throw new InputError({ source, expected, found, mend: 'Join classes, or leave some out.' });
  }
  const long = [name, ...classes, ...splits.map((split) => split.name)].find(({ length }) => length > MOST_NAME);
  if (long === undefined) return;
  throw new InputError({
    source,
    place: short(long),
    expected: `names of at most ${MOST_NAME} characters`,
    found: `${long.length}`,
    mend: 'Shorten the name of the data set, the class or the split.',
  });
}

function short(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

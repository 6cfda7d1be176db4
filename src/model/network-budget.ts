/** Whether a network fits into the budget of one file, before it is made. */
import { InputError } from '../core/errors.js';
import { MOST_OPERATIONS, MOST_VALUES, MOST_WEIGHTS } from '../runtime/file/limits.js';
import { countWeights, operationsOf, planNetwork, productsOf, valuesOf } from '../runtime/network/plan.js';
import type { Pipeline } from '../runtime/skeleton/pipeline.js';
import type { LayerOptions } from './network-schema.js';

/**
 * Checks the size of a network on the features of a pipeline, and the work of both.
 * @throws InputError that names what is too large, and how large it may be; docs/format.md has the whole budget
 */
export function checkNetworkBudget(
  layers: readonly LayerOptions[],
  pipeline: Pipeline,
  classes: number,
  named: { readonly source: string; readonly place: string },
): void {
  const { nodes, channels, frames, input, options } = pipeline;
  const plan = planNetwork(layers, input, classes);
  const products = productsOf(plan);
  const features = input.nodes * channels;
  const prepared = frames * nodes * (channels + 3 * options.pose.length);
  const counted: readonly (readonly [unit: string, found: number, most: number])[] = [
    ['values of features and layers', features + valuesOf(plan), MOST_VALUES],
    ['weights', countWeights(products), MOST_WEIGHTS],
    ['multiply-accumulates a sequence', prepared + operationsOf(products), MOST_OPERATIONS],
  ];
  for (const [unit, found, most] of counted) {
    if (found <= most) continue;
    throw new InputError({
      ...named,
      expected: `at most ${most} ${unit}`,
      found: `${found}`,
      mend: 'Use fewer layers, heads, filters, units or channels.',
    });
  }
}

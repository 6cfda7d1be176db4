import { assertNever, InputError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import type { Dataset } from '../../data/dataset.js';
import { checkNetworkBudget } from '../../model/network-budget.js';
import { findNetworkFault } from '../../model/network-outline.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import type { PoseStep } from '../../runtime/skeleton/pose.js';
import type { Augmentation } from '../../skeleton/augmentation.js';
import { findPreprocessingFault } from '../../skeleton/schemas.js';
import { checkNames } from './check-names.js';
import type { Recipe } from './recipe.js';

/**
 * Checks what a recipe alone does not tell: joints and classes that it names, channels among members, the size of the model.
 * @returns the pipeline of the recipe on the data
 * @throws InputError
 */
export function checkRecipe(recipe: Recipe, dataset: Dataset): Pipeline {
  const { name, layout, persons, dimensions, classes } = dataset;
  const source = `recipe ${recipe.name}`;
  const deep = dimensions === 2 ? recipe.preprocessing.pose.findIndex(needsDepth) : -1;
  if (deep >= 0) {
    throw new InputError({
      source,
      place: `preprocessing.pose[${deep}]`,
      expected: `steps in the picture plane, since ${name} has no depth: center, or body-frame with up: spine`,
      found: JSON.stringify(recipe.preprocessing.pose[deep]),
      mend: 'Use center; to rotate pictures about the axis of view, use the augmentation rotate with axis z.',
    });
  }
  const fault = findPreprocessingFault(recipe.preprocessing, layout);
  if (fault !== undefined) throw new InputError({ source, ...fault, mend: `The data set is ${name}.` });
  const pipeline = new Pipeline(recipe.preprocessing, layout, persons);
  const uneven = findNetworkFault(recipe.network, pipeline.input);
  if (uneven !== undefined) {
    const mend =
      uneven.place === ''
        ? 'Add {"kind": "pool"} after the last layer.'
        : 'Change this layer, or those before it, so that it fits what it reads.';
    throw new InputError({ source, ...uneven, place: `network${uneven.place}`, mend });
  }
  checkNames(dataset);
  checkNetworkBudget(recipe.network, pipeline, classes.length, { source, place: 'network' });
  for (const [i, step] of recipe.augmentation.entries()) {
    const unknown = classesNamedBy(step).find((candidate) => !classes.includes(candidate));
    if (unknown === undefined) continue;
    throw new InputError({
      source,
      place: `augmentation[${i}].classes`,
      expected: `classes of ${name}: ${classes.join(', ')}`,
      found: `"${unknown}"`,
      mend: suggest(unknown, classes) ?? 'Use one of these names.',
    });
  }
  return pipeline;
}

/** Whether a step turns a body about an axis of the recording: out of a picture plane, or into its place. */
function needsDepth(step: PoseStep): boolean {
  switch (step.step) {
    case 'heading':
      return true;
    case 'body-frame':
      return step.up !== 'spine';
    case 'order-persons':
    case 'resample':
    case 'center':
      return false;
    default:
      return assertNever(step);
  }
}

function classesNamedBy(step: Augmentation): string[] {
  switch (step.step) {
    case 'mirror':
      return Object.entries(step.classes).flat();
    case 'windows':
    case 'time-warp':
    case 'amplitude':
    case 'rotate':
    case 'scale':
    case 'body':
    case 'jitter':
    case 'lose':
      return [];
    default:
      return assertNever(step);
  }
}

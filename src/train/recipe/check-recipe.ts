import { InputError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import type { Dataset } from '../../data/dataset.js';
import { findMembersFault } from '../../model/network.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { findPreprocessingFault } from '../../skeleton/schemas.js';
import type { Recipe } from './recipe.js';

/** Checks what a recipe alone does not tell: joints and classes that it names, channels among members. @throws InputError */
export function checkRecipe(recipe: Recipe, { name, layout, persons, classes }: Dataset): void {
  const source = `recipe ${recipe.name}`;
  const fault = findPreprocessingFault(recipe.preprocessing, layout);
  if (fault !== undefined) throw new InputError({ source, ...fault, mend: `The data set is ${name}.` });
  const uneven = findMembersFault(recipe.network, new Pipeline(recipe.preprocessing, layout, persons));
  if (uneven !== undefined) {
    const mend = 'Change them, or the units or filters, so that both divide.';
    throw new InputError({ source, ...uneven, place: `network${uneven.place}`, mend });
  }
  for (const [i, step] of recipe.augmentation.entries()) {
    const named = step.step === 'mirror' ? Object.entries(step.classes).flat() : [];
    const unknown = named.find((candidate) => !classes.includes(candidate));
    if (unknown === undefined) continue;
    throw new InputError({
      source,
      place: `augmentation[${i}].classes`,
      expected: `classes of ${name}: ${classes.join(', ')}`,
      found: `"${unknown}"`,
      mend: suggest(unknown, classes) ?? 'Use one of these names.',
    });
  }
}

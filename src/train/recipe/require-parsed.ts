import { type Fault, InputError } from '../../core/errors.js';
import { checkShape, describeIssue } from '../../skeleton/check-shape.js';
import { type Recipe, recipeSchema } from './recipe.js';

/** @throws InputError that names the first key that a recipe lacks or has wrong, as one has that was never parsed */
export function requireParsed(recipe: Recipe): void {
  const parsed = checkShape(recipeSchema, recipe);
  if (!parsed.success) throw unparsed(recipe, describeIssue(parsed.issues[0]));
  const missing = firstMissing(parsed.data, recipe);
  if (missing !== undefined) throw unparsed(recipe, { place: missing, expected: 'a value', found: 'none' });
}

function unparsed({ name }: Recipe, fault: Pick<Fault, 'place' | 'expected' | 'found'>): InputError {
  const mend = 'Pass the recipe through parseRecipe, which fills in what is left out and says what is wrong.';
  return new InputError({ source: `recipe ${name}`, ...fault, mend });
}

/** The path of the first value that a whole has and a part lacks. */
function firstMissing(whole: unknown, part: unknown, path: readonly string[] = []): string | undefined {
  if (part === undefined && whole !== undefined) return path.join('.');
  if (typeof whole !== 'object' || whole === null) return undefined;
  for (const [key, value] of Object.entries(whole)) {
    const missing = firstMissing(value, (part as Record<string, unknown>)[key], [...path, key]);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

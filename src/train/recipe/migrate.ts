import { InputError } from '../../core/errors.js';
import type { Recipe } from './recipe.js';

/**
 * Keys of a recipe that had another name once; docs/recipe.md lists them. Recipes, run folders, checkpoints and saved
 * results of then stay valid: a former name is read as the present one, and what tells whether two trainings are the
 * same is computed from the names that came first.
 */
const RENAMED: readonly { readonly part: keyof Recipe; readonly former: string; readonly key: string }[] = [
  { part: 'training', former: 'latentRate', key: 'learningRate' },
  { part: 'training', former: 'biasRate', key: 'biasLearningRate' },
];

/**
 * A recipe as it was read, with the present names of its keys.
 * @throws InputError where a key is given under both of its names
 */
export function migrateRecipe(json: unknown, source: string): unknown {
  for (const { part, former, key } of RENAMED) {
    const given = partOf(json, part);
    if (given === undefined || !(former in given && key in given)) continue;
    throw new InputError({
      source,
      place: `${part}.${former}`,
      expected: `${key} alone, its present name`,
      found: 'both',
      mend: `Remove ${former}.`,
    });
  }
  return RENAMED.reduce((recipe, { part, former, key }) => renameKey(recipe, part, former, key), json);
}

/** Keys that came later, each with the default under which a training is what it was before: of a part, or of its steps. */
const LATER: readonly { readonly part: keyof Recipe; readonly key: string; readonly value: unknown }[] = [
  { part: 'training', key: 'balance', value: false },
  { part: 'training', key: 'normalise', value: false },
  { part: 'pruning', key: 'settle', value: false },
  { part: 'pruning', key: 'paths', value: false },
  { part: 'pruning', key: 'ramp', value: 0 },
  { part: 'pruning', key: 'crispnessOf', value: 'latent' },
  { part: 'augmentation', key: 'unit', value: 'positions' },
  { part: 'augmentation', key: 'axis', value: 'all' },
];

/**
 * A recipe with the first names of its keys, in their order, without keys that came later where they have their default, and
 * without `stream`, which changes no training: what checkpoints and results know it by.
 */
export function firstNotation({ stream: _, ...recipe }: Recipe): unknown {
  const renamed = RENAMED.reduce<unknown>(
    (first, { part, former, key }) => renameKey(first, part, key, former),
    recipe,
  );
  return LATER.reduce((first, later) => withoutDefault(first as Recipe, later), renamed);
}

function withoutDefault(recipe: Recipe, { part, key, value }: (typeof LATER)[number]): unknown {
  const strip = (given: unknown): unknown =>
    Object.fromEntries(Object.entries(given as object).filter(([name, found]) => name !== key || found !== value));
  const given = recipe[part];
  return { ...recipe, [part]: Array.isArray(given) ? given.map(strip) : strip(given) };
}

function renameKey(recipe: unknown, part: string, from: string, to: string): unknown {
  const given = partOf(recipe, part);
  if (given === undefined || !(from in given)) return recipe;
  const renamed = Object.entries(given).map(([key, value]) => [key === from ? to : key, value]);
  return { ...(recipe as object), [part]: Object.fromEntries(renamed) };
}

function partOf(recipe: unknown, part: string): object | undefined {
  const given = typeof recipe === 'object' && recipe !== null ? (recipe as Record<string, unknown>)[part] : undefined;
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? given : undefined;
}

import { aText, checkArguments, optionsOf } from '../../core/arguments.js';
import { type Fault, InputError } from '../../core/errors.js';
import { parseWith } from '../../data/parse-with.js';
import { findPreprocessingFault } from '../../skeleton/schemas.js';
import { migrateRecipe } from './migrate.js';
import { type Recipe, recipeSchema } from './recipe.js';

/** Where a reader finds out what a recipe may hold. */
const MEND = 'See docs/recipe.md.';

/** What the command line and `loadRecipe` may change of a recipe. */
export interface RecipeOverrides {
  readonly data?: string;
  readonly split?: string;
  readonly epochs?: number;
  readonly seed?: number;
  readonly arithmetic?: Recipe['arithmetic'];
  readonly calibrate?: boolean;
  /** Rates of the report. */
  readonly report?: readonly number[];
}

export const anyOverrides = optionsOf<RecipeOverrides>({
  data: true,
  split: true,
  epochs: true,
  seed: true,
  arithmetic: true,
  calibrate: true,
  report: true,
});

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The options that are given. */
export function definedOnly<const T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
}

/** Checks a recipe and fills in its defaults. @throws InputError that names the key; `source` is the recipe's file */
export function parseRecipe(json: unknown, source: string, overrides: RecipeOverrides = {}): Recipe {
  checkArguments('parseRecipe', { source: [aText, source], overrides: [anyOverrides, overrides] });
  const recipe = parseWith(recipeSchema, override(migrateRecipe(json, source), overrides), source, MEND);
  const fault = findPreprocessingFault(recipe.preprocessing) ?? findIdleOption(recipe);
  if (fault !== undefined) throw new InputError({ source, ...fault, mend: MEND });
  return recipe;
}

/** An option that the schema knows and that would do nothing here. */
function findIdleOption({
  network,
  pruning,
  training,
}: Recipe): Pick<Fault, 'place' | 'expected' | 'found'> | undefined {
  if (pruning.mask === 'line') {
    const expected = 'another mask: a line has a network of its own at each rate, for `anyrate compare --methods lcs`';
    return { place: 'pruning.mask', expected, found: 'line' };
  }
  if (training.normalise && !network.some(({ kind }) => kind.endsWith('convolution'))) {
    return { place: 'training.normalise', expected: 'false in a network without convolutions', found: 'true' };
  }
  const layer = network.findIndex(({ activation, dropout }) => activation === 'none' && dropout > 0);
  if (layer < 0) return undefined;
  return { place: `network[${layer}].dropout`, expected: '0 without relu', found: `${network[layer].dropout}` };
}

function override(json: unknown, { epochs, ...facts }: RecipeOverrides): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const { training } = json as { training?: unknown };
  const merged = { ...json, ...facts };
  return epochs === undefined || typeof training !== 'object'
    ? merged
    : { ...merged, training: { ...training, epochs } };
}

import { z } from 'zod';
import { type Fault, InputError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { findPreprocessingFault } from '../../skeleton/schemas.js';
import { type Recipe, recipeSchema } from './recipe.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

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

/** The overrides that are given. */
export function definedOnly(
  given: { [Key in keyof RecipeOverrides]: RecipeOverrides[Key] | undefined },
): RecipeOverrides {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Checks a recipe and fills in its defaults. @throws InputError that names the key; `source` is the recipe's file */
export function parseRecipe(json: unknown, source: string, overrides: RecipeOverrides = {}): Recipe {
  const resolved = override(json, overrides);
  const parsed = recipeSchema.safeParse(resolved);
  if (!parsed.success) throw invalid(parsed.error.issues, resolved, source);
  const fault = findPreprocessingFault(parsed.data.preprocessing) ?? findIdleOption(parsed.data);
  if (fault !== undefined) throw new InputError({ source, ...fault, mend: 'See docs/recipe.md.' });
  return parsed.data;
}

/** An option that the schema knows and that would do nothing here. */
function findIdleOption({ network, pruning }: Recipe): Pick<Fault, 'place' | 'expected' | 'found'> | undefined {
  if (pruning.mask === 'line') {
    const expected = 'another mask: a line has a network of its own at each rate, for `anyrate compare --methods lcs`';
    return { place: 'pruning.mask', expected, found: 'line' };
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

/** The first fault; a misspelt key comes before the key that is missing for it. */
function invalid(issues: readonly Issue[], json: unknown, source: string): InputError {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.keys[0], issue.path, json, source);
  const value = valueAt(json, issue.path);
  const options = optionsOf(issue);
  return new InputError({
    source,
    place: formatPath(issue.path),
    expected: options === undefined ? expectedBy(issue) : `one of ${options.join(', ')}`,
    found: describe(value),
    mend: (typeof value === 'string' && options && suggest(value, options)) || 'See docs/recipe.md.',
  });
}

function unknownKey(key: string, path: Path, json: unknown, source: string): InputError {
  const known = knownKeys(json, path);
  return new InputError({
    source,
    place: formatPath([...path, key]),
    expected: `one of the keys ${known.join(', ')}`,
    found: `"${key}"`,
    mend: suggest(key, known) ?? 'Remove the key, or see docs/recipe.md.',
  });
}

function optionsOf(issue: Issue): string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' ? (issue as { options?: string[] }).options : undefined;
}

function expectedBy(issue: Issue): string {
  if (issue.code === 'invalid_type') return ARTICLES[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small') return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  return issue.message;
}

const ARTICLES: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  object: 'an object',
  array: 'a list',
  record: 'an object',
};

/** The keys that the schema has at a path; where it offers several steps or kinds, those of the one that was chosen. */
function knownKeys(json: unknown, path: Path): string[] {
  let schema: z.core.$ZodType = recipeSchema;
  for (let depth = 0; ; depth++) {
    schema = chosen(schema, valueAt(json, path.slice(0, depth)));
    if (schema instanceof z.ZodObject && depth === path.length) return Object.keys(schema.shape);
    if (schema instanceof z.ZodObject) schema = schema.shape[path[depth] as string];
    else if (schema instanceof z.ZodArray) schema = schema.element;
    else return [];
  }
}

function chosen(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return chosen(schema.unwrap(), value);
  }
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const { discriminator } = schema.def;
  const wanted = (value as Record<string, unknown> | undefined)?.[discriminator];
  return schema.options.find((option) => literalsOf(option, discriminator).has(wanted)) ?? schema;
}

function literalsOf(option: z.core.$ZodType, key: string): ReadonlySet<unknown> {
  const literal = option instanceof z.ZodObject ? option.shape[key] : undefined;
  return literal instanceof z.ZodLiteral ? literal.values : new Set();
}

function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], json);
}

function formatPath(path: Path): string {
  const parts = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return parts.join('').replace(/^\./, '') || 'top';
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 60);
}

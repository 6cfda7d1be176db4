/** Checking what people write in JSON (recipes, dataset.json) against a schema, with one error that says what to mend. */
import * as z from 'zod/mini';
import { InputError } from '../core/errors.js';
import { suggest } from '../core/suggest.js';
import { checkShape, describeIssue, valueAt, wordsOf } from '../skeleton/check-shape.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Checks a value and fills in the defaults of a schema.
 * @param mend where a reader finds out what is allowed
 * @throws InputError that names the key; a misspelt one is suggested
 */
export function parseWith<T extends z.core.$ZodType>(
  schema: T,
  json: unknown,
  source: string,
  mend: string,
): z.output<T> {
  const parsed = checkShape(schema, json);
  if (parsed.success) return parsed.data;
  throw invalid(schema, parsed.error.issues, json, source, mend);
}

/** The first fault; a misspelt key comes before the key that is missing for it. */
function invalid(
  schema: z.core.$ZodType,
  issues: readonly Issue[],
  json: unknown,
  source: string,
  mend: string,
): InputError {
  const issue = innermost(issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]);
  if (issue.code === 'unrecognized_keys') return unknownKey(schema, issue.keys[0], issue.path, json, source, mend);
  const value = valueAt(json, issue.path);
  const words = wordsOf(issue)?.map(String);
  return new InputError({
    source,
    place: formatPath(issue.path),
    ...describeIssue(issue, json),
    mend: (typeof value === 'string' && words && suggest(value, words)) || mend,
  });
}

/** Where several forms are possible and one of them is nearest to what was written, what is wrong with that one. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const forms = issue.errors.filter((inside) => inside.some(({ path }) => path.length > 0));
  const fewest = Math.min(...forms.map(({ length }) => length));
  const nearest = forms.filter(({ length }) => length === fewest);
  if (nearest.length !== 1) return issue;
  const [first] = nearest[0];
  return innermost({ ...first, path: [...issue.path, ...first.path] } as Issue);
}

function unknownKey(
  schema: z.core.$ZodType,
  key: string,
  path: Path,
  json: unknown,
  source: string,
  mend: string,
): InputError {
  const known = knownKeys(schema, json, path);
  return new InputError({
    source,
    place: formatPath([...path, key]),
    expected: `one of the keys ${known.join(', ')}`,
    found: `"${key}"`,
    mend: suggest(key, known) ?? `Remove the key. ${mend}`,
  });
}

/** The keys that the schema has at a path; where it offers several steps or kinds, those of the one that was chosen. */
function knownKeys(whole: z.core.$ZodType, json: unknown, path: Path): string[] {
  let schema = whole;
  for (let depth = 0; ; depth++) {
    schema = chosen(schema, valueAt(json, path.slice(0, depth)));
    if (schema instanceof z.ZodMiniObject && depth === path.length) return Object.keys(schema.shape);
    if (schema instanceof z.ZodMiniObject) schema = schema.shape[path[depth] as string];
    else if (schema instanceof z.ZodMiniArray) schema = schema.def.element;
    else return [];
  }
}

function chosen(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (
    schema instanceof z.ZodMiniDefault ||
    schema instanceof z.ZodMiniPrefault ||
    schema instanceof z.ZodMiniOptional
  ) {
    return chosen(schema.def.innerType, value);
  }
  if (!(schema instanceof z.ZodMiniDiscriminatedUnion)) return schema;
  const { discriminator, options } = schema._zod.def;
  const wanted = (value as Record<string, unknown> | undefined)?.[discriminator];
  return options.find((option) => literalsOf(option, discriminator).has(wanted)) ?? schema;
}

function literalsOf(option: z.core.$ZodType, key: string): ReadonlySet<unknown> {
  const literal = option instanceof z.ZodMiniObject ? option.shape[key] : undefined;
  return literal instanceof z.ZodMiniLiteral ? literal._zod.values : new Set();
}

function formatPath(path: Path): string {
  const parts = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return parts.join('').replace(/^\./, '') || 'top';
}

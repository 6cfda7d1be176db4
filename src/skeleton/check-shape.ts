import * as v from 'valibot';
import { excerpt, type Fault } from '../core/errors.js';

type Path = readonly PropertyKey[];

/** What a schema says of a part of a value. */
export interface Issue {
  readonly schema: v.GenericSchema;
  readonly value: unknown;
  /** Where the value is in the one that was checked. */
  readonly at: Path;
  /** Where the part is in the value. */
  readonly path: Path;
  /** In words; empty where the schema has to be asked. */
  readonly expected: string;
  /** A key that the schema does not have; `path` is that of the object. */
  readonly unknownKey?: string;
}

/** A value with the defaults of a schema, or what is wrong with it. */
export type Checked<T> =
  | { readonly success: true; readonly data: T; readonly issues?: never }
  | { readonly success: false; readonly data?: never; readonly issues: readonly [Issue, ...Issue[]] };

/** Checks a value against a schema and fills in its defaults; a fault is returned, not thrown. */
export function checkShape<T extends v.GenericSchema>(
  schema: T,
  value: unknown,
  at: Path = [],
): Checked<v.InferOutput<T>> {
  const { success, output, issues } = v.safeParse(schema, value, { message: expectedBy });
  if (success) return { success, data: output };
  const [first, ...others] = issues.map((issue) => ({ schema, value, at, ...placed(issue) }));
  return { success, issues: [first, ...others] };
}

function placed(issue: v.BaseIssue<unknown>): Pick<Issue, 'path' | 'expected' | 'unknownKey'> {
  const { type, expected, message } = issue;
  const keys = issue.path?.map(({ key }) => key as PropertyKey) ?? [];
  if (expected !== 'never' || message !== '') return { path: keys, expected: message };
  const [key, parent] = [keys.at(-1), keys.slice(0, -1)];
  return type === 'strict_tuple'
    ? { path: parent, expected: `at most ${String(key)} items` }
    : { path: parent, expected: 'known keys', unknownKey: String(key) };
}

/** What was expected, as far as the issue alone tells it. */
function expectedBy({ type, requirement, input, path }: v.BaseIssue<unknown>): string {
  if (path !== undefined) return ''; // of a key
  const bound = BOUNDS[type];
  return bound === undefined ? (KINDS[type] ?? '') : `${bound} ${amount(requirement as number, input)}`;
}

const BOUNDS: Readonly<Record<string, string>> = {
  min_value: 'at least',
  max_value: 'at most',
  gt_value: 'more than',
  lt_value: 'less than',
  min_length: 'at least',
  max_length: 'at most',
};

const KINDS: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  string: 'a text',
  array: 'a list',
  strict_tuple: 'a list',
  object: 'an object',
  strict_object: 'an object',
  variant: 'an object',
};

/** A number, or so many of what a text or a list is made of. */
function amount(count: number, input: unknown): string {
  if (typeof input === 'number') return String(count);
  const unit = typeof input === 'string' ? 'character' : 'item';
  return count === 1 ? `one ${unit}` : `${count} ${unit}s`;
}

/** Where something is wrong in a value, what its schema expected and what is there, in the words of an InputError. */
export function describeIssue(issue: Issue): Required<Pick<Fault, 'place' | 'expected' | 'found'>> {
  const inner = innermost(issue);
  const found = excerpt(inner.unknownKey ?? partAt(inner));
  return { place: placeOf(inner).join('.') || 'top', expected: expectedOf(inner), found };
}

function expectedOf(issue: Issue): string {
  if (issue.expected !== '') return issue.expected;
  const words = wordsOf(issue);
  if (words !== undefined) return `one of ${words.join(', ')}`;
  const missing = schemaAt(issue);
  const [{ expected } = issue] = missing === undefined ? [] : (checkShape(missing, partAt(issue)).issues ?? []);
  if (expected !== '') return expected;
  const wanted = formsOf(issue).map(([first]) => {
    return first.path.length > 0 ? `an object with ${first.path.join('.')}` : expectedOf(first);
  });
  return [...new Set(wanted)].join(' or ') || (partAt(issue) === undefined ? 'a value' : 'another value');
}

/** The words of which one was expected, if words were; of steps or kinds, what tells them apart. */
export function wordsOf(issue: Issue): readonly unknown[] | undefined {
  const schema = schemaAt(issue);
  switch (schema?.type) {
    case 'picklist':
      return schema.options;
    case 'literal':
      return [schema.literal];
    case 'variant':
      return issue.path.at(-1) === schema.key ? [...variantsOf(schema).keys()] : undefined;
    default:
      return undefined;
  }
}

/** The keys that an object may have where an issue is. */
export function keysOf(issue: Issue): readonly string[] {
  const schema = schemaAt(issue);
  return schema !== undefined && 'entries' in schema ? Object.keys(schema.entries) : [];
}

/** Where several forms are possible and one of them is nearest to what was written, what is wrong with that one. */
export function innermost(issue: Issue): Issue {
  const forms = formsOf(issue).filter((inside) => inside.some(isInside));
  const fewest = Math.min(...forms.map(({ length }) => length));
  const nearest = forms.filter(({ length }) => length === fewest);
  return nearest.length === 1 ? innermost(nearest[0][0]) : issue;
}

/** Whether something is wrong in an object or a list, which is one then. */
function isInside({ path, unknownKey }: Issue): boolean {
  return path.length > 0 || unknownKey !== undefined;
}

/** Where one of several forms was expected, what is wrong with the value as each of them. */
function formsOf(issue: Issue): readonly (readonly [Issue, ...Issue[]])[] {
  const schema = schemaAt(issue);
  if (schema?.type !== 'union') return [];
  return schema.options.flatMap((option) => {
    const { issues } = checkShape(option, partAt(issue), placeOf(issue));
    return issues === undefined ? [] : [issues];
  });
}

/** The schemas that are looked into, by their types. */
type Known =
  | v.StrictObjectSchema<v.ObjectEntries, undefined>
  | v.ObjectSchema<v.ObjectEntries, undefined>
  | v.ArraySchema<v.GenericSchema, undefined>
  | v.StrictTupleSchema<v.TupleItems, undefined>
  | v.OptionalSchema<v.GenericSchema, unknown>
  | v.NullableSchema<v.GenericSchema, unknown>
  | v.LazySchema<v.GenericSchema>
  | v.UnionSchema<v.UnionOptions, undefined>
  | v.VariantSchema<string, readonly Variant[], undefined>
  | v.PicklistSchema<v.PicklistOptions, undefined>
  | v.LiteralSchema<v.Literal, undefined>;

type Variant = v.StrictObjectSchema<Readonly<Record<string, v.LiteralSchema<string, undefined>>>, undefined>;

/** The schema of where an issue is; of steps or kinds, that of the one that was chosen. Nothing inside one of several forms. */
function schemaAt({ schema, value, path }: Issue): Known | undefined {
  const start: Known | undefined = chosen(schema, value);
  return path.reduce<Known | undefined>((there, key, depth) => {
    const inner = there && innerOf(there, key);
    return inner && chosen(inner, valueAt(value, path.slice(0, depth + 1)));
  }, start);
}

function innerOf(schema: Known, key: PropertyKey): v.GenericSchema | undefined {
  switch (schema.type) {
    case 'object':
    case 'strict_object':
      return schema.entries[key as string] as v.GenericSchema;
    case 'array':
      return schema.item;
    case 'strict_tuple':
      return schema.items[key as number];
    case 'variant':
      return schema; // no step or kind was chosen
    default:
      return undefined;
  }
}

function chosen(schema: v.GenericSchema, value: unknown): Known {
  const known = schema as Known;
  switch (known.type) {
    case 'optional':
    case 'nullable':
      return chosen(known.wrapped, value);
    case 'lazy':
      return chosen(known.getter(value), value);
    case 'variant':
      return variantsOf(known).get((value as Record<string, string> | undefined)?.[known.key]) ?? known;
    default:
      return known;
  }
}

/** The forms of a variant by the words that tell them apart. */
function variantsOf({ key, options }: v.VariantSchema<string, readonly Variant[], undefined>) {
  return new Map<string | undefined, Variant>(options.map((option) => [option.entries[key].literal, option]));
}

/** What is where an issue is; undefined where nothing is. */
export function partAt({ value, path }: Issue): unknown {
  return valueAt(value, path);
}

/** Where an issue is in the value that was checked. */
export function placeOf({ at, path }: Issue): Path {
  return [...at, ...path];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

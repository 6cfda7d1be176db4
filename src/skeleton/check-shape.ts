import * as z from 'zod/mini';
import { excerpt, type Fault } from '../core/errors.js';

/**
 * Checks a value against a schema and fills in its defaults; a fault is returned, not thrown. What it says is in
 * `describeIssue`: the schemas of zod/mini, which bundlers take apart, know no language by themselves.
 */
export function checkShape<T extends z.core.$ZodType>(schema: T, value: unknown) {
  return z.safeParse(schema, value);
}

/** The words of which one was expected, if words were; of a union, what tells its members apart. */
export function wordsOf(issue: z.core.$ZodIssue): readonly unknown[] | undefined {
  if (issue.code === 'invalid_value') return issue.values;
  return issue.code === 'invalid_union' ? (issue as { options?: unknown[] }).options : undefined;
}

/** What a schema expected in a JSON value and what is there, in the words of an InputError. */
export function describeIssue(issue: z.core.$ZodIssue, json: unknown): Pick<Fault, 'expected' | 'found'> {
  const words = wordsOf(issue);
  return {
    expected: words === undefined ? expectedBy(issue) : `one of ${words.join(', ')}`,
    found: issue.code === 'unrecognized_keys' ? excerpt(issue.keys[0]) : excerpt(valueAt(json, issue.path)),
  };
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'known keys';
  if (issue.code === 'invalid_type') return ARTICLES[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small')
    return `${issue.inclusive ? 'at least' : 'more than'} ${amount(issue.minimum, issue.origin)}`;
  if (issue.code === 'too_big')
    return `${issue.inclusive ? 'at most' : 'less than'} ${amount(issue.maximum, issue.origin)}`;
  if (issue.code === 'invalid_key') return expectedBy(issue.issues[0] as z.core.$ZodIssue);
  return issue.code === 'invalid_union' && issue.message === SAYS_NOTHING ? formsOf(issue) : issue.message;
}

/** The message of an issue whose schema has none of its own. */
const SAYS_NOTHING = 'Invalid input';

/** What each form of a union would have wanted first. */
function formsOf({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const wanted = errors.map(([first]) => {
    return first.path.length > 0 ? `an object with ${first.path.join('.')}` : expectedBy(first);
  });
  return [...new Set(wanted)].join(' or ') || 'another value';
}

/** A number, or so many of what a text or a list is made of. */
function amount(count: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  if (unit === undefined) return String(count);
  return count === 1 ? `one ${unit}` : `${count} ${unit}s`;
}

const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

const ARTICLES: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  string: 'a text',
  object: 'an object',
  array: 'a list',
  record: 'an object',
};

/** What is at a path; undefined where nothing is. */
export function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], json);
}

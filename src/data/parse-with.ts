/** Checking what people write in JSON (recipes, dataset.json) against a schema, with one error that says what to mend. */
import type { GenericSchema, InferOutput } from 'valibot';
import { InputError } from '../core/errors.js';
import { suggest } from '../core/suggest.js';
import {
  checkShape,
  describeIssue,
  type Issue,
  innermost,
  keysOf,
  partAt,
  placeOf,
  wordsOf,
} from '../skeleton/check-shape.js';

/**
 * Checks a value and fills in the defaults of a schema.
 * @param mend where a reader finds out what is allowed
 * @throws InputError that names the key; a misspelt one is suggested
 */
export function parseWith<T extends GenericSchema>(
  schema: T,
  json: unknown,
  source: string,
  mend: string,
): InferOutput<T> {
  const { success, data, issues } = checkShape(schema, json);
  if (success) return data;
  throw invalid(issues, source, mend);
}

/** The first fault; a misspelt key comes before the key that is missing for it. */
function invalid(issues: readonly Issue[], source: string, mend: string): InputError {
  const issue = innermost(issues.find(({ unknownKey }) => unknownKey !== undefined) ?? issues[0]);
  if (issue.unknownKey !== undefined) return unknownKey(issue, issue.unknownKey, source, mend);
  const value = partAt(issue);
  const words = wordsOf(issue)?.map(String);
  const isMisspelt = typeof value === 'string' && words?.includes(value) === false;
  return new InputError({
    source,
    ...describeIssue(issue),
    place: formatPath(placeOf(issue)),
    mend: (isMisspelt && suggest(value, words)) || mend,
  });
}

function unknownKey(issue: Issue, key: string, source: string, mend: string): InputError {
  const known = keysOf(issue);
  return new InputError({
    source,
    place: formatPath([...placeOf(issue), key]),
    expected: `one of the keys ${known.join(', ')}`,
    found: `"${key}"`,
    mend: suggest(key, known) ?? `Remove the key. ${mend}`,
  });
}

function formatPath(path: readonly PropertyKey[]): string {
  const parts = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return parts.join('').replace(/^\./, '') || 'top';
}

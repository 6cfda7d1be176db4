import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { InputError } from '../../../core/errors.js';
import { TRAINING_REVISION } from '../../../core/version.js';
import type { Dataset } from '../../../data/dataset.js';
import { parseWith } from '../../../data/parse-with.js';
import { MOST_RATES } from '../../../runtime/file/limits.js';
import { int, looseObject, number, strictObject } from '../../../skeleton/shapes.js';
import { firstNotation } from '../../../train/recipe/migrate.js';
import { methodNamed } from '../../methods/methods.js';
import { canonicalJson, dataOf, type Job, type JobParts, type JobSpec, jobName, recipeOf, specOf } from '../job.js';

/** The job of a method on a recipe, whose seed and split are set, and a data set. */
export function createJob(parts: JobParts, dataset: Dataset): Job {
  return jobOf(specOf(parts, dataOf(dataset, parts.recipe.split)));
}

export function jobOf(spec: JobSpec): Job {
  const { until, ...trunk } = spec;
  const checkpointKey = keyOf(trunk);
  return { key: until === undefined ? checkpointKey : keyOf(spec), checkpointKey, name: jobName(spec), spec };
}

function keyOf(spec: JobSpec): string {
  return createHash('sha256').update(canonicalJson(spec)).digest('hex');
}

const count = v.pipe(int, v.minValue(0));
const specSchema = strictObject({
  task: v.picklist(['method', 'network', 'trial']),
  dataset: v.pipe(v.string(), v.minLength(1)),
  fingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/, 'a hash')),
  parts: v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/, 'a hash')),
  revision: count,
  method: v.string(),
  methodRevision: count,
  rates: v.pipe(v.array(v.pipe(number, v.minValue(0), v.ltValue(1))), v.minLength(1), v.maxLength(MOST_RATES)),
  until: v.optional(v.pipe(int, v.minValue(1))),
  recipe: looseObject({ split: v.string(), seed: count }),
});

/**
 * A job that came from outside: a plan, a result, a queue. Its recipe and method are checked as anybody's.
 * @throws InputError also on one of another training revision, or made by a version of anyrate that writes recipes otherwise
 */
export function parseJob(json: unknown, source: string): Job {
  const spec = parseWith(specSchema, json, source, 'Let anyrate make the job anew.') as JobSpec;
  const { revision, methodRevision, method } = spec;
  if (revision !== TRAINING_REVISION) throw otherRevision(source, 'trainings', TRAINING_REVISION, revision);
  const { revision: known = 1 } = methodNamed(method);
  if (methodRevision !== known) throw otherRevision(source, `the method ${method}`, known, methodRevision);
  const { data: _, report: __, ...recipe } = firstOf(spec, source);
  const normal: JobSpec = { ...spec, recipe };
  if (canonicalJson(normal) === canonicalJson(spec)) return jobOf(spec);
  throw new InputError({
    source,
    place: 'recipe',
    expected: 'a resolved recipe, as this version of anyrate writes it',
    found: 'one that it would write differently',
    mend: 'Use the same version of anyrate everywhere.',
  });
}

function firstOf(spec: JobSpec, source: string): { data?: unknown; report?: unknown } {
  return firstNotation(recipeOf(spec, source)) as { data?: unknown; report?: unknown };
}

function otherRevision(source: string, what: string, expected: number, found: number): InputError {
  return new InputError({
    source,
    place: 'revision',
    expected: `${what} of revision ${expected}`,
    found: `revision ${found}`,
    mend: 'Use the same version of anyrate everywhere, or start anew in another folder.',
  });
}

/** What is written to a queue and read from it. Whoever can write to the queue's database may have written it. */
import * as v from 'valibot';
import { InputError } from '../../../core/errors.js';
import { TRAINING_REVISION, VERSION } from '../../../core/version.js';
import { parseWith } from '../../../data/parse-with.js';
import { checkShape } from '../../../skeleton/check-shape.js';
import { int, number, strictObject } from '../../../skeleton/shapes.js';
import type { Job, JobSpec } from '../../jobs/job.js';
import { parseJob } from '../../jobs/node/job-key.js';
import { parseResult, parseRun } from '../../jobs/node/parse-result.js';
import type { Finished, JobRun } from '../../jobs/result.js';
import { methods } from '../../methods/methods.js';
import { entryIdOf, type QueueFacts, queueNameOf } from './names.js';

/** The data of a job: no weights, no paths. */
export interface EntryData {
  readonly spec: JobSpec;
  /** Set where the sweep was cancelled: whoever works on it saves its checkpoint and stops. */
  readonly cancelled?: boolean | undefined;
}

/** What a worker gives back. */
export interface EntryResult {
  /** Of the result's file. */
  readonly text: string;
  readonly run: JobRun;
}

/** What a worker tells while it works. */
export interface EntryProgress {
  readonly share: number;
  /** The last epoch's mean cross-entropy; nothing before the first. */
  readonly loss: number | null;
  readonly worker: string;
}

/** The longest result that is taken from a queue, in characters; one has some thousand. */
const MOST_RESULT = 2 ** 22;

const REMOVE = 'Remove it from the queue; anyrate writes none such.';

const dataSchema = strictObject({ spec: v.unknown(), cancelled: v.optional(v.boolean()) });
const resultSchema = strictObject({ text: v.pipe(v.string(), v.maxLength(MOST_RESULT)), run: v.unknown() });
const progressSchema = strictObject({
  share: v.pipe(number, v.minValue(0), v.maxValue(1)),
  loss: v.nullable(number),
  worker: v.pipe(v.string(), v.maxLength(200)),
});
const factsSchema = strictObject({
  dataset: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  fingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/, 'a hash')),
  revision: v.pipe(int, v.minValue(0)),
  method: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  methodRevision: v.pipe(int, v.minValue(0)),
  version: v.pipe(v.string(), v.regex(/^[\w.+-]{1,40}$/, 'a version')),
});

/** @throws InputError on anything that is not a job of this queue under its own name */
export function parseEntry(
  data: unknown,
  id: string,
  queue: string,
): { readonly job: Job; readonly cancelled: boolean } {
  const source = `entry ${id} of queue ${queue}`;
  const { spec, cancelled = false } = parseWith(dataSchema, data, source, REMOVE);
  const job = parseJob(spec, source);
  const at = queueNameOf({ ...job.spec, version: VERSION });
  if (entryIdOf(job) === id && at === queue) return { job, cancelled };
  const found = `job ${job.key} of queue ${at}`;
  throw new InputError({ source, expected: 'the job that the names say', found, mend: REMOVE });
}

/** @throws InputError on anything that is not the result of the job */
export function parseEntryResult(value: unknown, { key, name }: Job): Finished & { readonly text: string } {
  const source = `result of ${name} in the queue`;
  const { text, run } = parseWith(resultSchema, value, source, REMOVE);
  return { text, result: parseResult(text, key, source), run: parseRun(JSON.stringify(run ?? null), source) };
}

/** Nothing where it is no progress of ours. */
export function parseProgress(value: unknown): EntryProgress | undefined {
  return checkShape(progressSchema, value).data;
}

/** Nothing where it announces no queue. */
export function parseFacts(value: unknown): QueueFacts | undefined {
  return checkShape(factsSchema, value).data;
}

/** Why this worker may not take jobs of a queue, if it may not. */
export function foreignTo({ revision, version, method, methodRevision }: QueueFacts): string | undefined {
  if (revision !== TRAINING_REVISION)
    return `they are of training revision ${revision}, this worker of ${TRAINING_REVISION}`;
  if (version !== VERSION) return `they are of anyrate ${version}, this worker of ${VERSION}`;
  const known = methods.find(({ name }) => name === method);
  if (known === undefined) return `this worker has no method ${method}; if a plugin has it, pass --plugin`;
  const { revision: here = 1 } = known;
  return here === methodRevision
    ? undefined
    : `they are of revision ${methodRevision} of ${method}, this worker of ${here}`;
}

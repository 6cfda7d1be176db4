import * as z from 'zod/mini';
import { InputError } from '../../../core/errors.js';
import { checkShape } from '../../../skeleton/check-shape.js';
import type { JobResult, JobRun } from '../result.js';
import { parseJob } from './job-key.js';

const RUN_AGAIN = 'Delete the file; the job will run again.';

const share = z.number().check(z.minimum(0), z.maximum(1));
const count = z.int().check(z.minimum(0));
const text = z.string();
const row = z.strictObject({
  split: text,
  rate: share,
  nonzeros: count,
  actualRate: share,
  macs: count,
  correct: count,
  total: count,
  accuracy: share,
  accuracyAtThreshold: share,
});
const resultSchema = z.strictObject({
  job: z.unknown(),
  rows: z.array(row),
  hits: z.optional(z.string().check(z.regex(/^[01]+$/, 'digits 0 and 1'))),
  diverged: z.optional(text),
});
const machine = { date: text, processor: text, node: text, version: text, cores: count, revision: count };
const runSchema = z.strictObject({ seconds: z.number().check(z.minimum(0)), machine: z.strictObject(machine) });

/** Reads a result. @throws InputError on anything else, and on the result of a job with another key */
export function parseResult(json: string, key: string, source: string): JobResult {
  const { job, ...figures } = parse(resultSchema, json, source);
  const { spec, key: found } = parseJob(job, source);
  if (found === key) return { job: spec, ...figures };
  throw new InputError({ source, expected: `the result of job ${key}`, found: `that of ${found}`, mend: RUN_AGAIN });
}

/** Reads how a result came about. @throws InputError */
export function parseRun(json: string, source: string): JobRun {
  return parse(runSchema, json, source);
}

function parse<T>(schema: z.ZodMiniType<T>, json: string, source: string): T {
  const parsed = checkShape(schema, parseJson(json, source));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  const place = path.join('.') || 'top';
  throw new InputError({ source, place, expected: 'what anyrate wrote', found: message, mend: RUN_AGAIN });
}

function parseJson(json: string, source: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const found = `text that is not (${(error as Error).message})`;
    throw new InputError({ source, expected: 'JSON', found, mend: RUN_AGAIN });
  }
}

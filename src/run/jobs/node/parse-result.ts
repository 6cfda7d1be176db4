import * as v from 'valibot';
import { InputError } from '../../../core/errors.js';
import { checkShape, describeIssue } from '../../../skeleton/check-shape.js';
import { int, number, strictObject } from '../../../skeleton/shapes.js';
import type { JobResult, JobRun } from '../result.js';
import { parseJob } from './job-key.js';

const RUN_AGAIN = 'Delete the file; the job will run again.';

const share = v.pipe(number, v.minValue(0), v.maxValue(1));
const count = v.pipe(int, v.minValue(0));
const text = v.string();
const row = strictObject({
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
const resultSchema = strictObject({
  job: v.unknown(),
  rows: v.array(row),
  hits: v.optional(v.pipe(v.string(), v.regex(/^[01]+$/, 'digits 0 and 1'))),
  diverged: v.optional(text),
});
const machine = { date: text, processor: text, node: text, version: text, cores: count, revision: count };
const runSchema = strictObject({ seconds: v.pipe(number, v.minValue(0)), machine: strictObject(machine) });

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

function parse<T>(schema: v.GenericSchema<unknown, T>, json: string, source: string): T {
  const parsed = checkShape(schema, parseJson(json, source));
  if (parsed.success) return parsed.data;
  const { place, found } = describeIssue(parsed.issues[0]);
  throw new InputError({ source, place, expected: 'what anyrate wrote', found, mend: RUN_AGAIN });
}

function parseJson(json: string, source: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const found = `text that is not (${(error as Error).message})`;
    throw new InputError({ source, expected: 'JSON', found, mend: RUN_AGAIN });
  }
}

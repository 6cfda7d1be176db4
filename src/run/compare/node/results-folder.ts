import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../../core/errors.js';
import { makeFolder, writeWhole } from '../../../core/node/write.js';
import { TRAINING_REVISION, VERSION } from '../../../core/version.js';
import type { Dataset } from '../../../data/dataset.js';
import { identityOf, type Job } from '../comparison.js';
import type { JobOutcome, JobResult, Machine } from '../run-job.js';

/** The folder of a comparison: one file a finished job, and the report. */
export class ResultsFolder {
  readonly path: string;
  private readonly dataset: Dataset;

  constructor(path: string, dataset: Dataset) {
    this.path = path;
    this.dataset = dataset;
  }

  /** Results of those jobs that are done. @throws InputError on a file that is that of another job */
  load(jobs: readonly Job[]): Map<string, JobResult> {
    const results = new Map<string, JobResult>();
    for (const job of jobs) {
      const file = this.fileOf(job.name);
      if (!existsSync(file)) continue;
      const result = parseResult(readFileSync(file, 'utf8'), file);
      if (result.identity !== identityOf(job, this.dataset)) throw foreign(file, this.path);
      results.set(job.name, result);
    }
    return results;
  }

  /** @throws InputError where it cannot be made */
  make(): void {
    makeFolder(join(this.path, 'jobs'));
  }

  save(job: Job, result: JobOutcome): JobResult {
    const whole = { ...result, identity: identityOf(job, this.dataset), machine: thisMachine() };
    writeWhole(this.fileOf(job.name), `${JSON.stringify(whole, null, 2)}\n`);
    return whole;
  }

  private fileOf(name: string): string {
    return join(this.path, 'jobs', `${name}.json`);
  }
}

const RUN_AGAIN = 'Delete the file; the job will run again.';

const share = z.number().min(0).max(1);
const count = z.int().min(0);
const text = z.string();
const machineTexts = { date: text, processor: text, node: text, version: text };
const row = {
  split: z.string(),
  rate: share,
  nonzeros: count,
  actualRate: share,
  macs: count,
  correct: count,
  total: count,
  accuracy: share,
  accuracyAtThreshold: share,
};
const resultSchema: z.ZodType<JobResult> = z.strictObject({
  name: z.string(),
  identity: z.string(),
  seconds: z.number().min(0),
  machine: z.strictObject({ ...machineTexts, cores: count, revision: count }),
  rows: z.array(z.strictObject(row)),
  diverged: z.string().optional(),
});

function parseResult(text: string, source: string): JobResult {
  const { data, error } = resultSchema.safeParse(parseJson(text, source));
  if (data !== undefined) return data;
  const { path, message } = error.issues[0];
  const place = path.join('.') || 'top';
  throw new InputError({ source, place, expected: 'a result that anyrate wrote', found: message, mend: RUN_AGAIN });
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = `text that is not (${(error as Error).message})`;
    throw new InputError({ source, expected: 'JSON', found, mend: RUN_AGAIN });
  }
}

function foreign(source: string, folder: string): InputError {
  return new InputError({
    source,
    expected: 'a result of this recipe, data, rates and version of anyrate',
    found: 'one that differs in some of them',
    mend: `Move ${folder} away to keep it, or delete it; all jobs then run again.`,
  });
}

/** This machine and these versions, today. */
function thisMachine(): Machine {
  const all = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    node: process.version,
    version: VERSION,
    revision: TRAINING_REVISION,
  };
}

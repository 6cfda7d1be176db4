import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../core/errors.js';
import { readText } from '../../../core/node/read.js';
import { makeFolder, writeWhole } from '../../../core/node/write.js';
import { canonicalJson, type Job } from '../../jobs/job.js';
import { Claims } from '../../jobs/node/claims.js';
import { CANCELLED } from '../../jobs/node/folder-runner.js';
import { FolderStore } from '../../jobs/node/folder-store.js';
import { type WorkerFacts, Workers } from '../../jobs/node/workers.js';
import type { Finished } from '../../jobs/result.js';
import { type JobSource, openJobs } from '../../jobs/run-jobs.js';
import { formatPlan, parsePlan, type SweepPlan } from '../plan.js';
import { sweepSource } from '../sweep-jobs.js';

const PLAN_FILE = 'sweep.json';

/** The folder of a sweep: its plan, the results of its jobs and the report. */
export class SweepFolder {
  readonly path: string;
  readonly store: FolderStore;

  constructor(path: string) {
    this.path = path;
    this.store = new FolderStore(path);
  }

  /** Keeps a plan, and takes back a cancellation. @returns whether another plan was there */
  save(plan: SweepPlan): boolean {
    makeFolder(this.path);
    const file = this.file(PLAN_FILE);
    const before = existsSync(file) ? readText(file) : undefined;
    if (before === undefined || !isSame(before, plan)) writeWhole(file, formatPlan(plan), `.${process.pid}`);
    rmSync(this.file(CANCELLED), { force: true });
    return before !== undefined && !isSame(before, plan);
  }

  /** @throws InputError where there is none, or one of another revision of trainings */
  plan(): SweepPlan {
    const file = this.file(PLAN_FILE);
    if (!existsSync(file)) {
      throw new InputError({
        source: this.path,
        expected: `the folder of a sweep, with a ${PLAN_FILE}`,
        found: existsSync(this.path) ? 'none in it' : 'nothing',
        mend: 'Check the path, or start the sweep with: anyrate sweep FILE --out FOLDER',
      });
    }
    return parsePlan(parseJson(readText(file), file), file);
  }

  get isCancelled(): boolean {
    return existsSync(this.file(CANCELLED));
  }

  /** All workers save their checkpoints and end, soon. */
  cancel(): void {
    writeWhole(this.file(CANCELLED), '');
  }

  /** All that is done of what a source wants. */
  finished(source: JobSource): Map<string, Finished> {
    const finished = new Map<string, Finished>();
    const results = new Map<string, Finished['result']>();
    for (;;) {
      const news = openJobs(source, results).filter(({ key }) => this.store.has(key));
      if (news.length === 0) return finished;
      for (const job of news) {
        const one = this.store.finished(job)!;
        finished.set(job.key, one);
        results.set(job.key, one.result);
      }
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }
}

/** Where a sweep of that name is kept unless somebody says otherwise. */
export function usualFolder(name: string): string {
  return join('runs', `sweep-${name.replaceAll(/[^\w.-]+/g, '-')}`);
}

/** A worker, as its file tells. */
export interface WorkerState extends Pick<WorkerFacts, 'id' | 'host' | 'jobs'> {
  /** Seconds since its last heartbeat, by the clock of the disk that the folder is on; −1 where that is not known. */
  readonly quiet: number;
}

/** Where a sweep is. */
export interface SweepStatus {
  readonly name: string;
  readonly state: 'done' | 'running' | 'stopped' | 'cancelled';
  readonly wanted: number;
  readonly done: number;
  readonly diverged: number;
  readonly claimed: number;
  /** Jobs that are not done and have a checkpoint. */
  readonly begun: number;
  readonly failed: readonly { readonly job: string; readonly message: string }[];
  readonly workers: readonly WorkerState[];
}

/** Workers that were not heard of for longer do not count as running. */
const LONG_QUIET = 60;

export function sweepStatus(folder: SweepFolder, plan: SweepPlan): SweepStatus {
  const source = sweepSource(plan);
  const finished = folder.finished(source);
  const results = new Map([...finished].map(([key, { result }]) => [key, result]));
  const wanted = source(results);
  const open = openJobs(source, results);
  const workers = workerStates(folder);
  const holders = new Claims(folder.path, new Workers(folder.path)).holders();
  const isRunning = workers.some(({ quiet }) => quiet <= LONG_QUIET);
  return {
    name: plan.name,
    state: open.length === 0 ? 'done' : folder.isCancelled ? 'cancelled' : isRunning ? 'running' : 'stopped',
    wanted: wanted.length,
    done: wanted.length - open.length,
    diverged: [...results.values()].filter(({ diverged }) => diverged !== undefined).length,
    claimed: open.filter(({ key }) => holders.has(key)).length,
    begun: open.filter((job) => folder.store.hasCheckpoint(job)).length,
    failed: open.flatMap((job) => failureOf(folder, job)),
    workers,
  };
}

function failureOf({ store }: SweepFolder, { key, name }: Job): { job: string; message: string }[] {
  const failure = store.failure(key);
  return failure === undefined ? [] : [{ job: name, message: failure.message.split('\n', 1)[0] }];
}

function workerStates({ path }: SweepFolder): WorkerState[] {
  const newest = newestBeat(path);
  return new Workers(path).all().map(({ id, host, jobs }) => {
    const age = (newest - modified(join(path, 'workers', id))) / 1000;
    return { id, host, jobs, quiet: Number.isFinite(age) ? Math.max(Math.round(age), 0) : -1 };
  });
}

/** Now, by the clock that dates files: this machine's, unless a heartbeat is dated later. */
function newestBeat(path: string): number {
  const folder = join(path, 'workers');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return Math.max(Date.now(), ...files.map((file) => modified(join(folder, file))));
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
}

function isSame(text: string, plan: SweepPlan): boolean {
  try {
    return (
      canonicalJson({ ...JSON.parse(text), command: '' }) ===
      canonicalJson({ ...JSON.parse(formatPlan(plan)), command: '' })
    );
  } catch {
    return false;
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = `text that is not (${(error as Error).message})`;
    throw new InputError({ source, expected: 'JSON', found, mend: 'Start the sweep anew with its file.' });
  }
}

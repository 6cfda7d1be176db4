import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Job } from '../job.js';
import type { Finished, JobResult } from '../result.js';
import { type JobEvent, type JobRunner, type JobSource, openJobs, type RunJobsOptions } from '../run-jobs.js';
import { type ChildOptions, JobChild, JobDied } from './child.js';
import { Claims } from './claims.js';
import { FolderStore } from './folder-store.js';
import { workOn } from './work-on.js';
import { Workers } from './workers.js';

export interface FolderRunnerOptions extends ChildOptions {
  /** The folder of the jobs, on this machine's disk or a shared one: whoever runs the same jobs there takes part. */
  readonly folder: string;
  /** Name or path of the data on this machine. */
  readonly data: string;
  /** Jobs at a time. */
  readonly processes: number;
  /** Seconds without a heartbeat after which another worker counts as dead. */
  readonly patience?: number | undefined;
}

/** In a folder of jobs, it ends all workers. */
export const CANCELLED = 'cancelled';

/** How often a worker that has nothing to do looks for what others have done, and all look for a cancellation, in milliseconds. */
const LOOK = 500;
const WATCH = 2000;
const ATTEMPTS = 3;

/**
 * Runs jobs in processes of this machine, and shares them with all others that run the same jobs in the same folder: each
 * job is claimed before it is begun, and that of a worker that died is taken over with its checkpoint.
 */
export function folderRunner(options: FolderRunnerOptions): JobRunner {
  return (source, run = {}) => new FolderRun(options, source, run).toEnd();
}

class FolderRun {
  private readonly options: FolderRunnerOptions;
  private readonly source: JobSource;
  private readonly run: RunJobsOptions;
  private readonly workers: Workers;
  private readonly claims: Claims;
  private readonly store: FolderStore;
  private readonly finished = new Map<string, Finished>();
  private readonly results = new Map<string, JobResult>();
  /** Jobs under way here, and what ends each. */
  private readonly running = new Map<string, AbortController>();
  private readonly attempts = new Map<string, number>();
  private readonly failed = new Set<string>();
  private readonly children: JobChild[] = [];
  private readonly stop = new AbortController();
  private hasBegun = false;
  private readonly known: { job: Job; finished: Finished }[] = [];

  constructor(options: FolderRunnerOptions, source: JobSource, run: RunJobsOptions) {
    this.options = options;
    this.source = source;
    this.run = run;
    this.workers = new Workers(options.folder, options.patience);
    this.claims = new Claims(options.folder, this.workers);
    this.store = new FolderStore(options.folder, `.${this.workers.id}`);
  }

  async toEnd(): Promise<Map<string, Finished>> {
    this.look();
    this.hasBegun = true;
    this.tell({ type: 'begin', finished: this.known });
    if (this.open().length === 0) return this.finished;
    this.store.make();
    this.claims.make();
    this.workers.join();
    const onStop = () => this.halt();
    this.run.signal?.addEventListener('abort', onStop);
    if (this.run.signal?.aborted === true) this.halt();
    const watch = setInterval(() => this.watch(), WATCH);
    try {
      await this.serveAll();
    } finally {
      clearInterval(watch);
      this.run.signal?.removeEventListener('abort', onStop);
      for (const child of this.children) child.kill();
      for (const key of this.running.keys()) this.claims.release(key);
      this.workers.leave();
    }
    this.look();
    return this.finished;
  }

  /** Ends all jobs soon, within an epoch too. */
  private halt(): void {
    this.stop.abort();
    for (const own of this.running.values()) own.abort();
  }

  /** All slots until nothing is left to do; the first that throws stops the others, which save their checkpoints. */
  private async serveAll(): Promise<void> {
    const count = Math.min(this.options.processes, this.open().length);
    const slots = Array.from({ length: count }, (_, slot) =>
      this.serve(slot).catch((error) => {
        this.halt();
        throw error;
      }),
    );
    const ends = await Promise.allSettled(slots);
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }

  private async serve(slot: number): Promise<void> {
    const child = new JobChild(this.options);
    this.children.push(child);
    const worker = `${this.workers.id} ${slot + 1}`;
    for (let job = await this.next(); job !== undefined; job = await this.next()) await this.work(job, child, worker);
    child.kill();
  }

  /** The next job, claimed; undefined when there is none and will be none. */
  private async next(): Promise<Job | undefined> {
    while (!this.stop.signal.aborted) {
      const open = this.open();
      if (open.length === 0) return undefined;
      const free = this.claim(open.filter(({ key }) => !this.running.has(key)));
      if (free !== undefined) return free;
      await this.pause();
      this.look();
    }
    return undefined;
  }

  private open(): Job[] {
    return openJobs(this.source, this.results).filter(({ key }) => !this.failed.has(key));
  }

  private claim(open: readonly Job[]): Job | undefined {
    const there = this.claims.list();
    return open.find((job) => {
      if (!this.claims.take(job.key, there)) return false;
      this.running.set(job.key, new AbortController());
      if (!this.store.has(job.key) && this.store.failure(job.key) === undefined) return true;
      this.settle(job);
      return false;
    });
  }

  private async work(job: Job, child: JobChild, worker: string): Promise<void> {
    const own = this.running.get(job.key)!;
    this.tell({ type: 'start', job, worker });
    try {
      const end = await workOn(job, child, this.guarded(job, own), {
        data: this.options.data,
        folder: this.options.folder,
        signal: own.signal,
        onProgress: ({ share, loss }) => this.tell({ type: 'progress', job, worker, share, loss }),
      });
      if (end === 'stopped') this.release(job);
      else this.settle(job);
    } catch (error) {
      if (!(error instanceof JobDied)) throw error;
      this.died(job, error);
    }
  }

  /** The store, as long as the job is this worker's. */
  private guarded({ key }: Job, own: AbortController): FolderStore {
    const { store, claims } = this;
    const guarded = Object.create(store) as FolderStore;
    guarded.saveCheckpoint = async (checkpointKey, bytes) => {
      if (!claims.holds(key) || store.has(key)) own.abort();
      else await store.saveCheckpoint(checkpointKey, bytes);
    };
    return guarded;
  }

  /** A job whose result, or failure, is there. */
  private settle(job: Job): void {
    this.claims.drop(job.key);
    this.running.delete(job.key);
    if (this.store.has(job.key)) this.learn(job);
    else this.fail(job, this.store.failure(job.key)?.message ?? 'unknown');
  }

  private release(job: Job): void {
    this.claims.release(job.key);
    this.running.delete(job.key);
    this.tell({ type: 'released', job });
  }

  private died(job: Job, { message }: JobDied): void {
    const attempts = (this.attempts.get(job.key) ?? 0) + 1;
    this.attempts.set(job.key, attempts);
    if (!this.stop.signal.aborted && attempts >= ATTEMPTS) {
      this.store.saveFailure(job.key, { name: job.name, message });
      this.settle(job);
      return;
    }
    if (!this.stop.signal.aborted) this.tell({ type: 'retry', job, message });
    this.release(job);
  }

  private fail(job: Job, message: string): void {
    this.failed.add(job.key);
    this.tell({ type: 'failed', job, message });
  }

  /** Takes note of all results that came. */
  private look(): void {
    for (;;) {
      const news = openJobs(this.source, this.results).filter(({ key }) => this.store.has(key));
      if (news.length === 0) return;
      for (const job of news) this.learn(job);
    }
  }

  private learn(job: Job): void {
    if (this.results.has(job.key)) return;
    const finished = this.store.finished(job)!;
    this.finished.set(job.key, finished);
    this.results.set(job.key, finished.result);
    if (this.hasBegun) this.tell({ type: 'result', job, finished });
    else this.known.push({ job, finished });
  }

  /** Ends jobs that another has taken over or done, and all of them where the whole was cancelled. */
  private watch(): void {
    if (existsSync(join(this.options.folder, CANCELLED))) this.halt();
    for (const [key, own] of this.running) if (!this.claims.holds(key) || this.store.has(key)) own.abort();
  }

  private tell(event: JobEvent): void {
    if (event.type === 'start') this.workers.note(event.job.name, 0);
    else if (event.type === 'progress') this.workers.note(event.job.name, event.share);
    else if (event.type !== 'begin') this.workers.note(event.job.name);
    this.run.onEvent?.(event);
  }

  private async pause(): Promise<void> {
    try {
      await setTimeout(LOOK, undefined, { signal: this.stop.signal });
    } catch {
      // it was stopped
    }
  }
}

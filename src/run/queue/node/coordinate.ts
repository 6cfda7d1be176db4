/** A coordinator: puts the jobs of a sweep into queues, and keeps what workers give back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueEvents } from 'bullmq';
import type { Job } from '../../jobs/job.js';
import type { FolderStore } from '../../jobs/node/folder-store.js';
import type { Finished, JobResult } from '../../jobs/result.js';
import type { JobEvent, JobSource } from '../../jobs/run-jobs.js';
import type { QueueConnection } from './connection.js';
import { Desks } from './desks.js';
import { parseEntryResult, parseProgress } from './entry.js';
import { byQueue, entryIdOf } from './names.js';
import { faultOf, refusedBy } from './outage.js';
import { CANCELLED } from './settle.js';

export interface CoordinateOptions {
  /** Where results are kept on this machine. */
  readonly store: FolderStore;
  /** Of this sweep against others, 1 the first. */
  readonly priority?: number | undefined;
  /** What a person should know. */
  readonly onNotice?: ((text: string) => void) | undefined;
  readonly onEvent?: ((event: JobEvent) => void) | undefined;
  /** Ends the coordinator; the jobs stay in the queue, and workers go on. */
  readonly signal?: AbortSignal | undefined;
}

const PRIORITY = 5;

/** Milliseconds for which events gather before they are dealt with. */
const GATHER = 50;
/** Milliseconds after which a coordinator looks itself, since events may be lost; sooner at first. */
const LOOK = 15_000;
const FIRST_LOOK = 1000;
/** Milliseconds after which it says that nobody works. */
const LONELY = 30_000;

/**
 * Runs jobs by queues until all have a result, have failed, or the signal comes.
 * @returns as far as it came
 */
export async function runByQueue(
  connection: QueueConnection,
  source: JobSource,
  options: CoordinateOptions,
): Promise<Map<string, Finished>> {
  const coordinator = new Coordinator(connection, source, options);
  try {
    return await coordinator.run();
  } finally {
    await coordinator.desks.close();
  }
}

class Coordinator {
  private readonly shown: string;
  private readonly source: JobSource;
  private readonly options: CoordinateOptions;
  readonly desks: Desks;
  private readonly finished = new Map<string, Finished>();
  private readonly results = new Map<string, JobResult>();
  private readonly failed = new Set<string>();
  private readonly known: { readonly job: Job; readonly finished: Finished }[] = [];
  private hasBegun = false;
  /** Jobs in the queue that are not settled, by the names of their entries. */
  private readonly queued = new Map<string, Job>();
  /** Names of entries of which there is news. */
  private readonly news = new Map<string, string>();
  private readonly workers = new Map<string, string>();
  private readonly complaints = new Set<string>();
  private lastSign = performance.now();
  private due = performance.now() + FIRST_LOOK;

  constructor(connection: QueueConnection, source: JobSource, options: CoordinateOptions) {
    this.shown = connection.shown;
    this.desks = new Desks(connection, (events) => this.listen(events));
    this.source = source;
    this.options = options;
  }

  async run(): Promise<Map<string, Finished>> {
    const { signal } = this.options;
    for (let isDone = false; !isDone && signal?.aborted !== true; ) {
      try {
        isDone = await this.step();
      } catch (error) {
        await this.outlive(error as Error);
      }
    }
    return this.finished;
  }

  /** @returns whether nothing is left to do */
  private async step(): Promise<boolean> {
    const open = this.open();
    if (!this.hasBegun) this.begin();
    if (open.length === 0) {
      await this.desks.retire();
      return true;
    }
    await this.add(open.filter((job) => !this.queued.has(entryIdOf(job))));
    await this.rest(GATHER);
    await this.readNews();
    if (performance.now() > this.due) await this.look();
    return false;
  }

  /**
   * A database that is out of reach, or full for now, is told once and asked again; then the queues tell what was missed.
   * @throws the error, if it is another
   */
  private async outlive(error: Error): Promise<void> {
    const fault = faultOf(error);
    if (fault === 'refusal') throw refusedBy(this.shown, error);
    if (fault === 'other') throw error;
    if (fault === 'outage' && !this.complaints.has(error.message))
      this.options.onNotice?.(`the queue refuses: ${error.message}; trying on`);
    this.complaints.add(error.message);
    this.due = performance.now();
    await this.rest(FIRST_LOOK);
  }

  private async rest(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.options.signal }).catch(() => {});
  }

  /** Jobs that are wanted and not settled. What this machine has of them already counts. */
  private open(): Job[] {
    return this.source(this.results).filter((job) => {
      if (this.finished.has(job.key) || this.failed.has(job.key)) return false;
      const known = this.queued.has(entryIdOf(job)) ? undefined : this.options.store.finished(job);
      if (known !== undefined) this.remember(job, known);
      return known === undefined;
    });
  }

  /** What was in the folder before is told at the beginning; what a search finds there later, as it comes. */
  private remember(job: Job, finished: Finished): void {
    this.settle(job, finished);
    if (this.hasBegun) this.options.onEvent?.({ type: 'result', job, finished });
    else this.known.push({ job, finished });
  }

  private begin(): void {
    this.hasBegun = true;
    this.options.onEvent?.({ type: 'begin', finished: this.known.splice(0) });
  }

  private settle({ key }: Job, finished: Finished): void {
    this.finished.set(key, finished);
    this.results.set(key, finished.result);
  }

  private async add(jobs: readonly Job[]): Promise<void> {
    for (const ofQueue of byQueue(jobs).values()) {
      await this.desks.revive(ofQueue);
      await this.desks.add(ofQueue, this.options.priority ?? PRIORITY);
      for (const job of ofQueue) this.queued.set(entryIdOf(job), job);
      this.due = Math.min(this.due, performance.now() + FIRST_LOOK);
    }
  }

  private listen(events: QueueEvents): void {
    const note =
      (what: string) =>
      ({ jobId }: { jobId: string }) =>
        this.queued.has(jobId) && this.news.set(jobId, what);
    events.on('completed', note('completed'));
    events.on('failed', note('failed'));
    events.on('stalled', ({ jobId }) => this.tellStalled(jobId));
    events.on('progress', ({ jobId, data }) => this.tellProgress(jobId, data));
  }

  private tellStalled(id: string): void {
    const job = this.queued.get(id);
    if (job === undefined) return;
    const message = `${this.workers.get(id) ?? 'its worker'} was not heard of for too long; others go on with it`;
    this.workers.delete(id);
    this.options.onEvent?.({ type: 'retry', job, message });
  }

  private tellProgress(id: string, data: unknown): void {
    const [job, progress] = [this.queued.get(id), parseProgress(data)];
    if (job === undefined || progress === undefined) return;
    this.lastSign = performance.now();
    const { worker, share, loss } = progress;
    if (this.workers.get(id) !== worker) this.options.onEvent?.({ type: 'start', job, worker });
    this.workers.set(id, worker);
    this.options.onEvent?.({ type: 'progress', job, worker, share, loss: loss ?? Number.NaN });
  }

  private async readNews(): Promise<void> {
    for (const [id, what] of [...this.news]) {
      this.news.delete(id);
      const job = this.queued.get(id);
      if (job !== undefined) await (what === 'completed' ? this.keep(job) : this.giveUp(job));
    }
  }

  /** Keeps the result of a job; one that is none counts as a failure. @throws InputError where it cannot be written */
  private async keep(job: Job): Promise<void> {
    const entry = await this.desks.entryOf(job);
    if (entry === undefined) return; // somebody removed it; the next look adds it again
    let given: ReturnType<typeof parseEntryResult>;
    try {
      given = parseEntryResult(entry.returnvalue, job);
    } catch (error) {
      return this.fail(job, (error as Error).message);
    }
    const { text, ...finished } = given;
    await this.options.store.saveResult(job.key, text, finished.run!);
    this.queued.delete(entryIdOf(job));
    this.lastSign = performance.now();
    this.settle(job, finished);
    this.options.onEvent?.({ type: 'result', job, finished });
  }

  private async giveUp(job: Job): Promise<void> {
    const entry = await this.desks.entryOf(job);
    if (entry !== undefined && (await entry.getState()) === 'failed') this.fail(job, entry.failedReason ?? 'unknown');
  }

  private fail(job: Job, message: string): void {
    this.failed.add(job.key);
    this.queued.delete(entryIdOf(job));
    this.options.onEvent?.(message === CANCELLED ? { type: 'released', job } : { type: 'failed', job, message });
  }

  /** Looks into the queues themselves: for what events did not tell, and for jobs that are gone. */
  private async look(): Promise<void> {
    this.due = performance.now() + LOOK;
    for (const jobs of byQueue([...this.queued.values()]).values()) {
      const { completed, failed, gone } = await this.desks.look(jobs);
      for (const job of completed) this.news.set(entryIdOf(job), 'completed');
      for (const job of failed) this.news.set(entryIdOf(job), 'failed');
      await this.desks.add(gone, this.options.priority ?? PRIORITY);
      await this.desks.announce(jobs[0]);
    }
    await this.readNews();
    if (this.queued.size > 0 && performance.now() - this.lastSign > LONELY) this.tellLonely();
  }

  private tellLonely(): void {
    this.lastSign = Number.POSITIVE_INFINITY;
    this.options.onNotice?.('no worker has been heard of; start some: anyrate worker --queue URL --data-dir DIR');
  }
}

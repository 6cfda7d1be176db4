/** A coordinator: puts the jobs of a sweep into queues, and keeps what workers give back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue, QueueEvents } from 'bullmq';
import type { Job, JobSpec } from '../../jobs/job.js';
import type { FolderStore } from '../../jobs/node/folder-store.js';
import type { Finished, JobResult } from '../../jobs/result.js';
import type { JobEvent, JobSource } from '../../jobs/run-jobs.js';
import type { QueueConnection } from './connection.js';
import { type EntryData, parseEntryResult, parseProgress } from './entry.js';
import { byQueue, entryIdOf, factsOf, LOBBY, OPEN_STATES, queueNameOf } from './names.js';
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

export const PRIORITY = 5;

/** Entries that are added with one call. */
const BATCH = 500;
/** Tries of a job whose process dies. */
const ATTEMPTS = 3;
/** Seconds for which results stay in the queue, for other coordinators of the same jobs. */
const KEPT = 24 * 3600;
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
    await coordinator.close();
  }
}

interface Desk {
  readonly queue: Queue;
  readonly events: QueueEvents;
}

class Coordinator {
  private readonly connection: QueueConnection;
  private readonly source: JobSource;
  private readonly options: CoordinateOptions;
  private lobby: Queue | undefined;
  private readonly desks = new Map<string, Desk>();
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
    this.connection = connection;
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
      await this.retire();
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
    if (fault === 'refusal') throw refusedBy(this.connection.shown, error);
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

  async close(): Promise<void> {
    const desks = [...this.desks.values()];
    await Promise.allSettled([
      this.lobby?.close(),
      ...desks.flatMap(({ queue, events }) => [queue.close(), events.close()]),
    ]);
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
    for (const [name, ofQueue] of byQueue(jobs)) {
      const desk = await this.deskOf(name, ofQueue[0]);
      await this.revive(desk.queue, new Map(ofQueue.map((job) => [entryIdOf(job), job])));
      await this.addTo(desk.queue, ofQueue);
      for (const job of ofQueue) this.queued.set(entryIdOf(job), job);
      this.due = Math.min(this.due, performance.now() + FIRST_LOOK);
    }
  }

  private async addTo(queue: Queue, jobs: readonly Job[]): Promise<void> {
    const { priority = PRIORITY } = this.options;
    for (let at = 0; at < jobs.length; at += BATCH) {
      await queue.addBulk(
        jobs.slice(at, at + BATCH).map((job) => ({
          name: job.name,
          data: { spec: job.spec } satisfies EntryData,
          opts: {
            jobId: entryIdOf(job),
            priority: priorityOf(job, priority),
            attempts: ATTEMPTS,
            removeOnComplete: { age: KEPT },
            removeOnFail: { age: KEPT },
            keepLogs: 0,
            stackTraceLimit: 0,
          },
        })),
      );
    }
  }

  private async deskOf(name: string, { spec }: Job): Promise<Desk> {
    const known = this.desks.get(name);
    if (known !== undefined) return known;
    await this.announce(name, spec);
    const queue = await this.connection.queue(name);
    const events = await this.connection.events(name).catch(async (error) => {
      await queue.close();
      throw error;
    });
    this.desks.set(name, { queue, events });
    this.listen(events);
    return { queue, events };
  }

  private async announce(name: string, spec: JobSpec): Promise<void> {
    this.lobby ??= await this.connection.queue(LOBBY);
    await this.lobby.add('queue', factsOf(spec), { jobId: name });
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
    const entry = await this.queueOf(job).getJob(entryIdOf(job));
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
    const entry = await this.queueOf(job).getJob(entryIdOf(job));
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
    for (const [name, jobs] of byQueue([...this.queued.values()])) {
      const queue = this.desks.get(name)!.queue;
      const done = new Set(await queue.getRanges(['completed'], 0, -1));
      const failed = new Set(await queue.getRanges(['failed'], 0, -1));
      const open = new Set(await queue.getRanges(OPEN_STATES, 0, -1));
      const gone = jobs.filter((job) => ![done, failed, open].some((ids) => ids.has(entryIdOf(job))));
      for (const job of jobs) {
        const id = entryIdOf(job);
        if (done.has(id)) this.news.set(id, 'completed');
        else if (failed.has(id)) this.news.set(id, 'failed');
      }
      await this.addTo(queue, gone); // one that only moved meanwhile is there, and adding it changes nothing
      await this.announce(name, jobs[0].spec);
    }
    await this.readNews();
    if (this.queued.size > 0 && performance.now() - this.lastSign > LONELY) this.tellLonely();
  }

  private tellLonely(): void {
    this.lastSign = Number.POSITIVE_INFINITY;
    this.options.onNotice?.('no worker has been heard of; start some: anyrate worker --queue URL --data-dir DIR');
  }

  /** What failed or was cancelled before is tried again. */
  private async revive(queue: Queue, jobs: ReadonlyMap<string, Job>): Promise<void> {
    for (const id of await queue.getRanges(['failed'], 0, -1)) {
      const [job, entry] = [jobs.get(id), await queue.getJob(id)];
      if (job === undefined || entry === undefined) continue;
      await entry.updateData({ spec: job.spec } satisfies EntryData);
      await entry.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true }).catch(() => {});
    }
    for (const id of await queue.getRanges(OPEN_STATES, 0, -1)) {
      const job = jobs.get(id);
      const entry = job && (await queue.getJob(id));
      if (job && entry?.data?.cancelled === true) await entry.updateData({ spec: job.spec } satisfies EntryData);
    }
  }

  /** Takes back what was announced, where no other sweep has jobs there. */
  private async retire(): Promise<void> {
    for (const [name, { queue }] of this.desks) {
      const counts = await queue.getJobCounts(...OPEN_STATES);
      if (Object.values(counts).every((count) => count === 0)) await this.lobby?.remove(name);
    }
  }

  private queueOf({ spec }: Job): Queue {
    return this.desks.get(queueNameOf(factsOf(spec)))!.queue;
  }
}

/** Of an entry; the lowest is the first. Jobs that a search promoted come before those that begin. */
function priorityOf({ spec: { until = 0 } }: Job, priority: number): number {
  return Math.max(1, priority * 100_000 - Math.min(until, 99_999));
}

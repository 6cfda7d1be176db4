/** The queues into which a coordinator puts jobs. */
import type { Job as Entry, Queue, QueueEvents } from 'bullmq';
import type { Job } from '../../jobs/job.js';
import type { QueueConnection } from './connection.js';
import type { EntryData } from './entry.js';
import { entryIdOf, factsOf, LOBBY, OPEN_STATES, queueNameOf } from './names.js';

/** Entries that are added with one call. */
const BATCH = 500;
/** Tries of a job whose process dies. */
const ATTEMPTS = 3;
/** Seconds for which results stay in the queue, for other coordinators of the same jobs. */
const KEPT = 24 * 3600;

interface Desk {
  readonly queue: Queue;
  readonly events: QueueEvents;
}

/** What became of jobs, as their queue tells. */
interface Standing {
  readonly completed: readonly Job[];
  readonly failed: readonly Job[];
  /** Somebody removed them. */
  readonly gone: readonly Job[];
}

/** A queue for each kind of jobs that a worker can do or not, opened with the first of them, and announced to workers. */
export class Desks {
  private readonly connection: QueueConnection;
  private readonly listen: (events: QueueEvents) => void;
  private readonly desks = new Map<string, Desk>();
  private lobby: Queue | undefined;

  /** `listen` is given the events of each queue that is opened. */
  constructor(connection: QueueConnection, listen: (events: QueueEvents) => void) {
    this.connection = connection;
    this.listen = listen;
  }

  /** Adds jobs of one queue; those that are there stay as they are. Of sweeps, that with the lowest priority comes first. */
  async add(jobs: readonly Job[], priority: number): Promise<void> {
    if (jobs.length === 0) return;
    const { queue } = await this.deskOf(jobs[0]);
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

  /** Of the jobs of one queue, what failed or was cancelled before is tried again. */
  async revive(jobs: readonly Job[]): Promise<void> {
    const { queue } = await this.deskOf(jobs[0]);
    const wanted = new Map(jobs.map((job) => [entryIdOf(job), job]));
    for (const id of await queue.getRanges(['failed'], 0, -1)) {
      const [job, entry] = [wanted.get(id), await queue.getJob(id)];
      if (job === undefined || entry === undefined) continue;
      await entry.updateData({ spec: job.spec } satisfies EntryData);
      await entry.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true }).catch(() => {});
    }
    for (const id of await queue.getRanges(OPEN_STATES, 0, -1)) {
      const job = wanted.get(id);
      const entry = job && (await queue.getJob(id));
      if (job && entry?.data?.cancelled === true) await entry.updateData({ spec: job.spec } satisfies EntryData);
    }
  }

  /** What the queue knows of a job. */
  async entryOf(job: Job): Promise<Entry | undefined> {
    const { queue } = await this.deskOf(job);
    return queue.getJob(entryIdOf(job));
  }

  /** Of jobs of one queue. One that moves meanwhile may seem gone; adding it again changes nothing. */
  async look(jobs: readonly Job[]): Promise<Standing> {
    const { queue } = await this.deskOf(jobs[0]);
    const done = new Set(await queue.getRanges(['completed'], 0, -1));
    const failed = new Set(await queue.getRanges(['failed'], 0, -1));
    const open = new Set(await queue.getRanges(OPEN_STATES, 0, -1));
    return {
      completed: jobs.filter((job) => done.has(entryIdOf(job))),
      failed: jobs.filter((job) => !done.has(entryIdOf(job)) && failed.has(entryIdOf(job))),
      gone: jobs.filter((job) => ![done, failed, open].some((ids) => ids.has(entryIdOf(job)))),
    };
  }

  /** Tells workers of the queue of a job. */
  async announce({ spec }: Job): Promise<void> {
    this.lobby ??= await this.connection.queue(LOBBY);
    await this.lobby.add('queue', factsOf(spec), { jobId: queueNameOf(factsOf(spec)) });
  }

  /** Takes back what was announced, where no other sweep has jobs there. */
  async retire(): Promise<void> {
    for (const [name, { queue }] of this.desks) {
      const counts = await queue.getJobCounts(...OPEN_STATES);
      if (Object.values(counts).every((count) => count === 0)) await this.lobby?.remove(name);
    }
  }

  async close(): Promise<void> {
    const desks = [...this.desks.values()];
    await Promise.allSettled([
      this.lobby?.close(),
      ...desks.flatMap(({ queue, events }) => [queue.close(), events.close()]),
    ]);
  }

  private async deskOf(job: Job): Promise<Desk> {
    const name = queueNameOf(factsOf(job.spec));
    const known = this.desks.get(name);
    if (known !== undefined) return known;
    await this.announce(job);
    const queue = await this.connection.queue(name);
    const events = await this.connection.events(name).catch(async (error) => {
      await queue.close();
      throw error;
    });
    this.desks.set(name, { queue, events });
    this.listen(events);
    return { queue, events };
  }
}

/** Of an entry; the lowest is the first. Jobs that a search promoted come before those that begin. */
function priorityOf({ spec: { until = 0 } }: Job, priority: number): number {
  return Math.max(1, priority * 100_000 - Math.min(until, 99_999));
}

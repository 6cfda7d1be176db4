/** A worker: takes jobs from queues and does them, each in one of its slots, until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job as Entry } from 'bullmq';
import type { JobStore } from '../../jobs/node/job-store.js';
import { attempt, type Ending, type JobNews, type OnJob, type Work } from './attempt.js';
import { PATIENCE, type QueueConnection } from './connection.js';
import { Lease } from './lease.js';
import { type OpenQueue, OpenQueues, type OpenQueuesOptions } from './open-queues.js';
import { faultOf } from './outage.js';
import type { Pieces } from './pieces.js';
import { answerUnlessEnding, CANCELLED, Final, settleDone, withinReason } from './settle.js';

export interface ServeOptions extends OpenQueuesOptions {
  /** As others see it. */
  readonly name: string;
  /** One for each job at a time. */
  readonly slots: readonly Work[];
  /** Where checkpoints are kept, and results too; without it, in the queue's database. */
  readonly folder?: JobStore | undefined;
  /** Seconds, as of the connection. */
  readonly patience?: number | undefined;
  /** Ends the worker after so many seconds without a job. */
  readonly idle?: number | undefined;
  readonly onJob?: OnJob | undefined;
  /** Ends the worker: jobs save their checkpoints and go back to the queue. */
  readonly signal: AbortSignal;
}

/** Times for the usual patience; where there is less of it they are shorter. Milliseconds between two looks for jobs and for announcements. */
const POLL = 500;
const LOOK = 2000;
/** Milliseconds for which jobs of a queue are left to others after one did not fit. */
const LEFT = 60_000;
/** Milliseconds before a job whose process died is tried again; twice as many each time. */
const BACKOFF = 1000;
const LONGEST_BACKOFF = 30_000;

export async function serveQueue(connection: QueueConnection, options: ServeOptions): Promise<void> {
  const open = new OpenQueues(connection, options);
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const server = new Server(connection, open, { ...options, signal });
  try {
    await Promise.all([server.watch(() => stop.abort()), ...options.slots.map((work) => server.serve(work))]);
  } finally {
    stop.abort();
    await withinReason(open.close());
  }
}

class Server {
  private readonly open: OpenQueues;
  private readonly options: ServeOptions;
  private readonly pieces: Pieces;
  private readonly patience: number;
  /** What the times above are multiplied by. */
  private readonly pace: number;
  private turn = 0;
  private busy = 0;
  private lastBusy = performance.now();

  constructor(connection: QueueConnection, open: OpenQueues, options: ServeOptions) {
    this.open = open;
    this.options = options;
    this.pieces = piecesUnlessEnding(connection.pieces, options.signal);
    this.patience = options.patience ?? PATIENCE;
    this.pace = Math.min(1, this.patience / PATIENCE);
  }

  /** Looks for announcements, and for the end of a worker that has nothing to do. */
  async watch(end: () => void): Promise<void> {
    const { signal, idle = Number.POSITIVE_INFINITY } = this.options;
    while (!signal.aborted) {
      await this.try(() => this.open.look());
      if (this.busy > 0) this.lastBusy = performance.now();
      else if (performance.now() - this.lastBusy > idle * 1000) return end();
      await this.rest(Math.min(LOOK * this.pace, idle * 500));
    }
  }

  /** One slot: one job after the other. */
  async serve(work: Work): Promise<void> {
    for (let number = 0; !this.options.signal.aborted; number++) {
      const token = `${this.options.name}:${this.turn++}:${number}`;
      const found = await this.try(() => this.next(token));
      if (found === undefined) await this.rest(POLL * this.pace);
      else await this.handle(found.entry, token, found.from, work);
    }
  }

  /** The next job of any queue; queues take turns. */
  private async next(token: string): Promise<{ readonly entry: Entry; readonly from: OpenQueue } | undefined> {
    const ready = this.open.ready();
    const first = this.turn++;
    for (let i = 0; i < ready.length; i++) {
      const from = ready[(first + i) % ready.length];
      const entry: Entry | undefined = await from.worker.getNextJob(token, { block: false });
      if (entry !== undefined) return { entry, from };
    }
    return undefined;
  }

  private async handle(entry: Entry, token: string, from: OpenQueue, work: Work): Promise<void> {
    this.busy++;
    const lease = new Lease(
      {
        renew: async (milliseconds) => (await entry.extendLock(token, milliseconds)) === 1,
        isCancelled: async () => {
          const now = await from.queue.getJob(entry.id!);
          return now && now.data?.cancelled === true;
        },
      },
      this.patience,
    );
    try {
      const { name, folder, signal, onJob } = this.options;
      const ending = await attempt(entry, from, work, {
        worker: name,
        pieces: this.pieces,
        folder,
        lease,
        signal,
        onJob,
      });
      await this.settle(entry, token, from, lease, ending);
    } finally {
      lease.end();
      this.busy--;
      this.lastBusy = performance.now();
    }
  }

  /** Tells the queue how it went. */
  private async settle(entry: Entry, token: string, from: OpenQueue, lease: Lease, ending: Ending): Promise<void> {
    const { job, type } = ending;
    const say = (what: JobNews, text: string) => job && this.options.onJob?.(job, what, text);
    if (lease.loss === 'lost') return say('lost', 'lost to others: this worker was out of reach for too long');
    if (type === 'done') {
      const isKept = await settleDone(entry, token, ending.given, {
        lease,
        ending: this.options.signal,
        onRefusal: (error) => this.complain(error),
      });
      if (!isKept) return say('lost', 'lost to others at its end');
      await this.try(() => ending.dropCheckpoint());
      return say('done', `done in ${ending.given.run.seconds.toFixed(1)} s`);
    }
    if (type === 'unreachable') return say('lost', 'left: the queue is out of reach; others go on from what it has');
    if (type === 'stopped' && lease.loss === 'cancelled') {
      await this.try(() => entry.moveToFailed(new Final(CANCELLED), token, false));
      return say('cancelled', 'cancelled; its checkpoint is kept');
    }
    if (type === 'stopped') {
      await this.try(() => entry.moveToWait(token));
      return say('stopped', 'given back; its checkpoint is kept');
    }
    if (type === 'unfit') {
      from.leftUntil = performance.now() + LEFT;
      this.options.onNotice(`${entry.name} is left to others: ${ending.message}`);
      await this.try(() => entry.moveToWait(token));
      return;
    }
    if (ending.message === CANCELLED) say('cancelled', 'cancelled before it was begun');
    else say('failed', `failed: ${ending.message}`);
    const isLast = entry.attemptsMade + 1 >= (entry.opts.attempts ?? 1);
    if (type === 'died' && !isLast)
      await this.rest(this.pace * Math.min(BACKOFF * 2 ** entry.attemptsMade, LONGEST_BACKOFF));
    await this.try(() =>
      entry.moveToFailed(type === 'bad' ? new Final(ending.message) : new Error(ending.message), token, false),
    );
    if (job === undefined) this.options.onNotice(`${entry.name} failed: ${ending.message}`);
  }

  /**
   * Asks the queue. What its database refuses for now (full disk, no memory, still loading) is told once, and tried again by who
   * asked; where it is out of reach when the worker ends, the queue finds out by itself.
   */
  private async try<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await answerUnlessEnding(ask(), this.options.signal);
    } catch (error) {
      if (!this.options.signal.aborted) this.complain(error as Error);
      return undefined;
    }
  }

  private readonly complaints = new Set<string>();

  private complain(error: Error): void {
    const { message } = error;
    if (faultOf(error) === 'overtaken' || this.complaints.has(message)) return;
    this.complaints.add(message);
    this.options.onNotice(`the queue refuses: ${message}`);
  }

  private async rest(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.options.signal }).catch(() => {});
  }
}

function piecesUnlessEnding(pieces: Pieces, ending: AbortSignal): Pieces {
  return {
    put: (name, bytes) => answerUnlessEnding(pieces.put(name, bytes), ending),
    get: (name) => answerUnlessEnding(pieces.get(name), ending),
    drop: (name) => answerUnlessEnding(pieces.drop(name), ending),
  };
}

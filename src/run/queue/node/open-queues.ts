import type { Queue, Worker } from 'bullmq';
import type { QueueConnection } from './connection.js';
import { foreignTo, parseFacts } from './entry.js';
import { LOBBY, type QueueFacts, queueNameOf } from './names.js';

/** A queue whose jobs this worker takes. */
export interface OpenQueue {
  readonly name: string;
  readonly facts: QueueFacts;
  /** Name or path of its data on this machine. */
  readonly data: string;
  readonly queue: Queue;
  readonly worker: Worker;
  /** When its jobs are taken again, by `performance.now()`, after they did not fit. */
  leftUntil: number;
}

/** Most announcements that are read. */
const MOST_QUEUES = 1000;

export interface OpenQueuesOptions {
  /** Name or path of data with that name; nothing where this machine has none. */
  readonly dataOf: (dataset: string) => string | undefined;
  /** What a person should know. */
  readonly onNotice: (text: string) => void;
}

/** The queues that have been announced and whose jobs this machine can do; of the others it says why it leaves them. */
export class OpenQueues {
  private readonly connection: QueueConnection;
  private readonly options: OpenQueuesOptions;
  private lobby: Queue | undefined;
  private readonly open = new Map<string, OpenQueue>();
  private readonly told = new Set<string>();

  constructor(connection: QueueConnection, options: OpenQueuesOptions) {
    this.connection = connection;
    this.options = options;
  }

  /** Those whose jobs may be taken now. */
  ready(): OpenQueue[] {
    const now = performance.now();
    return [...this.open.values()].filter(({ leftUntil }) => leftUntil <= now);
  }

  /** Looks for announcements. */
  async look(): Promise<void> {
    this.lobby ??= await this.connection.queue(LOBBY);
    for (const announced of await this.lobby.getWaiting(0, MOST_QUEUES)) {
      const facts = parseFacts(announced.data);
      if (facts === undefined || this.open.has(queueNameOf(facts))) continue;
      const foreign = foreignTo(facts);
      const data = foreign === undefined ? this.options.dataOf(facts.dataset) : undefined;
      if (foreign !== undefined) this.tell(facts, foreign);
      else if (data === undefined) this.tell(facts, 'this worker has no data of that name');
      else await this.add(facts, data);
    }
  }

  async close(): Promise<void> {
    const all = [...this.open.values()];
    await Promise.allSettled([
      this.lobby?.close(),
      ...all.flatMap(({ queue, worker }) => [queue.close(), worker.close(true)]),
    ]);
  }

  private async add(facts: QueueFacts, data: string): Promise<void> {
    const name = queueNameOf(facts);
    const queue = await this.connection.queue(name);
    const worker = await this.connection.worker(name).catch(async (error) => {
      await queue.close();
      throw error;
    });
    await worker.startStalledCheckTimer();
    this.open.set(name, { name, facts, data, queue, worker, leftUntil: 0 });
  }

  /** Once for each queue. */
  private tell(facts: QueueFacts, why: string): void {
    const name = queueNameOf(facts);
    if (this.told.has(name)) return;
    this.told.add(name);
    this.options.onNotice(`jobs on ${facts.dataset} (fingerprint ${facts.fingerprint}) are left to others: ${why}`);
  }
}

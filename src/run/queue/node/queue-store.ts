import type { JobStore } from '../../jobs/node/job-store.js';
import type { JobRun } from '../../jobs/result.js';
import type { EntryResult } from './entry.js';
import { OutOfReachError } from './outage.js';
import type { Pieces } from './pieces.js';

/** Least milliseconds between two checkpoints of a job that go to the queue's database, and bytes a millisecond on average. */
const INTERVAL = 5000;
const RATE = 100;

/** The shared folder cannot be written, as where the disk is full: not the job's fault. */
export class UnkeptError extends Error {
  override readonly name = 'UnkeptError';
}

/**
 * The store of one job that a queue gave: its result goes back through the queue; its checkpoints go to a shared folder, or to the
 * queue's database, and there less often.
 */
export class QueueStore implements JobStore {
  /** What the job gave, once it is done. */
  given: EntryResult | undefined;
  /** Told when there is a checkpoint to go on from. */
  onResume = () => {};
  private readonly pieces: Pieces;
  private readonly folder: JobStore | undefined;
  private waiting: { readonly key: string; readonly bytes: Uint8Array } | undefined;
  /** Whose checkpoint is needed no more once the queue has its result. */
  private settled: string | undefined;
  private saved = performance.now();

  constructor(pieces: Pieces, folder?: JobStore) {
    this.pieces = pieces;
    this.folder = folder;
  }

  async result(): Promise<undefined> {
    return undefined;
  }

  async saveResult(key: string, text: string, run: JobRun): Promise<void> {
    await orUnkept(() => this.folder?.saveResult(key, text, run));
    this.given = { text, run };
  }

  async checkpoint(key: string): Promise<Uint8Array | undefined> {
    const { folder, pieces } = this;
    const found = await (folder === undefined ? orUnreached(() => pieces.get(key)) : folder.checkpoint(key));
    if (found !== undefined) this.onResume();
    return found;
  }

  /** One that the database does not take now goes with the next. */
  async saveCheckpoint(key: string, bytes: Uint8Array): Promise<void> {
    if (this.folder !== undefined) return orUnkept(() => this.folder?.saveCheckpoint(key, bytes));
    this.waiting = { key, bytes };
    if (performance.now() - this.saved > Math.max(INTERVAL, bytes.length / RATE)) await this.flush().catch(() => {});
  }

  /** Not before the queue has the result: see `dropSettled`. */
  async dropCheckpoint(key: string): Promise<void> {
    this.waiting = undefined;
    this.settled = key;
  }

  /** Drops the checkpoint of a job whose result the queue has. */
  async dropSettled(): Promise<void> {
    if (this.settled === undefined) return;
    await (this.folder === undefined ? this.pieces.drop(this.settled) : this.folder.dropCheckpoint(this.settled));
  }

  /** Saves the last checkpoint if it waits. @throws OutOfReachError */
  async flush(): Promise<void> {
    const last = this.waiting;
    if (last === undefined) return;
    this.saved = performance.now();
    await orUnreached(() => this.pieces.put(last.key, last.bytes));
    if (this.waiting === last) this.waiting = undefined;
  }
}

async function orUnreached<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof OutOfReachError ? error : new OutOfReachError((error as Error).message);
  }
}

async function orUnkept(keep: () => Promise<void> | undefined): Promise<void> {
  try {
    await keep();
  } catch (error) {
    throw new UnkeptError((error as Error).message);
  }
}

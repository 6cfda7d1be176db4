import type { JobStore } from '../../jobs/node/job-store.js';
import type { JobRun } from '../../jobs/result.js';
import type { EntryResult } from './entry.js';
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
  private readonly pieces: Pieces;
  private readonly folder: JobStore | undefined;
  private waiting: { readonly key: string; readonly bytes: Uint8Array } | undefined;
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

  checkpoint(key: string): Promise<Uint8Array | undefined> {
    return this.folder === undefined ? this.pieces.get(key) : this.folder.checkpoint(key);
  }

  async saveCheckpoint(key: string, bytes: Uint8Array): Promise<void> {
    if (this.folder !== undefined) return orUnkept(() => this.folder?.saveCheckpoint(key, bytes));
    this.waiting = { key, bytes };
    if (performance.now() - this.saved > Math.max(INTERVAL, bytes.length / RATE)) await this.flush();
  }

  async dropCheckpoint(key: string): Promise<void> {
    this.waiting = undefined;
    await (this.folder === undefined ? this.pieces.drop(key) : this.folder.dropCheckpoint(key));
  }

  /** Saves the last checkpoint if it waits. */
  async flush(): Promise<void> {
    const last = this.waiting;
    this.waiting = undefined;
    if (last === undefined) return;
    await this.pieces.put(last.key, last.bytes);
    this.saved = performance.now();
  }
}

async function orUnkept(keep: () => Promise<void> | undefined): Promise<void> {
  try {
    await keep();
  } catch (error) {
    throw new UnkeptError((error as Error).message);
  }
}

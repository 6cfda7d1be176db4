import type { FolderStore } from '../../jobs/node/folder-store.js';
import { Workers } from '../../jobs/node/workers.js';
import type { JobEvent, JobRunner } from '../../jobs/run-jobs.js';
import { connectQueue } from './connect.js';
import type { ConnectOptions } from './connection.js';
import { type CoordinateOptions, runByQueue } from './coordinate.js';

export interface QueueRunnerOptions extends ConnectOptions, Pick<CoordinateOptions, 'priority'> {
  readonly url: string;
  /** Where results are kept on this machine, and what the queue's workers do is shown. */
  readonly store: FolderStore;
}

/** Has jobs done by the workers of a queue. @throws InputError where its database is not reached at the start */
export function queueRunner({ url, store, priority, patience, onNotice }: QueueRunnerOptions): JobRunner {
  return async (source, run = {}) => {
    store.make();
    const connection = await connectQueue(url, { patience, onNotice });
    const window = new Window(store);
    const onEvent = (event: JobEvent) => {
      window.show(event);
      run.onEvent?.(event);
    };
    window.open();
    try {
      return await runByQueue(connection, source, { store, priority, onNotice, ...run, onEvent });
    } finally {
      window.close();
      await connection.close();
    }
  };
}

/** Shows in the folder of a sweep how far jobs are and which have failed, for its status and its page. */
class Window {
  private readonly store: FolderStore;
  private readonly workers: Workers;
  /** What is shown of each job that somebody works on. */
  private readonly shown = new Map<string, string>();

  constructor(store: FolderStore) {
    this.store = store;
    this.workers = new Workers(store.path);
  }

  open(): void {
    this.workers.join();
  }

  close(): void {
    this.workers.leave();
  }

  show(event: JobEvent): void {
    if (event.type === 'begin') return;
    const { key, name } = event.job;
    const last = this.shown.get(key);
    if (last !== undefined) this.workers.note(last);
    this.shown.delete(key);
    if (event.type === 'failed') this.store.saveFailure(key, { name, message: event.message });
    if (event.type !== 'progress') return;
    const label = `${name} (${event.worker})`;
    this.shown.set(key, label);
    this.workers.note(label, event.share);
  }
}

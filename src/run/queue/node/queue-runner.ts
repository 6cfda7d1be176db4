import type { FolderStore } from '../../jobs/node/folder-store.js';
import type { JobRunner } from '../../jobs/run-jobs.js';
import { connectQueue } from './connect.js';
import type { ConnectOptions } from './connection.js';
import { type CoordinateOptions, runByQueue } from './coordinate.js';

export interface QueueRunnerOptions extends ConnectOptions, Pick<CoordinateOptions, 'priority'> {
  readonly url: string;
  /** Where results are kept on this machine. */
  readonly store: FolderStore;
}

/** Has jobs done by the workers of a queue. @throws InputError where its database is not reached at the start */
export function queueRunner({ url, store, priority, patience, onNotice }: QueueRunnerOptions): JobRunner {
  return async (source, run = {}) => {
    store.make();
    const connection = await connectQueue(url, { patience, onNotice });
    try {
      return await runByQueue(connection, source, { store, priority, onNotice, ...run });
    } finally {
      await connection.close();
    }
  };
}

import { type JobSource, openJobs } from '../../run/jobs/run-jobs.js';
import type { SweepFolder } from '../../run/sweep/node/sweep-folder.js';
import { sweepSource } from '../../run/sweep/sweep-jobs.js';
import { tell } from '../failure.js';
import { runShown } from '../jobs/run.js';

export interface QueueFlags {
  readonly queue: string;
  readonly patience: number;
  readonly priority: number;
}

/** Puts the jobs of a sweep into a queue, and keeps what workers give back. BullMQ is loaded here and not before. */
export async function runOnQueue(
  source: JobSource,
  folder: SweepFolder,
  { queue, patience, priority }: QueueFlags,
  processes: number,
): Promise<void> {
  const { queueRunner } = await import('../../run/queue/node/queue-runner.js');
  const runner = queueRunner({ url: queue, store: folder.store, patience, priority, onNotice: tell });
  await runShown(source, runner, {
    folder: folder.path,
    processes,
    stopping: 'Stopping; finished jobs are kept, the others stay in the queue, and workers go on with them',
  });
}

/** Cancels what of a sweep is in a queue. @returns how many jobs */
export async function cancelInQueue(folder: SweepFolder, url: string): Promise<number> {
  const { connectQueue } = await import('../../run/queue/node/connect.js');
  const { cancelOnQueue } = await import('../../run/queue/node/cancel.js');
  const source = sweepSource(folder.plan());
  const results = new Map([...folder.finished(source)].map(([key, { result }]) => [key, result]));
  const connection = await connectQueue(url);
  try {
    return await cancelOnQueue(connection, openJobs(source, results));
  } finally {
    await connection.close();
  }
}

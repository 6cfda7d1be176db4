import type { Job } from '../../jobs/job.js';
import type { QueueConnection } from './connection.js';
import type { EntryData } from './entry.js';
import { byQueue, entryIdOf, OPEN_STATES } from './names.js';

/**
 * Cancels jobs: who works on one saves its checkpoint and stops; who comes to one leaves it. Running the sweep again goes on.
 * @returns how many of them were in the queue and not done
 */
export async function cancelOnQueue(connection: QueueConnection, jobs: readonly Job[]): Promise<number> {
  let cancelled = 0;
  for (const [name, ofQueue] of byQueue(jobs)) {
    const wanted = new Map(ofQueue.map((job) => [entryIdOf(job), job]));
    const queue = await connection.queue(name);
    for (const id of await queue.getRanges(OPEN_STATES, 0, -1)) {
      const job = wanted.get(id);
      const entry = job && (await queue.getJob(id));
      if (job === undefined || entry === undefined) continue;
      await entry.updateData({ spec: job.spec, cancelled: true } satisfies EntryData);
      cancelled++;
    }
    await queue.close();
  }
  return cancelled;
}

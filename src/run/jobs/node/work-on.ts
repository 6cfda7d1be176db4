import type { Job } from '../job.js';
import type { JobProgress } from '../perform.js';
import type { JobStore } from './job-store.js';
import { thisMachine } from './machine.js';
import type { JobPlace } from './place.js';

export interface WorkOptions {
  /** Name or path of the data on this machine. */
  readonly data: string;
  /** The run folder that networks have theirs in. */
  readonly folder?: string | undefined;
  readonly onProgress?: (progress: JobProgress) => void;
  /** Ends the job soon, within an epoch too, after its checkpoint. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What every runner does with one job: finds its result, or resumes its checkpoint, or begins; keeps what it gives.
 * @throws InputError on bad input and where nothing can be kept; JobDied
 */
export async function workOn(
  job: Job,
  place: JobPlace,
  store: JobStore,
  { data, folder, onProgress, signal }: WorkOptions,
): Promise<'done' | 'stopped'> {
  const { key, checkpointKey } = job;
  if ((await store.result(key)) !== undefined) return 'done';
  const end = await place.run(job, {
    data,
    folder,
    signal,
    checkpoint: await store.checkpoint(checkpointKey),
    onProgress: (progress) => onProgress?.(progress),
    onCheckpoint: (bytes) => store.saveCheckpoint(checkpointKey, bytes),
  });
  if (end.type === 'stopped') return 'stopped';
  await store.saveResult(key, end.text, { seconds: end.seconds, machine: thisMachine() });
  if (job.spec.until === undefined) await store.dropCheckpoint(checkpointKey);
  return 'done';
}

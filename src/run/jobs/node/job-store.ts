/** Where results and checkpoints of jobs are kept. Every write is whole or nothing, and may be done twice. */
import type { Job } from '../job.js';
import type { Finished, JobRun } from '../result.js';

export interface JobStore {
  /** The text of a job's result. */
  result(key: string): Promise<string | undefined>;
  saveResult(key: string, text: string, run: JobRun): Promise<void>;
  checkpoint(checkpointKey: string): Promise<Uint8Array | undefined>;
  saveCheckpoint(checkpointKey: string, bytes: Uint8Array): Promise<void>;
  dropCheckpoint(checkpointKey: string): Promise<void>;
}

/** One in which results stay. */
export interface KeepingStore extends JobStore {
  /** @throws InputError where it cannot be made */
  make(): void;
  finished(job: Job): Finished | undefined;
}

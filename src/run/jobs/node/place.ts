/** Where one job at a time is done: a process of its own, or this one. */
import type { Job } from '../job.js';
import type { JobProgress } from '../perform.js';

export interface JobPlace {
  /** @throws InputError on bad input; DivergenceError of a network; JobDied where the job may be tried again */
  run(job: Job, given: JobGiven): Promise<JobEnd>;
}

/** What is given to a job, and who is told. */
export interface JobGiven {
  /** Name or path of the data on this machine. */
  readonly data: string;
  readonly checkpoint?: Uint8Array | undefined;
  /** The run folder that networks have theirs in. */
  readonly folder?: string | undefined;
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  /** What it throws ends the job, and is thrown. */
  readonly onCheckpoint?: ((bytes: Uint8Array) => Promise<void> | void) | undefined;
  /** Ends the job soon, within an epoch too, after its checkpoint. */
  readonly signal?: AbortSignal | undefined;
}

export type JobEnd =
  /** The text of the result's file, and seconds of training. */
  { readonly type: 'result'; readonly text: string; readonly seconds: number } | { readonly type: 'stopped' };

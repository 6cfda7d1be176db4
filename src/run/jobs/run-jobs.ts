/** What is to be run, who runs it, and what is told on the way. */
import { formatCounted } from '../../core/format.js';
import type { Job } from './job.js';
import type { Finished, JobResult } from './result.js';

/** Results by the keys of their jobs. */
export type Results = ReadonlyMap<string, JobResult>;

/**
 * The jobs that are wanted, best first, as far as the results tell; done when all of them have one. A list of jobs is a
 * constant function; a search adds jobs when others are done.
 */
export type JobSource = (results: Results) => readonly Job[];

/** What happens to a job. `worker` says who works on it, of any machine. */
export type JobEvent =
  /** First of all: what was done before. */
  | { readonly type: 'begin'; readonly finished: readonly { readonly job: Job; readonly finished: Finished }[] }
  | { readonly type: 'start'; readonly job: Job; readonly worker: string }
  | {
      readonly type: 'progress';
      readonly job: Job;
      readonly worker: string;
      readonly share: number;
      readonly loss: number;
    }
  | { readonly type: 'result'; readonly job: Job; readonly finished: Finished }
  /** Its process died; it will be tried again, from its checkpoint. */
  | { readonly type: 'retry'; readonly job: Job; readonly message: string }
  | { readonly type: 'failed'; readonly job: Job; readonly message: string }
  /** It was left with its checkpoint. */
  | { readonly type: 'released'; readonly job: Job };

export interface RunJobsOptions {
  /** Ends all jobs soon, within an epoch too; their checkpoints are kept. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: JobEvent) => void) | undefined;
}

/**
 * Runs what a source wants, as far as it can, and gives all that is done, whoever did it. Jobs that fail are told as events.
 * @throws InputError on bad input
 */
export type JobRunner = (source: JobSource, options?: RunJobsOptions) => Promise<Map<string, Finished>>;

/** Jobs that no process could finish, for whatever reason; all others are kept. */
export class JobsFailedError extends Error {
  override readonly name = 'JobsFailedError';

  /** @param messages why, of each */
  constructor(messages: readonly string[]) {
    const [first] = messages;
    super(
      `${formatCounted(messages.length, 'job')} failed; what is done is kept, and the same again tries them anew. The first: ${first}`,
    );
  }
}

/** The jobs that a source wants and that have no result. */
export function openJobs(source: JobSource, results: Results): Job[] {
  return source(results).filter(({ key }) => !results.has(key));
}

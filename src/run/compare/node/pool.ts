import { type ChildProcess, fork } from 'node:child_process';
import { type Fault, InputError } from '../../../core/errors.js';
import type { Job } from '../comparison.js';
import type { JobOutcome } from '../run-job.js';

/** The compiled process; from src/ (tests) too, since a process cannot run TypeScript. */
const ENTRY = new URL('../../../../dist/run/compare/node/job-process.js', import.meta.url);

/** What a process tells its parent. */
export type FromProcess =
  | { readonly type: 'share'; readonly share: number }
  | { readonly type: 'result'; readonly result: JobOutcome }
  | { readonly type: 'bad-input'; readonly fault: Fault }
  | { readonly type: 'failure'; readonly message: string };

export interface PoolOptions {
  /** Processes at a time, one thread each. */
  readonly processes: number;
  /** Files of plugins that each process loads before its first job. */
  readonly plugins?: readonly string[];
  /** The share of a running job that is done. */
  readonly onShare: (job: Job, share: number) => void;
  readonly onResult: (job: Job, result: JobOutcome) => void;
  /** Ends all processes at once. */
  readonly signal: AbortSignal;
}

/**
 * Runs jobs in processes until all are done or the signal comes.
 * @throws InputError on bad input, Error when a job fails or its process dies
 */
export async function runPool(jobs: readonly Job[], options: PoolOptions): Promise<void> {
  const queue = jobs.values();
  const processes: ChildProcess[] = [];
  const stopAll = () => {
    for (const child of processes) child.kill('SIGKILL');
  };
  options.signal.addEventListener('abort', stopAll);
  try {
    const count = Math.min(options.processes, jobs.length);
    await Promise.all(
      Array.from({ length: count }, () => {
        const child = fork(ENTRY, options.plugins, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
        processes.push(child);
        return serve(child, queue, options);
      }),
    );
  } finally {
    options.signal.removeEventListener('abort', stopAll);
    stopAll();
  }
}

/** Gives one process job after job. */
async function serve(child: ChildProcess, queue: Iterator<Job>, options: PoolOptions): Promise<void> {
  for (let next = queue.next(); !next.done && !options.signal.aborted; next = queue.next()) {
    await runOn(child, next.value, options);
  }
}

function runOn(child: ChildProcess, job: Job, { onShare, onResult, signal }: PoolOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      end();
    };
    const onMessage = (message: FromProcess) => {
      if (message.type === 'share') onShare(job, message.share);
      else if (message.type === 'bad-input') settle(() => reject(new InputError(message.fault)));
      else if (message.type === 'failure') settle(() => reject(new Error(`job ${job.name}: ${message.message}`)));
      else settle(() => finish(message.result));
    };
    const finish = (result: JobOutcome) => {
      try {
        onResult(job, result);
        resolve();
      } catch (error) {
        reject(error);
      }
    };
    const onExit = (code: number | null, by: string | null) => {
      const ended = new Error(`the process of job ${job.name} ended (${by ?? `code ${code}`})`);
      settle(() => (signal.aborted ? resolve() : reject(ended)));
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send(job);
  });
}

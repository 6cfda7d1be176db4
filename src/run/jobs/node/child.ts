import { type ChildProcess, fork } from 'node:child_process';
import { DivergenceError, InputError } from '../../../core/errors.js';
import type { Job } from '../job.js';
import type { FromProcess, ToProcess } from './messages.js';
import type { JobEnd, JobGiven, JobPlace } from './place.js';

/** The compiled process; from src/ (tests) too, since a process cannot run TypeScript. */
const ENTRY = new URL('../../../../dist/run/jobs/node/job-process.js', import.meta.url);

/** The process of a job ended before the job, or the job failed in it: it may be tried again. */
export class JobDied extends Error {
  override readonly name = 'JobDied';
}

export interface ChildOptions {
  /** Threads of each training. */
  readonly threads: number;
  /** Files of plugins that the process loads before its first job. */
  readonly plugins?: readonly string[] | undefined;
}

/** A process that trains one job at a time; it is started with its first job, and anew after it has died. */
export class JobChild implements JobPlace {
  private readonly options: ChildOptions;
  private process: ChildProcess | undefined;

  constructor(options: ChildOptions) {
    this.options = options;
  }

  /** The number of the process, while there is one. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** @throws InputError on bad input; DivergenceError of a network; JobDied */
  run(job: Job, given: JobGiven): Promise<JobEnd> {
    return new Promise((resolve, reject) => {
      const child = this.start();
      const onStop = () => send(child, { type: 'stop' });
      /** Checkpoints are kept in their order, and before the job ends. */
      let kept: Promise<void> = Promise.resolve();
      const settle = (end: () => void) => {
        child.off('message', onMessage).off('exit', onExit);
        given.signal?.removeEventListener('abort', onStop);
        kept.then(end, reject);
      };
      const keep = (bytes: Uint8Array) => {
        kept = kept.then(() => given.onCheckpoint?.(bytes));
        kept.catch(() => {
          this.kill();
          settle(() => {});
        });
      };
      const onMessage = (message: FromProcess) => {
        if (message.type === 'progress') given.onProgress?.(message);
        else if (message.type === 'checkpoint') keep(message.bytes);
        else if (message.type === 'bad-input') settle(() => reject(new InputError(message.fault)));
        else if (message.type === 'diverged') settle(() => reject(new DivergenceError(message.message)));
        else if (message.type === 'failure') settle(() => reject(new JobDied(`job ${job.name}: ${message.message}`)));
        else settle(() => resolve(message));
      };
      const onExit = (code: number | null, by: string | null) => {
        this.process = undefined;
        const died = new JobDied(`the process of job ${job.name} ended (${by ?? `code ${code}`})`);
        settle(() => reject(died));
      };
      child.on('message', onMessage).on('exit', onExit);
      given.signal?.addEventListener('abort', onStop);
      send(child, {
        type: 'start',
        spec: job.spec,
        data: given.data,
        checkpoint: given.checkpoint,
        folder: given.folder,
      });
      if (given.signal?.aborted === true) onStop();
    });
  }

  /** Ends the process at once. */
  kill(): void {
    this.process?.kill('SIGKILL');
    this.process = undefined;
  }

  private start(): ChildProcess {
    const { threads, plugins = [] } = this.options;
    this.process ??= fork(ENTRY, [String(threads), ...plugins], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    return this.process;
  }
}

/** A process that has just died tells so by its exit. */
function send(child: ChildProcess, message: ToProcess): void {
  if (child.connected) child.send(message, () => {});
}

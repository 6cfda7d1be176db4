import { aText, checkArguments, optionsOf } from '../../../core/arguments.js';
import { InterruptedError } from '../../../core/errors.js';
import { folderRunner } from '../../jobs/node/folder-runner.js';
import type { JobEvent, JobRunner } from '../../jobs/run-jobs.js';
import { sweepSource } from '../sweep-jobs.js';
import type { SweepReport } from '../sweep-report.js';
import { planSweep, type SweepChanges } from './plan-sweep.js';
import { SweepFolder, usualFolder } from './sweep-folder.js';
import { keepPage, writeReport } from './write-report.js';

/** What may be changed of a sweep's file, how it runs, and where it is kept. */
export interface SweepOptions extends SweepChanges {
  /** Of the sweep, on this machine's disk or a shared one; what is done there is not done again. `runs/sweep-NAME` without it. */
  readonly folder?: string | undefined;
  /** Jobs at a time, each in a process of its own; 1 by default. */
  readonly processes?: number | undefined;
  /** Threads of each training; 1 by default. The result is the same for any number. */
  readonly threads?: number | undefined;
  /** Files of plugins that these processes load. */
  readonly plugins?: readonly string[] | undefined;
  /**
   * The URL of a queue, `redis:`, `rediss:` or `postgres:`: workers there (`anyrate worker`) do the jobs, and this process none.
   * Needs the optional packages `bullmq` and `ioredis` (or `pg`).
   */
  readonly queue?: string | undefined;
  /** Of the sweep in its queue, 1 the first, 20 the last; 5 by default. */
  readonly priority?: number | undefined;
  /** Seconds without a heartbeat after which others take over the jobs of a worker; 30 by default. */
  readonly patience?: number | undefined;
  /** Told what a person should know: that the queue is out of reach and back, that nobody works. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Ends all jobs soon, within an epoch too; their checkpoints are kept. Those of a queue stay there, and go on. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: SweepEvent) => void) | undefined;
}

/** What happens to a job of a sweep. */
export interface SweepEvent {
  /** `retry`: its process died, and it is tried again; `released`: it was left with its checkpoint. */
  readonly type: 'start' | 'progress' | 'result' | 'retry' | 'failed' | 'released';
  /** The job's name, such as `irds-mrmp-cross-subject-seed2`. */
  readonly job: string;
  /** How much of it is done, with `progress`. */
  readonly share?: number | undefined;
  /** Why, with `retry` and `failed`. */
  readonly message?: string | undefined;
}

/** What a sweep gives. */
export interface SweepResult {
  /** Path of its folder, which holds the report as report.md, .json, .svg and .html. */
  readonly folder: string;
  readonly report: SweepReport;
  /** Jobs that no process could finish; the same call again tries them again. */
  readonly failures: readonly { readonly job: string; readonly message: string }[];
}

const anySweepOptions = optionsOf<SweepOptions>({
  data: true,
  seeds: true,
  epochs: true,
  folder: true,
  processes: true,
  threads: true,
  plugins: true,
  queue: true,
  priority: true,
  patience: true,
  onNotice: true,
  signal: true,
  onEvent: true,
});

/**
 * Runs the sweep of a file as `anyrate sweep` does: what is done in its folder is not done again, and other processes and machines
 * may run the same sweep in the same folder at the same time, or do its jobs from a queue.
 * @param file as docs/sweeps.md describes it
 * @throws InputError where the file, its recipes and the data do not fit, or a queue is not reached
 * @throws InterruptedError after `signal`; the same call again goes on
 * @example
 * const { report, failures } = await runSweep('widths.json', { seeds: '1-3', processes: 2 });
 * for (const { title, rows } of report.comparison.series) console.log(title, rows[0].mean);
 * if (failures.length > 0) console.log(failures[0].message);
 */
export async function runSweep(file: string, options: SweepOptions = {}): Promise<SweepResult> {
  checkArguments('runSweep', { file: [aText, file], options: [anySweepOptions, options] });
  const { signal, onEvent } = options;
  const { plan, data } = await planSweep(file, options);
  const folder = new SweepFolder(options.folder ?? usualFolder(plan.name));
  folder.save(plan);
  folder.store.forgetFailures();
  const failures: { job: string; message: string }[] = [];
  const tell = (event: JobEvent) => {
    if (event.type === 'begin') return;
    if (event.type === 'failed') failures.push({ job: event.job.name, message: event.message });
    onEvent?.(shown(event));
  };
  const run = await runnerOf(folder, data, options);
  const stop = keepPage(folder, plan);
  try {
    await run(sweepSource(plan), { signal, onEvent: tell });
  } finally {
    await stop();
  }
  const report = await writeReport(folder, plan);
  const { done, wanted } = report.jobs;
  if (done + failures.length < wanted)
    throw new InterruptedError(`Interrupted: ${done} of ${wanted} jobs are kept in ${folder.path}.`);
  return { folder: folder.path, report, failures };
}

/** What drives a queue is loaded where one is named, and not before. */
async function runnerOf(folder: SweepFolder, data: string, options: SweepOptions): Promise<JobRunner> {
  const { processes = 1, threads = 1, plugins, queue: url, priority, patience, onNotice } = options;
  if (url === undefined) return folderRunner({ folder: folder.path, data, processes, threads, plugins, patience });
  const { queueRunner } = await import('../../queue/node/queue-runner.js');
  return queueRunner({ url, store: folder.store, priority, patience, onNotice });
}

function shown(event: Exclude<JobEvent, { type: 'begin' }>): SweepEvent {
  const share = event.type === 'progress' ? event.share : undefined;
  const message = 'message' in event ? event.message : undefined;
  return { type: event.type, job: event.job.name, share, message };
}

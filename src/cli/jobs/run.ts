import { InterruptedError } from '../../core/errors.js';
import { type FolderRunnerOptions, folderRunner } from '../../run/jobs/node/folder-runner.js';
import { FolderStore } from '../../run/jobs/node/folder-store.js';
import type { Finished } from '../../run/jobs/result.js';
import { type JobEvent, type JobRunner, type JobSource, JobsFailedError, openJobs } from '../../run/jobs/run-jobs.js';
import { onInterrupt } from '../failure.js';
import { pluginPaths } from '../plugins.js';
import { createJobsProgress } from './progress.js';

/** Runs the jobs of a folder that have no result yet, in processes of this machine, together with others in the folder. */
export function runInFolder(source: JobSource, options: FolderRunnerOptions): Promise<Map<string, Finished>> {
  const plugins = pluginPaths(process.argv.slice(2));
  return runShown(source, folderRunner({ ...options, plugins }), options);
}

/**
 * Runs jobs by any runner, and shows how they go on.
 * @param at where their results are, how many are run at a time, to foretell when all are done, and what becomes of the others
 * after Ctrl-C
 * @throws InterruptedError after Ctrl-C; results and checkpoints are kept. JobsFailedError
 */
export async function runShown(
  source: JobSource,
  runner: JobRunner,
  at: { readonly folder: string; readonly processes: number; readonly stopping?: string },
): Promise<Map<string, Finished>> {
  const failures: string[] = [];
  const progress = createJobsProgress(source, at.processes);
  const interrupt = onInterrupt(
    at.stopping ?? 'Stopping; finished jobs are kept, and checkpoints of those that are not',
  );
  const onEvent = (event: JobEvent) => {
    if (event.type === 'failed') failures.push(event.message);
    progress.show(event);
  };
  try {
    new FolderStore(at.folder).forgetFailures();
    const finished = await runner(source, { signal: interrupt.signal, onEvent });
    const results = new Map([...finished].map(([key, { result }]) => [key, result]));
    const open = openJobs(source, results).length;
    if (failures.length > 0) throw new JobsFailedError(failures);
    if (open > 0) throw interrupted(source(results).length - open, source(results).length, at.folder);
    return finished;
  } finally {
    progress.stop();
    interrupt.release();
  }
}

function interrupted(done: number, all: number, folder: string): InterruptedError {
  return new InterruptedError(
    `Interrupted: ${done} of ${all} jobs are kept in ${folder}. Run the same command again to continue.`,
  );
}

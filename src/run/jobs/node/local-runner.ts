import type { Job } from '../job.js';
import type { Finished, JobResult } from '../result.js';
import { type JobEvent, type JobRunner, openJobs } from '../run-jobs.js';
import { type FolderRunnerOptions, folderRunner } from './folder-runner.js';
import { FolderStore } from './folder-store.js';
import type { KeepingStore } from './job-store.js';
import { MemoryStore } from './memory-store.js';
import type { JobPlace } from './place.js';
import { workOn } from './work-on.js';

/** Where jobs are kept and how many are run at a time. */
export interface LocalRunnerOptions extends Pick<FolderRunnerOptions, 'data' | 'plugins'> {
  /** Without it nothing is written. */
  readonly folder?: string | undefined;
  /** Jobs at a time; 1 by default. */
  readonly processes?: number | undefined;
  readonly threads?: number | undefined;
}

/**
 * Runs jobs one after the other where this process is told to, on data that it has; several at a time in processes that share a
 * folder.
 */
export function localRunner(here: JobPlace, options: LocalRunnerOptions): JobRunner {
  const { folder, data, plugins, processes = 1, threads = 1 } = options;
  if (folder === undefined) return oneByOne(here, new MemoryStore(), { data });
  if (processes > 1) return folderRunner({ folder, data, processes, threads, plugins });
  return oneByOne(here, new FolderStore(folder), { data, folder });
}

/** Who works on jobs that this process does itself. */
const WORKER = 'here';

function oneByOne(
  place: JobPlace,
  store: KeepingStore,
  work: { readonly data: string; readonly folder?: string },
): JobRunner {
  return async (source, { signal, onEvent = () => {} } = {}) => {
    const finished = new Map<string, Finished>();
    const results = new Map<string, JobResult>();
    const learn = (key: string, one: Finished) => {
      finished.set(key, one);
      results.set(key, one.result);
    };
    onEvent({ type: 'begin', finished: doneBefore(source(results), store, learn) });
    for (let [job] = openJobs(source, results); job !== undefined; [job] = openJobs(source, results)) {
      if (signal?.aborted === true) break;
      const told = job;
      store.make();
      onEvent({ type: 'start', job, worker: WORKER });
      const onProgress = ({ share, loss }: { share: number; loss: number }) =>
        onEvent({ type: 'progress', job: told, worker: WORKER, share, loss });
      if ((await workOn(job, place, store, { ...work, signal, onProgress })) === 'stopped') {
        onEvent({ type: 'released', job });
        break;
      }
      const one = store.finished(job)!;
      learn(job.key, one);
      onEvent({ type: 'result', job, finished: one });
    }
    return finished;
  };
}

function doneBefore(
  jobs: readonly Job[],
  store: KeepingStore,
  learn: (key: string, finished: Finished) => void,
): Extract<JobEvent, { type: 'begin' }>['finished'] {
  return jobs.flatMap((job) => {
    const one = store.finished(job);
    if (one === undefined) return [];
    learn(job.key, one);
    return [{ job, finished: one }];
  });
}

import type { Job } from '../../jobs/job.js';
import { type ChildOptions, JobChild } from '../../jobs/node/child.js';
import { workOn } from '../../jobs/node/work-on.js';
import type { Work, WorkGiven } from './attempt.js';

/** A slot that trains its jobs in a process of their own: a worker that trained itself could not renew what it holds. */
export class TrainingWork implements Work {
  private readonly child: JobChild;

  constructor(options: ChildOptions) {
    this.child = new JobChild(options);
  }

  run(job: Job, { data, store, onProgress, signal }: WorkGiven): Promise<'done' | 'stopped'> {
    return workOn(job, this.child, store, { data, onProgress, signal });
  }

  kill(): void {
    this.child.kill();
  }
}

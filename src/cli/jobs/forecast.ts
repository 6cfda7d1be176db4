import { mean } from '../../core/math.js';
import type { Job } from '../../run/jobs/job.js';
import type { Finished, JobResult } from '../../run/jobs/result.js';
import type { JobSource } from '../../run/jobs/run-jobs.js';
import type { Recipe } from '../../train/recipe/recipe.js';

interface Running {
  readonly started: number;
  readonly from: number;
  share: number;
}

/** Foretells the time that is left from the jobs that are done: the same method on the same recipe takes about the same time again. */
export class Forecast {
  private readonly source: JobSource;
  private readonly processes: number;
  private readonly results = new Map<string, JobResult>();
  private readonly running = new Map<string, Running>();
  private readonly spent = new Map<string, number[]>();
  private wanted: readonly Job[];

  constructor(source: JobSource, processes: number) {
    this.source = source;
    this.processes = processes;
    this.wanted = source(this.results);
  }

  /** Jobs that are wanted, as far as the results tell. */
  get jobs(): number {
    return this.wanted.length;
  }

  get finished(): number {
    return this.wanted.filter(({ key }) => this.results.has(key)).length;
  }

  share({ key }: Job, share: number): void {
    const running = this.running.get(key);
    if (running === undefined) this.running.set(key, { started: performance.now(), from: share, share });
    else running.share = share;
  }

  /** A job that is left is not under way. */
  leave({ key }: Job): void {
    this.running.delete(key);
  }

  finish(job: Job, { result, run }: Finished): void {
    this.running.delete(job.key);
    this.results.set(job.key, result);
    this.wanted = this.source(this.results);
    if (run !== undefined) this.note(job, run.seconds);
  }

  progress(): number {
    const done = [...this.spent.values()].flat().reduce((total, seconds) => total + seconds, 0);
    const open = this.open();
    const all = open.reduce((total, job) => total + this.expected(job), 0);
    const left = open.reduce((total, job) => total + this.leftOf(job), 0);
    return (done + all - left) / Math.max(done + all, 1e-9);
  }

  /** Seconds. */
  left(): number {
    const open = this.open();
    const left = open.reduce((total, job) => total + this.leftOf(job), 0);
    return left / Math.min(this.processes, Math.max(open.length, 1));
  }

  private open(): Job[] {
    return this.wanted.filter(({ key }) => !this.results.has(key));
  }

  private leftOf(job: Job): number {
    return (1 - (this.running.get(job.key)?.share ?? 0)) * this.expected(job);
  }

  private note(job: Job, seconds: number): void {
    const kind = kindOf(job);
    this.spent.set(kind, [...(this.spent.get(kind) ?? []), seconds]);
  }

  /** The mean of its kind, else of all jobs that are done, else what the running ones tell. */
  private expected(job: Job): number {
    const kind = this.spent.get(kindOf(job)) ?? [...this.spent.values()].flat();
    return mean(kind.length > 0 ? kind : this.told());
  }

  private told(): number[] {
    const now = performance.now();
    return [...this.running.values()]
      .filter(({ share, from }) => share > from)
      .map(({ share, from, started }) => (now - started) / 1000 / (share - from));
  }
}

function kindOf({ spec: { method, recipe, rates, until = 0 } }: Job): string {
  return [method, (recipe as Recipe).name, rates.length === 1 ? rates[0] : 'all', until].join(' ');
}

import cliProgress from 'cli-progress';
import { formatDuration, formatPercent, formatRate } from '../../core/format.js';
import { mean } from '../../core/math.js';
import type { Job } from '../../run/compare/comparison.js';
import type { JobOutcome, JobResult } from '../../run/compare/run-job.js';

/** Shows how a comparison goes on, on stderr. */
export interface JobsProgress {
  share(job: Job, share: number): void;
  finish(job: Job, result: JobOutcome): void;
  stop(): void;
}

/** A bar where there is a terminal, else a line a finished job. */
export function createJobsProgress(
  jobs: readonly Job[],
  done: ReadonlyMap<string, JobResult>,
  processes: number,
): JobsProgress {
  const forecast = new Forecast(jobs, done, processes);
  return process.stderr.isTTY ? bar(forecast) : lines(forecast);
}

function bar(forecast: Forecast): JobsProgress {
  const format = '{bar} {percentage} % · {finished}/{jobs} jobs · {left} left · {last}';
  const options = { format, stream: process.stderr, barsize: 24, hideCursor: true };
  const single = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
  let last = '';
  const facts = () => ({
    finished: forecast.finished,
    jobs: forecast.jobs,
    left: formatDuration(forecast.left()),
    last,
  });
  single.start(1000, 0, facts());
  const update = () => single.update(Math.floor(1000 * forecast.progress()), facts());
  return {
    share: (job, share) => {
      forecast.share(job, share);
      update();
    },
    finish: (job, result) => {
      forecast.finish(job, result.seconds);
      last = describeResult(result);
      update();
    },
    stop: () => single.stop(),
  };
}

function lines(forecast: Forecast): JobsProgress {
  return {
    share: (job, share) => forecast.share(job, share),
    finish: (job, result) => {
      forecast.finish(job, result.seconds);
      const place = `${forecast.finished}/${forecast.jobs}`;
      console.error(`${place} ${describeResult(result)} · ${formatDuration(forecast.left())} left`);
    },
    stop: () => {},
  };
}

/** Foretells the time that is left from the jobs that are done: a method takes about the same time again. */
class Forecast {
  readonly jobs: number;
  private readonly processes: number;
  private readonly open = new Map<string, { readonly job: Job; share: number; started: number }>();
  private readonly spent = new Map<string, number[]>();

  constructor(jobs: readonly Job[], done: ReadonlyMap<string, JobResult>, processes: number) {
    this.jobs = jobs.length;
    this.processes = processes;
    for (const job of jobs) {
      const result = done.get(job.name);
      if (result === undefined) this.open.set(job.name, { job, share: 0, started: Number.NaN });
      else this.note(job, result.seconds);
    }
  }

  get finished(): number {
    return this.jobs - this.open.size;
  }

  share({ name }: Job, share: number): void {
    const entry = this.open.get(name);
    if (entry === undefined) return;
    if (Number.isNaN(entry.started)) entry.started = performance.now();
    entry.share = share;
  }

  finish(job: Job, seconds: number): void {
    this.open.delete(job.name);
    this.note(job, seconds);
  }

  progress(): number {
    const done = [...this.spent.values()].flat().reduce((total, seconds) => total + seconds, 0);
    const running = [...this.open.values()].reduce((total, { job, share }) => total + share * this.expected(job), 0);
    const open = [...this.open.values()].reduce((total, { job }) => total + this.expected(job), 0);
    return (done + running) / Math.max(done + open, 1e-9);
  }

  /** Seconds. */
  left(): number {
    const open = [...this.open.values()].map(({ job, share }) => (1 - share) * this.expected(job));
    return open.reduce((total, seconds) => total + seconds, 0) / Math.min(this.processes, Math.max(open.length, 1));
  }

  private note(job: Job, seconds: number): void {
    const key = kindOf(job);
    this.spent.set(key, [...(this.spent.get(key) ?? []), seconds]);
  }

  /** The mean of its kind, else of all jobs that are done, else what the running ones tell. */
  private expected(job: Job): number {
    const kind = this.spent.get(kindOf(job)) ?? [...this.spent.values()].flat();
    return mean(kind.length > 0 ? kind : this.running());
  }

  private running(): number[] {
    const now = performance.now();
    return [...this.open.values()]
      .filter(({ share }) => share > 0)
      .map(({ share, started }) => (now - started) / 1000 / share);
  }
}

/** Rates in a line of progress. */
const MOST_SHOWN = 4;

function kindOf({ method, recipe, rates }: Job): string {
  return [method, recipe.name, rates.length === 1 ? rates[0] : 'all'].join(' ');
}

function describeResult({ name, rows, seconds, diverged }: JobOutcome): string {
  const shown = rows.filter((_, i) => i % Math.ceil(rows.length / MOST_SHOWN) === 0);
  const accuracies = shown.map(({ rate, accuracy }) => `${formatPercent(accuracy)} at ${formatRate(rate)}`);
  const what = diverged === undefined ? accuracies.join(', ') : 'diverged';
  return `${name}: ${what} · ${seconds.toFixed(0)} s`;
}

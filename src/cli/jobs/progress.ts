import cliProgress from 'cli-progress';
import { formatDuration } from '../../core/format.js';
import type { Job } from '../../run/jobs/job.js';
import type { JobEvent, JobSource } from '../../run/jobs/run-jobs.js';
import { describeResult } from './describe-result.js';
import { Forecast } from './forecast.js';

/** Shows how jobs go on, on stderr. */
export interface JobsProgress {
  show(event: JobEvent): void;
  stop(): void;
}

/** A bar for the whole and one for each job that is under way where there is a terminal, else a line a finished job. */
export function createJobsProgress(source: JobSource, processes: number): JobsProgress {
  const forecast = new Forecast(source, processes);
  return process.stderr.isTTY ? bars(forecast) : lines(forecast);
}

function lines(forecast: Forecast): JobsProgress {
  const show = (event: JobEvent) => {
    observe(forecast, event);
    const text = describe(event);
    if (text === undefined) return;
    const place = event.type === 'result' ? `${forecast.finished}/${forecast.jobs} ` : '';
    const left = event.type === 'result' ? ` · ${formatDuration(forecast.left())} left` : '';
    console.error(`${place}${text}${left}`);
  };
  return { show, stop: () => {} };
}

/** The steps of a bar. */
const WHOLE = 1000;
/** Columns of a job's name beside its bar. */
const NAME = 44;

function bars(forecast: Forecast): JobsProgress {
  const format = '{bar} {percentage} % · {text}';
  const options = { format, stream: process.stderr, barsize: 20, hideCursor: true, clearOnComplete: true };
  const multi = new cliProgress.MultiBar(options, cliProgress.Presets.shades_classic);
  const running = new Map<string, cliProgress.SingleBar>();
  const facts = () => `${forecast.finished}/${forecast.jobs} jobs · ${formatDuration(forecast.left())} left`;
  const total = multi.create(WHOLE, 0, { text: facts() });
  const remove = ({ key }: Job) => {
    const bar = running.get(key);
    if (bar !== undefined) multi.remove(bar);
    running.delete(key);
  };
  const show = (event: JobEvent) => {
    observe(forecast, event);
    const text = describe(event);
    if (event.type === 'start') running.set(event.job.key, multi.create(WHOLE, 0, { text: shorten(event.job.name) }));
    else if (event.type === 'progress') running.get(event.job.key)?.update(Math.floor(WHOLE * event.share));
    else if (event.type !== 'begin') remove(event.job);
    if (text !== undefined) multi.log(`${text}\n`);
    total.update(Math.floor(WHOLE * forecast.progress()), { text: facts() });
  };
  return { show, stop: () => multi.stop() };
}

function observe(forecast: Forecast, event: JobEvent): void {
  if (event.type === 'begin') for (const { job, finished } of event.finished) forecast.finish(job, finished);
  else if (event.type === 'progress') forecast.share(event.job, event.share);
  else if (event.type === 'result') forecast.finish(event.job, event.finished);
  else if (event.type !== 'start') forecast.leave(event.job);
}

/** What is worth a line. */
function describe(event: JobEvent): string | undefined {
  switch (event.type) {
    case 'result':
      return describeResult(event.job, event.finished);
    case 'retry':
      return `${event.job.name}: tried again, since ${firstLine(event.message)}`;
    case 'failed':
      return `${event.job.name}: failed, since ${firstLine(event.message)}`;
    default:
      return undefined;
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0];
}

function shorten(name: string): string {
  return name.length <= NAME ? name : `${name.slice(0, NAME - 1)}…`;
}

import { formatPercent, formatRate } from '../../core/format.js';
import { mean } from '../../core/math.js';
import type { Job } from '../../run/jobs/job.js';
import type { Finished, JobRow } from '../../run/jobs/result.js';

/** Rates in a line of progress. */
const MOST_SHOWN = 4;

/** A finished job in a line: its accuracy at some of its rates, each the mean over its splits. */
export function describeResult({ name }: Pick<Job, 'name'>, { result: { rows, diverged }, run }: Finished): string {
  const what = diverged === undefined ? accuracies(rows) : 'diverged';
  return `${name}: ${what}${run === undefined ? '' : ` · ${run.seconds.toFixed(0)} s`}`;
}

function accuracies(rows: readonly JobRow[]): string {
  const rates = [...new Set(rows.map(({ rate }) => rate))];
  return rates
    .filter((_, i) => i % Math.ceil(rates.length / MOST_SHOWN) === 0)
    .map((rate) => {
      const ofRate = rows.filter((row) => row.rate === rate).map(({ accuracy }) => accuracy);
      return `${formatPercent(mean(ofRate))} at ${formatRate(rate)}`;
    })
    .join(', ');
}

import { deviation, mean, sum } from '../../core/math.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { Finished, JobRow } from '../jobs/result.js';
import { type Comparison, jobsOf, type Series } from './comparison.js';

/** A line at one rate, over the seeds that are done; shares from 0 to 1. */
export interface SummaryRow {
  readonly rate: number;
  readonly nonzeros: number;
  /** Test sequences of all splits. */
  readonly sequences: number;
  /** Mean share of zeros by the method's own threshold. */
  readonly actualRate: number;
  /** Mean multiply-accumulates for one sequence. */
  readonly macs: number;
  readonly mean: number;
  /** Of the networks that the method's own threshold cuts. */
  readonly meanAtThreshold: number;
  /** Standard deviation over the seeds, n − 1 in the denominator; 0 for one seed. */
  readonly deviation: number;
  readonly least: number;
  /** One a seed; of several splits their mean. */
  readonly accuracies: readonly number[];
}

export interface SeriesSummary {
  readonly title: string;
  readonly method: string;
  readonly recipe: string;
  readonly splits: readonly string[];
  /** Seeds that are done at all rates and splits. */
  readonly seeds: readonly number[];
  /** Mean time a seed and split to train the networks of all rates; null where it is not known. */
  readonly seconds: number | null;
  readonly rows: readonly SummaryRow[];
  /** Jobs whose training diverged. */
  readonly diverged: readonly { readonly job: string; readonly why: string }[];
}

/** Means and spreads of all lines, as far as their jobs are done. */
export function summarise(comparison: Comparison, results: ReadonlyMap<string, Finished>): SeriesSummary[] {
  return comparison.series.map((series) => summariseSeries(series, comparison, results));
}

function summariseSeries(
  series: Series,
  comparison: Comparison,
  results: ReadonlyMap<string, Finished>,
): SeriesSummary {
  const bySeed = comparison.seeds.map((seed) => {
    const jobs = jobsOf(series, { ...comparison, seeds: [seed] });
    const trainings = new Set(jobs.map(({ spec }) => (spec.recipe as Recipe).split)).size;
    return { seed, trainings, jobs, finished: jobs.map(({ key }) => results.get(key)) };
  });
  const done = bySeed.filter(({ finished }) => finished.every((one) => one !== undefined && !one.result.diverged));
  const { title, method, recipe, splits } = series;
  const rowsOf = (rate: number) => done.map((group) => rowsAt(rate, splits, group.finished as Finished[]));
  return {
    title,
    method,
    recipe: recipe.name,
    splits,
    seeds: done.map(({ seed }) => seed),
    seconds: meanSeconds(done),
    rows: done.length === 0 ? [] : comparison.rates.map((rate) => summariseRate(rate, rowsOf(rate))),
    diverged: bySeed.flatMap(({ jobs, finished }) =>
      jobs.flatMap(({ name }, i) => {
        const why = finished[i]?.result.diverged;
        return why === undefined ? [] : [{ job: name, why }];
      }),
    ),
  };
}

function meanSeconds(
  groups: readonly { trainings: number; finished: readonly (Finished | undefined)[] }[],
): number | null {
  const times = groups.map(({ trainings, finished }) => {
    const seconds = finished.map((one) => one?.run?.seconds ?? Number.NaN);
    return sum(seconds) / trainings;
  });
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length === 0 && times.length > 0 ? null : mean(known);
}

/** One seed's rows at a rate, one a split. */
function rowsAt(rate: number, splits: readonly string[], finished: readonly Finished[]): JobRow[] {
  return finished.flatMap(({ result }) => result.rows.filter((row) => row.rate === rate && splits.includes(row.split)));
}

function summariseRate(rate: number, seeds: readonly (readonly JobRow[])[]): SummaryRow {
  const all = seeds.flat();
  const accuracies = seeds.map((rows) => mean(rows.map(({ accuracy }) => accuracy)));
  return {
    rate,
    nonzeros: all[0].nonzeros,
    accuracies,
    sequences: sum(seeds[0].map(({ total }) => total)),
    actualRate: mean(all.map(({ actualRate }) => actualRate)),
    macs: Math.round(mean(all.map(({ macs }) => macs))),
    mean: mean(accuracies),
    meanAtThreshold: mean(seeds.map((rows) => mean(rows.map((row) => row.accuracyAtThreshold)))),
    deviation: deviation(accuracies),
    least: Math.min(...accuracies),
  };
}

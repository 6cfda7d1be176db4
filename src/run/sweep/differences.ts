import { deviation, mean, sum } from '../../core/math.js';
import { studentQuantile } from '../../core/student-t.js';
import { type Comparison, jobsOf, type Series } from '../compare/comparison.js';
import type { JobRow } from '../jobs/result.js';
import type { Results } from '../jobs/run-jobs.js';

/** By how much a line is ahead of the first one at a rate: pairs of the same seed and split, in shares. */
export interface Difference {
  readonly rate: number;
  /** Pairs of trainings that are done on both sides. */
  readonly pairs: number;
  readonly mean: number;
  /** Of the interval of 95 %; undefined of fewer than two pairs. */
  readonly low: number | undefined;
  readonly high: number | undefined;
}

export interface LineDifferences {
  readonly title: string;
  readonly than: string;
  readonly rates: readonly Difference[];
}

/** Sequences of a split; training parts of several splits overlap. */
export type PartSizes = Readonly<Record<string, { readonly train: number; readonly test: number }>>;

const CONFIDENCE = 0.95;

/** Each line against the first, at every rate. */
export function differencesOf(comparison: Comparison, results: Results, sizes: PartSizes): LineDifferences[] {
  const [first, ...others] = comparison.series;
  if (first === undefined) return [];
  const reference = cellsOf(first, comparison, results);
  return others.map((series) => {
    const cells = cellsOf(series, comparison, results);
    const rates = comparison.rates.map((rate) => ({ rate, ...difference(reference, cells, rate, sizes) }));
    return { title: series.title, than: first.title, rates };
  });
}

/** Rows by seed and split. */
function cellsOf(series: Series, comparison: Comparison, results: Results): Map<string, JobRow[]> {
  const cells = new Map<string, JobRow[]>();
  for (const seed of comparison.seeds) {
    const rows = jobsOf(series, { ...comparison, seeds: [seed] }).flatMap(({ key }) => results.get(key)?.rows ?? []);
    for (const split of series.splits)
      cells.set(
        `${seed} ${split}`,
        rows.filter((row) => row.split === split),
      );
  }
  return cells;
}

function difference(
  first: ReadonlyMap<string, readonly JobRow[]>,
  second: ReadonlyMap<string, readonly JobRow[]>,
  rate: number,
  sizes: PartSizes,
): Omit<Difference, 'rate'> {
  const pairs = [...first].flatMap(([cell, rows]) => {
    const a = rows.find((row) => row.rate === rate);
    const b = second.get(cell)?.find((row) => row.rate === rate);
    return a === undefined || b === undefined ? [] : [{ split: a.split, value: b.accuracy - a.accuracy }];
  });
  const values = pairs.map(({ value }) => value);
  const half = halfWidth(values, new Set(pairs.map(({ split }) => split)), sizes);
  const center = mean(values);
  const ends = half === undefined ? { low: undefined, high: undefined } : { low: center - half, high: center + half };
  return { pairs: values.length, mean: center, ...ends };
}

/**
 * Half of Student's interval. Folds train on each other's sequences, so that their differences are not independent: the
 * variance of the mean is (1/n + test/train) s², after C. Nadeau and Y. Bengio, Inference for the Generalization Error,
 * Machine Learning 52 (2003). Of one split it is s²/n, and the interval is one over seeds alone.
 */
function halfWidth(values: readonly number[], splits: ReadonlySet<string>, sizes: PartSizes): number | undefined {
  const n = values.length;
  if (n < 2) return undefined;
  const parts = [...splits].map((split) => sizes[split]);
  const overlap = splits.size < 2 ? 0 : sum(parts.map(({ test }) => test)) / sum(parts.map(({ train }) => train));
  return studentQuantile(CONFIDENCE, n - 1) * deviation(values) * Math.sqrt(1 / n + overlap);
}

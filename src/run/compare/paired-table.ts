import { markdownTable } from 'markdown-table';
import { formatRate } from '../../core/format.js';
import { deviation, mean } from '../../core/math.js';
import type { ComparisonReport } from './report.js';
import type { SeriesSummary } from './summary.js';

/**
 * Points by which the first line is ahead of each other one on the same splits, in pairs of the same seed: mean and standard
 * error, a line a method, a column a rate. Nothing where no two seeds are done by both.
 */
export function pairedTable({ series, rates }: Pick<ComparisonReport, 'series' | 'rates'>): string {
  const [first, ...others] = series;
  const rows = others
    .filter(({ splits }) => String(splits) === String(first.splits))
    .map((other) => ({ other, seeds: other.seeds.filter((seed) => first.seeds.includes(seed)) }))
    .filter(({ seeds }) => seeds.length > 1)
    .map(({ other, seeds }) => [
      other.title,
      ...rates.map((_, i) => differenceCell(pointsAhead(first, other, seeds, i))),
      String(seeds.length),
    ]);
  if (rows.length === 0) return '';
  const head = [`${first.title} is ahead of, points`, ...rates.map(formatRate), 'pairs'];
  return markdownTable([head, ...rows], { align: ['l', ...head.slice(1).map(() => 'r')] });
}

/** A difference a seed, in points. */
function pointsAhead(first: SeriesSummary, other: SeriesSummary, seeds: readonly number[], rate: number): number[] {
  const accuracyOf = ({ seeds: done, rows }: SeriesSummary, seed: number) => rows[rate].accuracies[done.indexOf(seed)];
  return seeds.map((seed) => 100 * (accuracyOf(first, seed) - accuracyOf(other, seed)));
}

function differenceCell(points: readonly number[]): string {
  const center = mean(points);
  const error = deviation(points) / Math.sqrt(points.length);
  return `${center < 0 ? '−' : ''}${Math.abs(center).toFixed(2)} ± ${error.toFixed(2)}`;
}

import { markdownTable } from 'markdown-table';
import { formatRate } from '../../core/format.js';
import { deviation, mean } from '../../core/math.js';
import { leadsOf } from './leads.js';
import type { ComparisonReport } from './report.js';

/**
 * Points by which the first line is ahead of each other one on the same splits, in pairs of the same seed: mean and standard
 * error, a line a method, a column a rate. Nothing where no two seeds are done by both.
 */
export function pairedTable({ series, rates }: Pick<ComparisonReport, 'series' | 'rates'>): string {
  const [first, ...others] = series;
  const rows = others
    .filter(({ splits }) => String(splits) === String(first.splits))
    .map((other) => ({ title: other.title, leads: leadsOf(first, other).map(({ leads }) => leads) }))
    .filter(({ leads }) => leads.length > 0 && leads[0].length > 1)
    .map(({ title, leads }) => [title, ...leads.map(differenceCell), String(leads[0].length)]);
  if (rows.length === 0) return '';
  const head = [`${first.title} is ahead of, points`, ...rates.map(formatRate), 'pairs'];
  return markdownTable([head, ...rows], { align: ['l', ...head.slice(1).map(() => 'r')] });
}

/** Their mean and its standard error. */
function differenceCell(points: readonly number[]): string {
  const center = mean(points);
  const error = deviation(points) / Math.sqrt(points.length);
  return `${center < 0 ? '−' : ''}${Math.abs(center).toFixed(2)} ± ${error.toFixed(2)}`;
}

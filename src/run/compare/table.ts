import { markdownTable } from 'markdown-table';
import { formatCount, formatRate } from '../../core/format.js';
import type { ComparisonReport } from './report.js';
import type { SeriesSummary, SummaryRow } from './summary.js';

/** Mean and, of several seeds, standard deviation in per cent: a line a method, a column a rate. */
export function overviewTable({ series, rates }: Pick<ComparisonReport, 'series' | 'rates'>): string {
  const head = ['accuracy, %', ...rates.map(formatRate), 'seeds', 'seconds'];
  const rows = series.map(({ title, rows: cells, seeds, seconds }) => [
    title,
    ...rates.map((_, i) => (cells.length === 0 ? '–' : meanCell(cells[i]))),
    ...[String(seeds.length), formatSeconds(seconds)],
  ]);
  return markdownTable([head, ...rows], { align: ['l', ...head.slice(1).map(() => 'r')] });
}

/** All numbers: a line a method and rate. */
export function detailTable({ series }: Pick<ComparisonReport, 'series'>): string {
  const sizes = ['non-zeros', 'actual rate', 'MACs', 'sequences'];
  const head = ['', 'rate', ...sizes, 'mean, %', 'at a(r), %', 'deviation', 'least, %', 'seconds'];
  const rows = series.flatMap(detailRows);
  return markdownTable([head, ...rows], { align: ['l', ...head.slice(1).map(() => 'r')] });
}

/** The trainings that diverged, or nothing. */
export function divergedNote({ series }: Pick<ComparisonReport, 'series'>): string {
  const names = series.flatMap(({ diverged }) => diverged.map(({ job, why }) => `${job} (${why})`));
  return names.length === 0 ? '' : `Diverged, and left out of the means: ${[...new Set(names)].join('; ')}.`;
}

function detailRows({ title, rows, seconds }: SeriesSummary): string[][] {
  return rows.map(({ rate, nonzeros, actualRate, macs, sequences, ...shares }) => [
    ...[
      title,
      formatRate(rate),
      formatCount(nonzeros),
      actualRate.toFixed(4),
      formatCount(macs),
      formatCount(sequences),
    ],
    ...[shares.mean, shares.meanAtThreshold, shares.deviation, shares.least].map((share) => percent(share, 2)),
    formatSeconds(seconds),
  ]);
}

/** A dash where nobody knows. */
function formatSeconds(seconds: number | null): string {
  return seconds?.toFixed(0) ?? '–';
}

function meanCell({ mean, deviation, accuracies }: SummaryRow): string {
  return accuracies.length === 1 ? percent(mean) : `${percent(mean)} ± ${percent(deviation)}`;
}

function percent(share: number, digits = 1): string {
  return (100 * share).toFixed(digits);
}

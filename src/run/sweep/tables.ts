import { markdownTable } from 'markdown-table';
import { formatPercent, formatRate } from '../../core/format.js';
import type { SeriesSummary, SummaryRow } from '../compare/summary.js';
import type { Difference } from './differences.js';
import type { SearchReport, SweepReport } from './sweep-report.js';

/** Mean and deviation over the seeds in per cent: a line a recipe and method, a column a rate. */
export function accuracyTable({ comparison: { series, rates } }: SweepReport): string {
  const head = ['accuracy, %', ...rates.map(formatRate), 'splits', 'seeds'];
  const rows = series.map((line) => [
    line.title,
    ...cellsOf(line, rates),
    `${line.splits.length}`,
    `${line.seeds.length}`,
  ]);
  return markdownTable([head, ...rows], { align: alignment(head) });
}

function cellsOf({ rows }: SeriesSummary, rates: readonly number[]): string[] {
  return rates.map((_, i) => (rows.length === 0 ? '–' : meanCell(rows[i])));
}

/** Mean differences from the first line in points, with their interval of 95 %. */
export function differencesTable({ differences, comparison: { rates } }: SweepReport): string {
  if (differences.length === 0) return '';
  const head = ['points', ...rates.map(formatRate), 'pairs'];
  const rows = differences.map(({ title, rates: all }) => [
    title,
    ...all.map(differenceCell),
    String(Math.min(...all.map(({ pairs }) => pairs))),
  ]);
  return markdownTable([head, ...rows], { align: alignment(head) });
}

/** What differs from recipe to recipe, a column a setting, beside the mean over all rates; the best first. */
export function recipesTable({ variants, comparison: { series } }: SweepReport): string {
  const paths = [...new Set(variants.flatMap(({ settings }) => Object.keys(settings)))];
  if (paths.length === 0) return '';
  const head = ['recipe', ...paths, 'mean of all rates, %', 'least, %'];
  const rows = variants.map(({ name, base, settings }) => {
    const rates = series.find((line) => line.recipe === name)?.rows ?? [];
    const mean = rates.reduce((total, row) => total + row.mean / rates.length, 0);
    const least = Math.min(...rates.map((row) => row.least));
    const cells = paths.map((path) => String(settings[path] ?? '–'));
    return { mean: rates.length === 0 ? -1 : mean, cells: [base, ...cells, share(mean, rates), share(least, rates)] };
  });
  const sorted = rows.toSorted((a, b) => b.mean - a.mean).map(({ cells }) => cells);
  return markdownTable([head, ...sorted], { align: alignment(head) });
}

/** The rungs of one split's search: validation accuracy of each recipe, the best of the last rung first. */
export function searchTable({ rungs, chosen }: SearchReport): string {
  const head = ['recipe', ...rungs.map(({ epochs }) => `${epochs} epochs`), 'chosen'];
  const names = rungs[0].candidates.map(({ name }) => name);
  const rows = names.map((name) => {
    const scores = rungs.map(({ candidates }) => candidates.find((one) => one.name === name)?.score);
    return { scores, cells: [name, ...scores.map(scoreCell), name === chosen ? 'yes' : '–'] };
  });
  const sorted = rows.toSorted((a, b) => compareScores(a.scores, b.scores)).map(({ cells }) => cells);
  return markdownTable([head, ...sorted], { align: alignment(head) });
}

type Score = number | null | undefined;

/** Those of later rungs first, then by what they had there. */
function compareScores(a: readonly Score[], b: readonly Score[]): number {
  for (let rung = a.length - 1; rung >= 0; rung--) {
    const difference = (b[rung] ?? -2) - (a[rung] ?? -2);
    if (difference !== 0) return difference;
  }
  return 0;
}

function scoreCell(score: Score): string {
  if (score === undefined) return '–';
  return score === null ? 'open' : score < 0 ? 'diverged' : formatPercent(score);
}

function meanCell({ mean, deviation, accuracies }: SummaryRow): string {
  return accuracies.length === 1 ? percent(mean) : `${percent(mean)} ± ${percent(deviation)}`;
}

function differenceCell({ pairs, mean, low, high }: Difference): string {
  if (pairs === 0) return '–';
  const interval = low === undefined || high === undefined ? '' : ` (${signed(low)} to ${signed(high)})`;
  return `${signed(mean)}${interval}`;
}

/** In points, with its sign; what is rounded to nothing has none. */
function signed(share: number): string {
  const points = (100 * share).toFixed(1);
  if (Number(points) === 0) return '0.0';
  return share > 0 ? `+${points}` : points.replace('-', '−');
}

function share(value: number, rows: readonly unknown[]): string {
  return rows.length === 0 ? '–' : percent(value);
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}

function alignment(head: readonly string[]): string[] {
  return ['l', ...head.slice(1).map(() => 'r')];
}

import { markdownTable } from 'markdown-table';
import { formatPercent, formatRate } from '../../core/format.js';
import type { Confusion } from './confusion.js';

/** The confusion matrix at a rate as a Markdown table: a line a true class, a column an answer by its number. */
export function confusionTable(rate: number, classes: readonly string[], { counts, accuracies }: Confusion): string {
  const head = ['class', ...classes.map((_, i) => String(i + 1)), 'accuracy'];
  const rows = counts.map((row, i) => [
    `${i + 1} ${classes[i]}`,
    ...row.map((count) => (count === 0 ? '·' : String(count))),
    formatAccuracy(accuracies[i]),
  ]);
  const table = markdownTable([head, ...rows], { align: ['l', ...classes.map(() => 'r'), 'r'] });
  return `Rate ${formatRate(rate)}, true class by answer:\n\n${table}`;
}

export function formatAccuracy(accuracy: number | null): string {
  return accuracy === null ? '–' : formatPercent(accuracy);
}

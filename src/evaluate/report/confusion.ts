import { markdownTable } from 'markdown-table';
import { formatPercent, formatRate } from '../../core/format.js';
import { mean } from '../../core/math.js';
/** How often each class was taken for each. */
export interface Confusion {
  /** [true class][answer] */
  readonly counts: readonly (readonly number[])[];
  /** Share of right answers among the sequences of each class; null of a class without any. */
  readonly accuracies: readonly (number | null)[];
}

/** @param labels true classes; @param answers what was answered to each; both numbers below `classes` */
export function confusionOf(classes: number, labels: readonly number[], answers: readonly number[]): Confusion {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [i, label] of labels.entries()) counts[label][answers[i]]++;
  return { counts, accuracies: counts.map(accuracyOf) };
}

function accuracyOf(row: readonly number[], label: number): number | null {
  const total = row.reduce((sum, count) => sum + count, 0);
  return total === 0 ? null : row[label] / total;
}

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

/** Mean of the accuracies of the classes that have sequences; 0 of none. */
export function classMean({ accuracies }: Confusion): number {
  return mean(accuracies.filter((accuracy) => accuracy !== null));
}

import { markdownTable } from 'markdown-table';
import { formatCounted, formatPercent, formatRate } from '../../core/format.js';
import type { UnknownReport } from './unknown.js';

const RULE = ['by the rule of the model', 'known refused', 'unknown refused'];

/** How well unknown movements are refused, rate by rate, as a Markdown table with a line above and below. */
export function unknownTable({ dataset, known, unknown, taught, rates }: UnknownReport): string {
  const hasRule = rates.some(({ rule }) => rule);
  const head = ['rate', 'AUROC', 'threshold', 'unknown refused', ...(hasRule ? RULE : [])];
  const rows = rates.map(({ rate, auroc, threshold, refused, rule }) => [
    formatRate(rate),
    auroc.toFixed(3),
    threshold.toFixed(3),
    formatPercent(refused),
    ...(rule ? [rule.threshold.toFixed(3), formatPercent(rule.known), formatPercent(rule.unknown)] : []),
  ]);
  const aside =
    taught > 0
      ? ` ${formatCounted(taught, 'recording')} of classes that the model was taught ${taught === 1 ? 'is' : 'are'} left aside.`
      : '';
  return [
    `Unknown: ${formatCounted(unknown, 'recording')} of ${dataset} against ${formatCounted(known, 'known one')}.${aside}`,
    markdownTable([head, ...rows], { align: head.map(() => 'r') }),
    'AUROC: the share of pairs in which the model is surer of the known one. Below the threshold 5 % of the known ones are refused.',
  ].join('\n\n');
}

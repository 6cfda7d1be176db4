import { markdownTable } from 'markdown-table';
import { aReport, checkArguments } from '../../core/arguments.js';
import { formatCount, formatPercent, formatRate } from '../../core/format.js';
import type { Report, ReportRow } from './report.js';

/**
 * The report as a Markdown table; below it the layers that some rate emptied, and what a reader should know.
 * @example
 * console.log(reportTable(createReport(model, dataset)));
 */
export function reportTable(report: Report): string {
  checkArguments('reportTable', { report: [aReport, report] });
  const { rates, notes: remarks } = report;
  const head = ['rate', 'trained', 'non-zeros', 'effective', 'MACs', 'bytes', 'accuracy', 'class mean'];
  const align = ['r', 'c', 'r', 'r', 'r', 'r', 'r', 'r'];
  const table = markdownTable([head, ...rates.map(cells)], { align });
  const notes = [...rates.filter(({ emptied }) => emptied.length > 0).map(emptiedNote), ...remarks];
  return notes.length === 0 ? table : `${table}\n\n${notes.join('\n')}`;
}

function cells({ rate, trained, nonzeros, effective, macs, bytes, accuracy, classMean }: ReportRow): string[] {
  const sizes = [nonzeros, effective, macs, bytes].map(formatCount);
  return [formatRate(rate), trained ? 'yes' : '–', ...sizes, formatPercent(accuracy), formatPercent(classMean)];
}

function emptiedNote({ rate, emptied }: ReportRow): string {
  return `At rate ${formatRate(rate)} no weight is left in ${emptied.join(', ')}.`;
}

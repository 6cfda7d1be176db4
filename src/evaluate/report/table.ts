import { markdownTable } from 'markdown-table';
import type { Report, ReportRow } from './report.js';

/** The report as a Markdown table, and below it the layers that some rate emptied. */
export function reportTable({ rates }: Report): string {
  const head = ['rate', 'trained', 'non-zeros', 'effective', 'MACs', 'bytes', 'accuracy'];
  const align = ['r', 'c', 'r', 'r', 'r', 'r', 'r'];
  const table = markdownTable([head, ...rates.map(cells)], { align });
  const notes = rates.filter(({ emptied }) => emptied.length > 0).map(emptiedNote);
  return notes.length === 0 ? table : `${table}\n\n${notes.join('\n')}`;
}

/** A whole number with commas between the thousands. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** A share as a percentage with one decimal. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A rate in as few digits as tell it apart, at most six. */
export function formatRate(rate: number): string {
  return String(Number(rate.toFixed(6)));
}

function cells({ rate, trained, nonzeros, effective, macs, bytes, accuracy }: ReportRow): string[] {
  const sizes = [nonzeros, effective, macs, bytes].map(formatCount);
  return [formatRate(rate), trained ? 'yes' : '–', ...sizes, formatShare(accuracy)];
}

function emptiedNote({ rate, emptied }: ReportRow): string {
  return `At rate ${formatRate(rate)} no weight is left in ${emptied.join(', ')}.`;
}

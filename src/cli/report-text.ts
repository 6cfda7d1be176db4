import { Help } from 'commander';
import type { Report } from '../evaluate/report/report.js';
import { reportTable } from '../evaluate/report/table.js';

/** The report as a terminal shows it: sentences below the table keep to its width; without a terminal they are lines. */
export function reportText(report: Report, columns = process.stdout.columns): string {
  const notes = columns ? report.notes.map((note) => new Help().boxWrap(note, columns)) : report.notes;
  return reportTable({ ...report, notes });
}

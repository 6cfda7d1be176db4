import { basename, dirname, join } from 'node:path';
import { DivergenceError } from '../../core/errors.js';
import { makeFolder, writeWhole } from '../../core/node/write.js';
import { allJobs, type Comparison } from '../../run/compare/comparison.js';
import { type ComparisonReport, createComparisonReport } from '../../run/compare/report.js';
import { divergedNote, overviewTable } from '../../run/compare/table.js';
import { runInFolder } from '../jobs/run.js';
import { printResult } from '../options.js';

export interface CompareRun {
  /** Where the jobs' results are kept. */
  readonly folder: string;
  /** Name or path of the data. */
  readonly data: string;
  readonly processes: number;
  /** The command, for the report. */
  readonly command: string;
}

/**
 * Runs what a comparison lacks, writes its report as PATH.md, PATH.json and PATH.svg, and prints it.
 * @throws InterruptedError; what is done is kept, and the checkpoints of what is not. DivergenceError if every seed has one that diverged
 */
export async function reportComparison(
  comparison: Comparison,
  run: CompareRun,
  path: string,
  json: boolean | undefined,
): Promise<void> {
  makeFolder(dirname(path));
  const report = await runComparison(comparison, run);
  await saveComparison(report, dirname(path), basename(path));
  printResult(json, report, () => describeComparison(report, path));
  if (report.series.every(({ rows }) => rows.length === 0)) {
    throw new DivergenceError('For every seed a training diverged; the report says why, and what to change.');
  }
}

async function runComparison(comparison: Comparison, run: CompareRun): Promise<ComparisonReport> {
  const jobs = allJobs(comparison);
  const { folder, data, processes } = run;
  const results = await runInFolder(() => jobs, { folder, data, processes, threads: 1 });
  return createComparisonReport(comparison, results, run.command);
}

/** Writes name.md, name.json and name.svg. */
async function saveComparison(report: ComparisonReport, folder: string, name: string): Promise<void> {
  const { renderComparison } = await import('../../run/compare/render.js'); // takes a while to load
  for (const [kind, text] of Object.entries(renderComparison(report, `${name}.svg`))) {
    writeWhole(join(folder, `${name}.${kind}`), text);
  }
}

/** Title, table and where the files are, for a reader; `path` without extension. */
function describeComparison(report: ComparisonReport, path: string): string {
  const written = `Report:  ${path}.md\nPicture: ${path}.svg`;
  return [report.title, overviewTable(report), divergedNote(report), written].filter(Boolean).join('\n\n');
}

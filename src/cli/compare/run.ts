import { basename, dirname, join } from 'node:path';
import { DivergenceError, InterruptedError } from '../../core/errors.js';
import { makeFolder, writeWhole } from '../../core/node/write.js';
import { allJobs, type Comparison } from '../../run/compare/comparison.js';
import { runPool } from '../../run/compare/node/pool.js';
import { ResultsFolder } from '../../run/compare/node/results-folder.js';
import { type ComparisonReport, createComparisonReport } from '../../run/compare/report.js';
import { divergedNote, overviewTable } from '../../run/compare/table.js';
import { onInterrupt } from '../failure.js';
import { printResult } from '../options.js';
import { pluginPaths } from '../plugins.js';
import { createJobsProgress } from './progress.js';

export interface CompareRun {
  /** Where the jobs' results are kept. */
  readonly folder: string;
  readonly processes: number;
  /** The command, for the report. */
  readonly command: string;
}

/**
 * Runs what a comparison lacks, writes its report as PATH.md, PATH.json and PATH.svg, and prints it.
 * @throws InterruptedError; what is done is kept. DivergenceError if every seed has one that diverged
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
  const folder = new ResultsFolder(run.folder, comparison.dataset);
  const jobs = allJobs(comparison);
  const results = folder.load(jobs);
  folder.make();
  const progress = createJobsProgress(jobs, results, run.processes);
  const interrupt = onInterrupt('Stopping; finished jobs are kept');
  try {
    await runPool(
      jobs.filter(({ name }) => !results.has(name)),
      {
        processes: run.processes,
        plugins: pluginPaths(process.argv.slice(2)),
        signal: interrupt.signal,
        onShare: progress.share,
        onResult: (job, result) => {
          results.set(job.name, folder.save(job, result));
          progress.finish(job, result);
        },
      },
    );
  } finally {
    progress.stop();
    interrupt.release();
  }
  if (results.size < jobs.length) throw interrupted(results.size, jobs.length, run.folder);
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

function interrupted(done: number, all: number, folder: string): InterruptedError {
  return new InterruptedError(
    `Interrupted: ${done} of ${all} jobs are kept in ${folder}. Run the same command again to continue.`,
  );
}

import { writeWhole } from '../../../core/node/write.js';
import type { SweepPlan } from '../plan.js';
import { sweepSource } from '../sweep-jobs.js';
import { createSweepReport, type SweepReport } from '../sweep-report.js';
import { type SweepFolder, sweepStatus } from './sweep-folder.js';

/** Writes report.md, .json, .svg and .html of what is done. */
export async function writeReport(folder: SweepFolder, plan: SweepPlan): Promise<SweepReport> {
  const { renderSweep } = await import('../render.js'); // takes a while to load
  const { sweepPage } = await import('../page.js');
  const report = createSweepReport(plan, folder.finished(sweepSource(plan)));
  const files = { ...renderSweep(report), html: sweepPage(report, sweepStatus(folder, plan)) };
  for (const [kind, text] of Object.entries(files)) {
    if (text !== '') writeWhole(folder.file(`report.${kind}`), text, `.${process.pid}`);
  }
  return report;
}

/** Writes the page anew now and then while a sweep runs. @returns what ends that */
export function keepPage(folder: SweepFolder, plan: SweepPlan, seconds = 10): () => Promise<void> {
  let writing: Promise<void> | undefined;
  const timer = setInterval(() => {
    writing ??= writePage(folder, plan)
      .catch(() => {}) // the page is an extra: what is wrong with the folder, its jobs tell
      .finally(() => {
        writing = undefined;
      });
  }, seconds * 1000).unref();
  return async () => {
    clearInterval(timer);
    await writing;
  };
}

async function writePage(folder: SweepFolder, plan: SweepPlan): Promise<void> {
  const { sweepPage } = await import('../page.js');
  const report = createSweepReport(plan, folder.finished(sweepSource(plan)));
  writeWhole(folder.file('report.html'), sweepPage(report, sweepStatus(folder, plan)), `.${process.pid}`);
}

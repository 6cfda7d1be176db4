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

/** Writes the page anew now and then while a sweep runs, if there is news. @returns what ends that */
export function keepPage(folder: SweepFolder, plan: SweepPlan, seconds = 10): () => void {
  let isBusy = false;
  const timer = setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      await writePage(folder, plan);
    } catch {
      // the page is an extra: what is wrong with the folder, its jobs tell
    }
    isBusy = false;
  }, seconds * 1000).unref();
  return () => clearInterval(timer);
}

async function writePage(folder: SweepFolder, plan: SweepPlan): Promise<void> {
  const { sweepPage } = await import('../page.js');
  const report = createSweepReport(plan, folder.finished(sweepSource(plan)));
  writeWhole(folder.file('report.html'), sweepPage(report, sweepStatus(folder, plan)), `.${process.pid}`);
}

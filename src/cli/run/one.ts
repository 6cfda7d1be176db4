import type { Dataset } from '../../data/dataset.js';
import { enableFast } from '../../kernels/node/fast-node.js';
import { createReport, type Report } from '../../report/report.js';
import { createTraining } from '../../train/create-training.js';
import { clipsWithin, openNodeClips } from '../../train/node/clip-file-node.js';
import type { RunFolder } from '../../train/node/run-folder-node.js';
import { runTraining } from '../../train/node/run-training-node.js';
import { startNodeWorkers } from '../../train/node/workers-node.js';
import type { Recipe } from '../../train/recipe.js';
import type { Training } from '../../train/training.js';
import { createProgress } from '../progress.js';
import { onInterrupt } from './interrupt.js';

/** A recipe, the data that it names, and how many threads work on it. */
export interface Experiment {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly threads: number;
}

/** What a finished run gives: its report, how long it trained, and where everything lies. */
export interface RunResult extends Report {
  readonly seconds: number;
  readonly run: string;
}

/** Trains one network and reports on it; the folder is opened when everything has been checked. */
export async function runOne(
  { recipe, dataset, threads }: Experiment,
  openFolder: () => RunFolder,
): Promise<RunResult> {
  if (recipe.arithmetic === 'fast') enableFast();
  const training = createTraining(recipe, dataset, {
    ...{ threads, startWorkers: startNodeWorkers },
    ...{ createClips: clipsWithin(), openClips: openNodeClips },
  });
  try {
    const folder = openFolder();
    const seconds = await trainIn(training, folder);
    const { split } = training;
    const report = createReport(folder.model(), dataset, { split: split.name, rates: recipe.report });
    await saveReport(folder, report);
    folder.saveExample(dataset.samples[split.test[0]]);
    return { ...report, seconds: Math.round(seconds * 10) / 10, run: folder.path };
  } finally {
    training.close();
  }
}

export async function saveReport(folder: RunFolder, report: Report): Promise<void> {
  const { renderReport } = await import('../../report/render.js'); // takes a while to load
  folder.saveReport(renderReport(report));
}

async function trainIn(training: Training, folder: RunFolder): Promise<number> {
  const interrupt = onInterrupt();
  const progress = createProgress(training.recipe.training.epochs, folder.checkpoint()?.state.epoch ?? 0);
  try {
    return await runTraining(training, folder, { onEvent: progress.show, signal: interrupt.signal });
  } finally {
    progress.stop();
    interrupt.release();
  }
}

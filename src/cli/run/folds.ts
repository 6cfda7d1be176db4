import { join } from 'node:path';
import { sum } from '../../core/statistics.js';
import { parseValidationName, validationName } from '../../data/validation.js';
import type { ReportRow } from '../../evaluate/report/report.js';
import { holdsRun, RunFolder } from '../../run/node/run-folder.js';
import { runNetwork } from './network.js';
import { type Experiment, type RunResult, saveReport } from './one.js';
import { resumable } from './part.js';

/** The split that stands for all folds of a data set, one after the other. */
const ALL_FOLDS = '5-fold';
const FOLD = /^fold\d$/;

/** The runs of all folds, and their mean. */
export interface FoldsResult extends RunResult {
  readonly folds: readonly RunResult[];
}

/** Whether a recipe asks for all folds of a data set that has some. */
export function isAllFolds(experiment: Pick<Experiment, 'recipe' | 'dataset'>): boolean {
  return foldSplits(experiment).length > 0;
}

/** The splits that `5-fold` or `5-fold/validation-1` stands for in a data set; of other splits, none. */
export function foldSplits({ recipe: { split = '' }, dataset }: Pick<Experiment, 'recipe' | 'dataset'>): string[] {
  const { base, part } = parseValidationName(split) ?? { base: split };
  if (base !== ALL_FOLDS) return [];
  const names = dataset.splits.map(({ name }) => name).filter((name) => FOLD.test(name));
  return names.sort().map((name) => (part === undefined ? name : validationName(name, part)));
}

/** Trains one network a fold, each in a folder of its own inside the run, and reports the mean. */
export async function runFolds(experiment: Experiment, folder: RunFolder): Promise<FoldsResult> {
  const splits = foldSplits(experiment);
  const folds: RunResult[] = [];
  for (const split of splits) {
    console.error(`${split} of ${splits.length}`);
    const recipe = { ...experiment.recipe, split };
    const fold = parseValidationName(split)?.base ?? split;
    folds.push(await runFold({ ...experiment, recipe }, join(folder.path, fold), folder.path));
  }
  const { seconds: _seconds, run: _run, validation: _validation, ...first } = folds[0];
  const [sequences, seen] = [sum(folds.map((fold) => fold.sequences)), sum(folds.map((fold) => fold.seen))];
  const { split = ALL_FOLDS } = experiment.recipe;
  const report = { ...first, split, sequences, seen, rates: first.rates.map((_, i) => meanRow(folds, i)) };
  await saveReport(folder, report);
  const total = Math.round(sum(folds.map((fold) => fold.seconds)) * 10) / 10;
  return { ...report, seconds: total, run: folder.path, folds };
}

function runFold(experiment: Experiment, path: string, whole: string): Promise<RunResult> {
  const open = () => (holdsRun(path) ? RunFolder.open(path) : RunFolder.create(path, experiment.recipe));
  return resumable(whole, path, () => runNetwork(experiment, open));
}

/** One rate over all folds: the mean of their accuracies and sizes, and all their test sequences. */
export function meanRow(folds: readonly Pick<RunResult, 'rates'>[], index: number): ReportRow {
  const rows = folds.map(({ rates }) => rates[index]);
  const mean = (key: 'effective' | 'macs' | 'bytes' | 'accuracy') => sum(rows.map((row) => row[key])) / rows.length;
  const [effective, macs, bytes] = (['effective', 'macs', 'bytes'] as const).map((key) => Math.round(mean(key)));
  return {
    ...rows[0],
    ...{ effective, macs, bytes, accuracy: mean('accuracy') },
    ...{ correct: sum(rows.map(({ correct }) => correct)), total: sum(rows.map(({ total }) => total)) },
    emptied: [...new Set(rows.flatMap(({ emptied }) => emptied))],
  };
}

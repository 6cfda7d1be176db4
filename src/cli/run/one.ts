import type { Dataset, Split } from '../../data/dataset.js';
import { partOf } from '../../data/validation.js';
import { calibrate, stateAccuracy } from '../../evaluate/calibrate.js';
import { evaluate } from '../../evaluate/evaluate.js';
import { labelledSequences } from '../../evaluate/labelled-sequences.js';
import { createReport, type Report } from '../../evaluate/report/report.js';
import { enableFast } from '../../kernels/node/fast.js';
import type { Model } from '../../model/model.js';
import type { RunFolder } from '../../run/node/run-folder.js';
import { runTraining } from '../../run/node/run-training.js';
import { createTraining } from '../../train/create-training.js';
import { clipsWithin, openNodeClips } from '../../train/node/clip-file.js';
import { startNodeWorkers } from '../../train/node/workers.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { Training } from '../../train/training.js';
import { createProgress } from '../progress.js';

/** A recipe, the data that it names, and how many threads work on it. */
export interface Experiment {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly threads: number;
  /** Ends the training that is under way, and those that would follow. */
  readonly signal: AbortSignal;
}

/** What a finished run gives: its report, how long it trained, and where everything lies. */
export interface RunResult extends Report {
  readonly seconds: number;
  readonly run: string;
  /** Of the network that was trained before without the validation part. */
  readonly validation?: RunResult;
}

/**
 * Trains one network and reports on it; the folder is opened when everything has been checked.
 * @param heldOut the network of the same recipe that was trained without the validation part, if there is one
 */
export async function runOne(
  { recipe, dataset, threads, signal }: Experiment,
  openFolder: () => RunFolder,
  heldOut?: Model,
): Promise<RunResult> {
  if (recipe.arithmetic === 'fast') enableFast();
  const training = createTraining(recipe, dataset, {
    ...{ threads, startWorkers: startNodeWorkers },
    ...{ createClips: clipsWithin(), openClips: openNodeClips },
  });
  try {
    const folder = openFolder();
    const seconds = await trainIn(training, folder, signal);
    const { split } = training;
    const model = describeModel(folder.model(), { recipe, dataset, split, heldOut });
    folder.saveModel(model);
    const report = createReport(model, dataset, { split: split.name, rates: recipe.report });
    await saveReport(folder, report);
    folder.saveExample(dataset.samples[split.test[0]]);
    return { ...report, seconds: Math.round(seconds * 10) / 10, run: folder.path };
  } finally {
    training.close();
  }
}

interface Findings extends Pick<Experiment, 'recipe' | 'dataset'> {
  readonly split: Split;
  readonly heldOut: Model | undefined;
}

/** The model with its temperatures, where validation sequences are at hand, and its accuracy at the report's rates. */
function describeModel(trained: Model, { recipe, dataset, split, heldOut }: Findings): Model {
  const sequences = labelledSequences(trained, dataset, split.test);
  const part = partOf(split.name);
  const model = part === 'validation' ? calibrate(trained, sequences) : inheriting(trained, heldOut);
  const facts = { part, split: split.name, sequences: sequences.length };
  return stateAccuracy(model, facts, evaluate(model, sequences, recipe.report));
}

function inheriting(model: Model, heldOut: Model | undefined): Model {
  if (heldOut === undefined) return model;
  const { temperatures, provenance } = heldOut.description;
  return model.describedBy({
    temperatures,
    provenance: { ...model.description.provenance, accuracy: provenance.accuracy },
  });
}

export async function saveReport(folder: RunFolder, report: Report): Promise<void> {
  const { renderReport } = await import('../../evaluate/report/render.js'); // takes a while to load
  folder.saveReport(renderReport(report));
}

async function trainIn(training: Training, folder: RunFolder, signal: AbortSignal): Promise<number> {
  const progress = createProgress(training.recipe.training.epochs, folder.checkpoint()?.state.epoch ?? 0);
  try {
    return await runTraining(training, folder, { onEvent: progress.show, signal });
  } finally {
    progress.stop();
  }
}

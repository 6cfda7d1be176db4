import { join } from 'node:path';
import { InterruptedError } from '../../core/errors.js';
import { shellWord } from '../../core/format.js';
import type { Dataset, Split } from '../../data/dataset.js';
import { selectSplit } from '../../data/splits.js';
import { partOf, validationName } from '../../data/validation.js';
import { calibrate, stateAccuracy } from '../../evaluate/calibrate.js';
import { evaluate } from '../../evaluate/evaluate.js';
import { labelledSequences } from '../../evaluate/labelled-sequences.js';
import { fitRejection } from '../../evaluate/rejection/fit.js';
import { createReport, type Report } from '../../evaluate/report/report.js';
import { type FittedThresholds, fitThresholds } from '../../evaluate/stream/fit-thresholds.js';
import { type KnownStream, validationStreams } from '../../evaluate/stream/validation-streams.js';
import { enableFast } from '../../kernels/node/fast.js';
import { decodeModel, encodeModel } from '../../model/file/file.js';
import type { Model } from '../../model/model.js';
import type { StreamContract } from '../../runtime/file/header.js';
import { WINDOW } from '../../runtime/stream/options.js';
import { createTraining } from '../../train/create-training.js';
import { clipsWithin, openNodeClips } from '../../train/node/clip-file.js';
import { startNodeWorkers } from '../../train/node/workers.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { type TrainEvent, train } from '../../train/train.js';
import type { Training } from '../../train/training.js';
import type { ChoiceEvent } from './choose-recipe.js';
import { holdsRun, RunFolder } from './run-folder.js';
import { runTraining } from './run-training.js';

/** The folder, inside that of a calibrated run, of the run without the validation part. */
export const VALIDATION_FOLDER = 'validation';

/**
 * What happens in an experiment, in order: a fold begins, or of folds at the same time one is that far, from 0 to 1; of an automatic recipe, its trials and the choice; of a recipe that calibrates, the training without the
 * validation part and then that with all sequences; a training starts, from its checkpoint if it has one, tells of its
 * epochs, and ends.
 */
export type ExperimentEvent =
  | { readonly type: 'fold'; readonly split: string; readonly folds: number }
  | { readonly type: 'fold-progress'; readonly split: string; readonly share: number }
  | ChoiceEvent
  | { readonly type: 'calibration'; readonly trains: 'without validation part' | 'all'; readonly split: string }
  | { readonly type: 'start'; readonly split: string; readonly epochs: number; readonly done: number }
  | TrainEvent
  | { readonly type: 'end'; readonly split: string; readonly seconds: number };

/** How an experiment runs, who is told of it, and who may end it; none of it changes a bit of the result. */
export interface NetworkRunOptions {
  /** Threads to train with; 1 by default. */
  readonly threads?: number | undefined;
  readonly onEvent?: ((event: ExperimentEvent) => void) | undefined;
  /** Ends the training that is under way after its epoch, and those that would follow. */
  readonly signal?: AbortSignal | undefined;
}

/** A network, trained and measured. */
export interface NetworkRun {
  readonly model: Model;
  readonly report: Report;
  /** Time of its training, to a tenth, interruptions not counted. */
  readonly seconds: number;
  /** Path of its run folder, if it has one. */
  readonly folder: string | undefined;
  /** Of a network on validation: the thresholds that its model file states to a stream, if there were streams to choose them on. */
  readonly thresholds?: FittedThresholds | undefined;
  /** The network that was trained before it without the validation part, if it was calibrated. */
  readonly validation?: NetworkRun;
}

/** Opens the run folder when everything has been checked; gives undefined where nothing is to be written. */
export type OpenFolder = () => RunFolder | undefined;

/**
 * Trains one network; a recipe that calibrates trains another before it, in the same way but without validation part 1,
 * and takes its temperatures and its rule for what is too unsure.
 */
export async function runNetwork(
  recipe: Recipe,
  dataset: Dataset,
  openFolder: OpenFolder,
  options: NetworkRunOptions,
): Promise<NetworkRun> {
  if (!recipe.calibrate) return runOne(recipe, dataset, openFolder, options);
  const base = selectSplit(dataset, recipe.split).name;
  const split = validationName(base, 1);
  const folder = openFolder();
  options.onEvent?.({ type: 'calibration', trains: 'without validation part', split });
  const validation = await runPart({ ...recipe, split, calibrate: false }, VALIDATION_FOLDER, folder, (part, open) =>
    runOne(part, dataset, open, options),
  );
  options.onEvent?.({ type: 'calibration', trains: 'all', split: base });
  return { ...(await runOne(recipe, dataset, () => folder, options, validation.model)), validation };
}

/** Runs, or goes on with, a part of a whole in a folder inside that of the whole; tells who interrupts how to go on. */
export async function runPart(
  recipe: Recipe,
  name: string,
  whole: RunFolder | undefined,
  run: (recipe: Recipe, openFolder: OpenFolder) => Promise<NetworkRun>,
): Promise<NetworkRun> {
  if (whole === undefined) return run(recipe, () => undefined);
  const path = join(whole.path, name);
  try {
    return await run(recipe, () => (holdsRun(path) ? RunFolder.open(path) : RunFolder.create(path, recipe)));
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    const mend = `Continue with: anyrate train --resume ${shellWord(whole.path)}`;
    throw new InterruptedError(`Interrupted in ${path}, which is saved. ${mend}`);
  }
}

/** @param heldOut the network of the same recipe that was trained without the validation part, if there is one */
async function runOne(
  recipe: Recipe,
  dataset: Dataset,
  openFolder: OpenFolder,
  options: NetworkRunOptions,
  heldOut?: Model,
): Promise<NetworkRun> {
  if (recipe.arithmetic === 'fast') enableFast();
  const training = createTraining(recipe, dataset, {
    threads: options.threads ?? 1,
    startWorkers: startNodeWorkers,
    createClips: clipsWithin(),
    openClips: openNodeClips,
  });
  try {
    const folder = openFolder();
    const { split } = training;
    const trained = await trainIn(training, folder, options);
    const { model, fitted } = describeModel(trained.model, recipe, dataset, split, heldOut);
    folder?.saveModel(model);
    const report = createReport(model, dataset, { split: split.name, rates: recipe.report });
    await folder?.saveReport(report);
    folder?.saveExample(dataset.samples[split.test[0]]);
    const seconds = Math.round(trained.seconds * 10) / 10;
    return { model, report, seconds, folder: folder?.path, ...(fitted && { thresholds: fitted }) };
  } finally {
    training.close();
  }
}

async function trainIn(
  training: Training,
  folder: RunFolder | undefined,
  { onEvent = () => {}, signal }: NetworkRunOptions,
): Promise<{ readonly model: Model; readonly seconds: number }> {
  const split = training.split.name;
  onEvent({
    type: 'start',
    split,
    epochs: training.recipe.training.epochs,
    done: folder?.checkpoint()?.state.epoch ?? 0,
  });
  const run = signal === undefined ? { onEvent } : { onEvent, signal };
  const seconds = await (folder ? runTraining(training, folder, run) : trainUnsaved(training, run));
  onEvent({ type: 'end', split, seconds });
  return { model: folder?.model() ?? decodeModel(encodeModel(training.model()), 'model'), seconds };
}

/** @returns seconds of training */
async function trainUnsaved(
  training: Training,
  { onEvent, signal }: { onEvent: (event: TrainEvent) => void; signal?: AbortSignal },
): Promise<number> {
  const started = performance.now();
  for await (const event of train(training, signal === undefined ? {} : { signal })) onEvent(event);
  if (training.done) return (performance.now() - started) / 1000;
  const done = `${training.epoch} of ${training.recipe.training.epochs} epochs were finished`;
  throw new InterruptedError(`Interrupted: ${done}, and nothing is saved without a run folder.`);
}

/**
 * The model with its accuracy at the report's rates and, where validation sequences are at hand, its temperatures, its rule for what is
 * too unsure, and thresholds of a stream.
 */
function describeModel(
  trained: Model,
  recipe: Recipe,
  dataset: Dataset,
  split: Split,
  heldOut: Model | undefined,
): { readonly model: Model; readonly fitted?: FittedThresholds } {
  const sequences = labelledSequences(trained, dataset, split.test);
  const part = partOf(split.name);
  const { model, ...rest } =
    part === 'validation'
      ? fitThresholds(fitRejection(calibrate(trained, sequences), sequences), streamsOf(trained, dataset, split), {
          alarms: recipe.stream?.alarms,
          stated: recipe.stream,
        })
      : { model: inheriting(trained, heldOut) };
  const facts = { part, split: split.name, sequences: sequences.length };
  return { model: stateAccuracy(model, facts, evaluate(model, sequences, recipe.report)), ...rest };
}

/** Of the validation part. */
function streamsOf({ description: { stream } }: Model, dataset: Dataset, { test }: Split): KnownStream[] {
  return validationStreams(dataset, test, (stream?.seconds ?? WINDOW) / 2);
}

function inheriting(model: Model, heldOut: Model | undefined): Model {
  if (heldOut === undefined) return model;
  const { temperatures, stream, provenance } = heldOut.description;
  return model.describedBy({
    temperatures,
    stream: { ...model.description.stream, ...thresholdsOf(stream) },
    provenance: { ...model.description.provenance, accuracy: provenance.accuracy },
  });
}

/** What is fitted on validation of what a file says to a stream. */
function thresholdsOf({ rejection, smoothing, spotting }: StreamContract = {}): StreamContract {
  return { rejection, ...(smoothing !== undefined && { smoothing }), ...(spotting && { spotting }) };
}

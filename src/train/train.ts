import { aTraining, checkArguments, optionsOf } from '../core/arguments.js';
import { nextTurn } from '../core/next-turn.js';
import { evaluate, evaluationFeatures, type LabelledSequence, type RateResult } from '../evaluate/evaluate.js';
import type { Model } from '../model/model.js';
import type { EpochReport, Training } from './training.js';

/**
 * What happens in a training, in order; progress bars, logs and pages subscribe to it. `epoch` is the last event of an
 * epoch: the moment to save a snapshot.
 */
export type TrainEvent =
  | { readonly type: 'evaluation'; readonly epoch: number; readonly results: readonly RateResult[] }
  | { readonly type: 'epoch'; readonly report: EpochReport };

/** What a run tells on its way, and who may end it. */
export interface TrainRunOptions {
  /** Rates that are evaluated on the test sequences while the training goes on; only to be looked at. */
  readonly rates?: readonly number[];
  /** Epochs between two evaluations; by default a twentieth of the training. */
  readonly every?: number;
  /** Ends the run after the epoch that is under way. */
  readonly signal?: AbortSignal;
}

const anyTrainRunOptions = optionsOf<TrainRunOptions>({ rates: true, every: true, signal: true });

/**
 * Runs a training to its end, one event an epoch; the caller may stop at any event and go on later.
 * @example
 * for await (const event of train(training, { rates: [0, 0.98] })) {
 *   if (event.type === 'evaluation') console.log(event.epoch, event.results);
 * }
 */
export async function* train(training: Training, options: TrainRunOptions = {}): AsyncGenerator<TrainEvent> {
  checkArguments('train', { training: [aTraining, training], options: [anyTrainRunOptions, options] });
  for await (const event of trainInParts(training, Number.POSITIVE_INFINITY, options)) {
    if (event.type !== 'pause') yield event;
  }
}

/** Between two steps of an epoch: a moment to save a snapshot, too. */
export interface PauseEvent {
  readonly type: 'pause';
}

/**
 * The same with pauses within an epoch, at which `signal` ends the run, too.
 * @param pauseEvery milliseconds of an epoch from one to the next
 */
export async function* trainInParts(
  training: Training,
  pauseEvery: number,
  options: TrainRunOptions,
): AsyncGenerator<TrainEvent | PauseEvent> {
  const {
    rates = [0, 0.9, 0.98],
    every = Math.max(1, Math.round(training.recipe.training.epochs / 20)),
    signal,
  } = options;
  const sequences = training.split.test.map((index) => training.dataset.samples[index]);
  let features: Float32Array[] | undefined;
  while (!training.done && signal?.aborted !== true) {
    const started = performance.now();
    const report = training.runPart(() => performance.now() - started >= pauseEvery);
    if (report === undefined) {
      yield { type: 'pause' };
      await nextTurn();
      continue;
    }
    if (report.epoch % every === 0 || training.done) {
      const model = training.model();
      features ??= cachedFeatures(model, sequences);
      yield { type: 'evaluation', epoch: report.epoch, results: evaluate(model, sequences, rates, features) };
    }
    yield { type: 'epoch', report };
    await nextTurn();
  }
}

/** Most bytes of test features that are kept from one evaluation to the next. */
const CACHE_LIMIT = 256 * 2 ** 20;

function cachedFeatures(model: Model, sequences: readonly LabelledSequence[]): Float32Array[] | undefined {
  const { nodes, channels } = model.network.input;
  const bytes = sequences.length * nodes * channels * 4;
  return bytes <= CACHE_LIMIT ? evaluationFeatures(model, sequences) : undefined;
}

import { evaluate, evaluationFeatures, type RateResult } from './evaluate.js';
import type { EpochReport, Training } from './training.js';

/** What happens in a training, in order; progress bars, logs and pages subscribe to it. */
export type TrainEvent =
  | { readonly type: 'epoch'; readonly report: EpochReport }
  | { readonly type: 'evaluation'; readonly epoch: number; readonly results: readonly RateResult[] };

export interface TrainRunOptions {
  /** Rates that are evaluated on the test sequences while the training goes on; only to be looked at. */
  readonly rates?: readonly number[];
  /** Epochs between two evaluations; by default a twentieth of the training. */
  readonly every?: number;
}

/** Runs a training to its end, one event an epoch; the caller may stop at any event and go on later. */
export async function* train(
  training: Training,
  {
    rates = [0, 0.9, 0.98],
    every = Math.max(1, Math.round(training.recipe.training.epochs / 20)),
  }: TrainRunOptions = {},
): AsyncGenerator<TrainEvent> {
  const sequences = training.split.test.map((index) => training.dataset.samples[index]);
  let features: Float32Array[] | undefined;
  while (!training.done) {
    const report = training.runEpoch();
    yield { type: 'epoch', report };
    if (report.epoch % every === 0 || training.done) {
      const model = training.model();
      features ??= evaluationFeatures(model, sequences);
      yield { type: 'evaluation', epoch: report.epoch, results: evaluate(model, sequences, rates, features) };
    }
    await nextTurn();
  }
}

/** Lets timers, signals and other callbacks run. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

import { DivergenceError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { splitsOfTraining } from '../../data/splits.js';
import { evaluate, evaluationFeatures, type RateAccuracy } from '../../evaluate/evaluate.js';
import type { Model } from '../../model/model.js';
import { cut } from '../../pruning/cut/cut.js';
import { type WeightSize, weightSize } from '../../pruning/cut/size.js';
import { priorOf } from '../../pruning/prior/prior.js';
import { nonzerosAt, rateOf } from '../../runtime/network/rate.js';
import { createTraining } from '../../train/create-training.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { Training } from '../../train/training.js';
import type { Trained } from '../methods/method.js';
import { methodNamed, trainBy } from '../methods/methods.js';
import type { Job } from './comparison.js';

/** Where, with what and when networks were trained. */
export interface Machine {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly version: string;
  /** TRAINING_REVISION: trainings of another one have other bits. */
  readonly revision: number;
}

/** A network of exactly the budget, on the test sequences of a split. */
export interface JobRow extends RateAccuracy, Pick<WeightSize, 'nonzeros' | 'macs'> {
  readonly split: string;
  /** The share of zeros that the method's own threshold gives: a(r) of a prior; exact where it has none. */
  readonly actualRate: number;
  /** Of the network of the actual rate: as the method prunes. */
  readonly accuracyAtThreshold: number;
}

export interface JobResult {
  readonly name: string;
  readonly identity: string;
  /** Where and when it was done. */
  readonly machine: Machine;
  /** Time of all trainings, without evaluation. */
  readonly seconds: number;
  readonly rows: readonly JobRow[];
  /** Why the training diverged; there are no rows then. */
  readonly diverged?: string | undefined;
}

/** A result before it is kept. */
export type JobOutcome = Omit<JobResult, 'identity' | 'machine'>;

/** Called after every epoch with the share of the job that is done; waits for it. */
export type OnShare = (share: number) => Promise<void>;

/** Trains and evaluates what a job asks for. A training that diverges is a result too. */
export async function runJob(job: Job, dataset: Dataset, onShare: OnShare): Promise<JobOutcome> {
  const method = methodNamed(job.method);
  const clock = new Clock();
  const rows: JobRow[] = [];
  let finished = 0;
  const share = 1 / (method.trainings?.(job.rates) ?? 1);
  const train = async (recipe: Recipe, start?: Model) => {
    const training = createTraining(recipe, dataset, start === undefined ? {} : { start: start.parameters });
    await clock.measure(() => runEpochs(training, (part) => onShare((finished + part) * share)));
    finished++;
    return training;
  };
  try {
    const { recipe, rates } = job;
    for await (const trained of trainBy(method, { recipe, rates, train }))
      rows.push(...evaluateTrained(trained, dataset));
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    return { name: job.name, seconds: clock.seconds, rows: [], diverged: error.message };
  }
  return { name: job.name, seconds: clock.seconds, rows };
}

async function runEpochs(training: Training, onShare: OnShare): Promise<void> {
  try {
    while (!training.done) {
      const { epoch, epochs } = training.runEpoch();
      await onShare(epoch / epochs);
    }
  } finally {
    training.close();
  }
}

function evaluateTrained({ model, rates, prior }: Trained, dataset: Dataset): JobRow[] {
  const splits = splitsOfTraining(dataset, model.description.provenance.split).filter(({ test }) => test.length > 0);
  return splits.flatMap(({ name: split, test }) => {
    const sequences = test.map((index) => dataset.samples[index]);
    const features = evaluationFeatures(model, sequences);
    const exact = evaluate(model, sequences, rates, features);
    const actual = rates.map((rate) => rateBelow(model, rate, prior && priorOf(prior).threshold(rate)));
    const atThreshold = prior === undefined ? exact : evaluate(model, sequences, actual, features);
    return exact.map(({ rate, correct, total, accuracy }, i) => {
      const { nonzeros, macs } = weightSize(cut(model, { rate }));
      const accuracyAtThreshold = atThreshold[i].accuracy;
      return { split, rate, nonzeros, actualRate: actual[i], macs, correct, total, accuracy, accuracyAtThreshold };
    });
  });
}

/** The share of latent weights within a threshold, below 1, or what the exact budget leaves out. */
function rateBelow({ parameters, network }: Model, rate: number, threshold: number | undefined): number {
  const count = network.weightCount;
  if (threshold === undefined) return rateOf(nonzerosAt(count, rate), count);
  const below = parameters.latents.map((tensor) =>
    tensor.reduce((sum, latent) => sum + (Math.abs(latent) < threshold ? 1 : 0), 0),
  );
  return rateOf(
    below.reduce((left, zeros) => left - zeros, count),
    count,
  );
}

/** Adds up the time of what it measures. */
class Clock {
  seconds = 0;

  async measure(work: () => Promise<void>): Promise<void> {
    const started = performance.now();
    await work();
    this.seconds += (performance.now() - started) / 1000;
  }
}

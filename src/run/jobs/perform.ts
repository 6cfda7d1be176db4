import { DivergenceError, InputError, InterruptedError } from '../../core/errors.js';
import { sum } from '../../core/math.js';
import { nextTurn } from '../../core/next-turn.js';
import type { Dataset } from '../../data/dataset.js';
import type { Model } from '../../model/model.js';
import { hitsOf } from '../../train/automatic/judges.js';
import { decodeCheckpoint, encodeCheckpoint, restoreCheckpoint, takeCheckpoint } from '../../train/checkpoint.js';
import { createTraining } from '../../train/create-training.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { Teacher } from '../../train/samples/teacher.js';
import type { Training, TrainingOptions } from '../../train/training.js';
import { CheckpointClock, PAUSE_EVERY } from '../checkpoint-clock.js';
import { methodNamed, trainBy } from '../methods/methods.js';
import { type Job, recipeOf } from './job.js';
import { decodeJobCheckpoint, encodeJobCheckpoint } from './job-checkpoint.js';
import { measureTrained } from './measure.js';
import type { JobResult, JobRow } from './result.js';

/** How far a job is. */
export interface JobProgress {
  /** Of the whole job, from 0 to 1. */
  readonly share: number;
  /** Of the training that is under way, the last epoch's mean cross-entropy. */
  readonly loss: number;
}

/** Where a job runs and who is told; none of it changes a bit of the result. */
export interface PerformOptions {
  readonly training?: Pick<TrainingOptions, 'threads' | 'startWorkers' | 'createClips' | 'openClips'>;
  /** Where it was left; one that is damaged, or of another job, counts for nothing. */
  readonly checkpoint?: Uint8Array | undefined;
  /** After each epoch, which waits for it. */
  readonly onProgress?: (progress: JobProgress) => Promise<void> | void;
  /** Every few seconds, and when the signal comes; the training waits for it. */
  readonly onCheckpoint?: ((bytes: Uint8Array) => Promise<void> | void) | undefined;
  /** Ends the job within a second and a step. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains and measures what a job asks for, from its checkpoint if there is one. A training that diverges is a result too.
 * @throws InterruptedError after `signal`, with the checkpoint told before. InputError where data and recipe do not fit
 */
export async function performJob(
  job: Job,
  dataset: Dataset,
  options: PerformOptions = {},
): Promise<{ readonly result: JobResult; readonly seconds: number }> {
  const { spec } = job;
  const method = methodNamed(spec.method);
  const recipe = recipeOf(spec, job.name);
  const bench = new Bench(job, dataset, method.trainings?.(spec.rates) ?? 1, options);
  const rows: JobRow[] = [];
  const hits: boolean[] = [];
  const train = (given: Recipe, start?: Model, teacher?: Teacher) => bench.train(given, start, teacher);
  try {
    for await (const trained of trainBy(method, { recipe, rates: spec.rates, train })) {
      if (spec.task === 'trial') hits.push(...hitsOf(trained.model, dataset, trained.rates));
      else rows.push(...measureTrained(trained, dataset));
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    return { result: { job: spec, rows: [], diverged: error.message }, seconds: bench.seconds };
  }
  const judged = spec.task === 'trial' ? { hits: hits.map(Number).join('') } : {};
  return { result: { job: spec, rows, ...judged }, seconds: bench.seconds };
}

/** The trainings of one job, in the order in which its method asks for them. */
class Bench {
  private readonly job: Job;
  private readonly dataset: Dataset;
  private readonly trainings: number;
  private readonly options: PerformOptions;
  /** Checkpoints of the trainings that are done, and of those that the job's checkpoint brought. */
  private readonly done: Uint8Array[] = [];
  private readonly brought: readonly Uint8Array[];
  private readonly times: number[] = [];
  private readonly checkpoints = new CheckpointClock();

  constructor(job: Job, dataset: Dataset, trainings: number, options: PerformOptions) {
    this.job = job;
    this.dataset = dataset;
    this.trainings = trainings;
    this.options = options;
    this.brought = broughtBy(job, options.checkpoint);
  }

  /** Of all trainings. */
  get seconds(): number {
    return sum(this.times);
  }

  async train(recipe: Recipe, start?: Model, teacher?: Teacher): Promise<Training> {
    const from = { ...(start && { start: start.parameters }), ...(teacher && { teacher }) };
    const training = createTraining(recipe, this.dataset, { ...this.options.training, ...from });
    try {
      await this.runEpochs(training, this.restore(training));
    } finally {
      training.close();
    }
    return training;
  }

  /** @returns seconds that were spent on it before */
  private restore(training: Training): number {
    const bytes = this.brought[this.done.length];
    if (bytes === undefined) return 0;
    const checkpoint = decodeCheckpoint(bytes, `checkpoint of ${this.job.name}`);
    restoreCheckpoint(training, checkpoint, `checkpoint of ${this.job.name}`);
    return checkpoint.seconds;
  }

  private async runEpochs(training: Training, before: number): Promise<void> {
    const { until = training.recipe.training.epochs } = this.job.spec;
    const at = this.done.length;
    const started = performance.now();
    const note = () => {
      this.times[at] = before + (performance.now() - started) / 1000;
    };
    note();
    while (training.epoch < until) {
      await this.throwIfStopped(training);
      const paused = performance.now() + PAUSE_EVERY;
      const report = training.runPart(() => performance.now() >= paused);
      note();
      if (report === undefined) await nextTurn();
      else await this.options.onProgress?.({ share: (at + report.epoch / until) / this.trainings, loss: report.loss });
      if (this.checkpoints.isDue) await this.save(training);
    }
    if (this.job.spec.until !== undefined) await this.save(training);
    if (this.trainings > 1) this.done.push(this.encode(training));
  }

  private async throwIfStopped(training: Training): Promise<void> {
    if (this.options.signal?.aborted !== true) return;
    await this.save(training);
    throw new InterruptedError(`Interrupted: ${this.job.name} after epoch ${training.epoch}.`);
  }

  private async save(training: Training): Promise<void> {
    const started = performance.now();
    const parts = [...this.done, this.encode(training)];
    await this.options.onCheckpoint?.(encodeJobCheckpoint(this.job.checkpointKey, parts));
    this.checkpoints.kept(started);
  }

  private encode(training: Training): Uint8Array {
    return encodeCheckpoint(takeCheckpoint(training, { seconds: this.times[this.done.length] }));
  }
}

function broughtBy({ checkpointKey, name }: Job, bytes: Uint8Array | undefined): readonly Uint8Array[] {
  if (bytes === undefined) return [];
  try {
    return decodeJobCheckpoint(checkpointKey, bytes, `checkpoint of ${name}`);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

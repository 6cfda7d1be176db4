import { optionsOf } from '../core/arguments.js';
import { Random } from '../core/random.js';
import { VERSION } from '../core/version.js';
import type { Dataset, Split } from '../data/dataset.js';
import { Model, type ModelDescription, type ModelParameters } from '../model/model.js';
import { Paths } from '../pruning/cut/paths.js';
import { Pipeline } from '../runtime/skeleton/pipeline.js';
import { zeroFeatures } from '../skeleton/zero-features.js';
import { checkFinite, checkLoss } from './check-finite.js';
import { foldNormalisation } from './fold-normalisation.js';
import { partMembers } from './members.js';
import { type RateDraw, rateDraw } from './rates.js';
import type { Recipe } from './recipe/recipe.js';
import {
  type ClipStore,
  type CreateClipStore,
  memoryClips,
  type OpenClips,
  openMemoryClips,
} from './samples/clip-store.js';
import { drawOrder } from './samples/draw-order.js';
import { shardFiller } from './samples/fill-shard.js';
import type { SampleSource } from './samples/sample-source.js';
import { prepareSamples } from './samples/samples.js';
import type { Teacher } from './samples/teacher.js';
import { sequencesOfEach } from './samples/windows.js';
import { createSchedule, paceOf, type Schedule } from './schedule.js';
import { stateArrays, type TrainingState } from './state.js';
import { createEngine, type StartWorkers, type StepEngine, type StepJob } from './step/engine.js';
import { JointStep } from './step/joint-step.js';
import { histogramOf } from './step/latent-terms.js';
import { pruningMask } from './step/masks/masks.js';
import { streamContractOf } from './stream-contract.js';
import { trainedParameters } from './trained-model.js';

/** Streams of random numbers that a training draws from, beside its seed. */
const STREAM = { initial: 1, order: 2, rates: 3, step: 4 };

/** How an epoch went. */
export interface EpochReport {
  /** Epochs done, this one included. */
  readonly epoch: number;
  /** Of the whole training. */
  readonly epochs: number;
  /** Mean cross-entropy over the epoch's steps and rates, in nats. */
  readonly loss: number;
  /** D_KL(P‖Q) before the last step, in nats; 0 where λ is 0. */
  readonly kl: number;
  /** σ of the band-stop function in the next step. */
  readonly crispness: number;
  /** Adam's learning rate of the latent weights in the next step. */
  readonly learningRate: number;
}

/** Where a training runs and what it starts from; none of it changes a bit of the result but `start` and `teacher`. */
export interface TrainingOptions {
  readonly threads?: number;
  /** How worker threads are started; without it the training runs on the calling thread alone. */
  readonly startWorkers?: StartWorkers;
  /** Where the clips are kept and how every thread reads them; by default in memory. */
  readonly createClips?: CreateClipStore;
  readonly openClips?: OpenClips;
  /** Where the network starts, instead of weights drawn from the prior: a model of the same network and knots. */
  readonly start?: ModelParameters;
  /** A trained network whose answers are a part of the targets. */
  readonly teacher?: Teacher;
}

export const anyTrainingOptions = optionsOf<TrainingOptions>({
  threads: true,
  startWorkers: true,
  createClips: true,
  openClips: true,
  start: true,
  teacher: true,
});

/** A training of one network for all rates. The thread count never changes a bit of it. */
export class Training {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly split: Split;
  /** Epochs done. */
  epoch = 0;
  /** Of the epoch that is under way, see `TrainingState`. */
  private loss = 0;
  private order: { readonly epoch: number; readonly indices: Int32Array } | undefined;
  private readonly clips: ClipStore;
  private readonly source: SampleSource;
  private readonly engine: StepEngine;
  private readonly joint: JointStep;
  private readonly paths: Paths | undefined;
  private readonly rates: RateDraw;
  private readonly schedule: Schedule;
  private readonly stepsPerEpoch: number;

  /**
   * @param pipeline that of the recipe and the data, where it has been made already
   * @throws InputError on a step beyond 2 GiB
   */
  constructor(
    recipe: Recipe,
    dataset: Dataset,
    split: Split,
    options: TrainingOptions = {},
    pipeline = new Pipeline(recipe.preprocessing, dataset.layout, dataset.persons),
  ) {
    const { threads = 1, startWorkers, createClips = memoryClips, openClips = openMemoryClips, teacher } = options;
    this.recipe = recipe;
    this.dataset = dataset;
    this.split = split;
    const workers = startWorkers === undefined ? 0 : threads - 1;
    const sequences = split.train.length * sequencesOfEach(recipe.augmentation);
    this.clips = createClips(sequences, pipeline.frames * pipeline.nodes * 3, workers > 0);
    const source = prepareSamples(recipe, dataset, split.train, { pipeline, store: this.clips, openClips, teacher });
    this.source = source;
    this.rates = rateDraw(recipe.pruning);
    const job = createJob(recipe, source, this.rates, workers + 1);
    this.engine = createEngine(job, { startWorkers, createFill: shardFiller(source) });
    this.stepsPerEpoch = Math.floor(sequences / job.sizes.batch);
    this.schedule = createSchedule(recipe.training, this.steps);
    const { network } = this.engine.plan;
    const zeros = zeroFeatures(recipe.preprocessing, dataset.layout, dataset.persons);
    this.paths = recipe.pruning.paths ? Paths.ofTraining(recipe.network, network, zeros) : undefined;
    this.joint = new JointStep(this.engine, recipe.pruning, this.paths);
    if (options.start === undefined) this.joint.initialise(new Random(recipe.seed, STREAM.initial));
    else this.joint.adopt(partMembers(options.start, network));
  }

  get done(): boolean {
    return this.epoch >= this.recipe.training.epochs;
  }

  /** Bytes of the training's one heap. */
  get bytes(): number {
    return this.engine.plan.bytes;
  }

  /** Runs one epoch, or what is left of it. @throws DivergenceError when a loss or a tensor is no longer finite */
  runEpoch(): EpochReport {
    return this.runPart(() => false)!;
  }

  /**
   * Runs an epoch, or what is left of it, until `isPaused` says so after a step: undefined then, and a snapshot is as good as one
   * between two epochs.
   * @throws DivergenceError when a loss or a tensor is no longer finite
   */
  runPart(isPaused: () => boolean): EpochReport | undefined {
    const { stepsPerEpoch } = this;
    const order = this.epochOrder();
    const { batch } = this.engine.plan.sizes;
    let kl = 0;
    for (let i = this.stepOfEpoch; i < stepsPerEpoch; i++) {
      const result = this.runStep(order.subarray(i * batch, (i + 1) * batch));
      this.loss += result.loss / stepsPerEpoch;
      kl = result.kl;
      if (i + 1 < stepsPerEpoch && isPaused()) {
        checkFinite(this.moment);
        return undefined;
      }
    }
    checkFinite(this.moment);
    return this.endEpoch(kl);
  }

  private endEpoch(kl: number): EpochReport {
    const { loss } = this;
    this.epoch++;
    this.loss = 0;
    const { epochs } = this.recipe.training;
    const { crispness, learningRate } = this.pace();
    return { epoch: this.epoch, epochs, loss, kl, crispness, learningRate };
  }

  /** The network as it is, the moving average of all parameters; on a line, the network at a rate. */
  model(rate = 0): Model {
    const { recipe, dataset, split, engine, joint, source, paths } = this;
    const { layout, persons, classes } = dataset;
    const description: ModelDescription = {
      layout,
      persons,
      classes,
      preprocessing: recipe.preprocessing,
      layers: recipe.network,
      stream: streamContractOf(recipe, dataset, split.train),
      provenance: {
        dataset: dataset.name,
        split: split.name,
        recipe: recipe.name,
        seed: recipe.seed,
        trainedRates: this.rates.trained,
        version: VERSION,
      },
    };
    const parameters = trainedParameters(engine, joint, source.samples, recipe.pruning, rate, paths);
    const model = new Model(description, parameters);
    return recipe.training.normalise ? foldNormalisation(model, source, engine.plan.shards[0].sequences) : model;
  }

  /** A copy of all that the training needs to go on; `takeCheckpoint` makes a file of it. */
  snapshot(): TrainingState {
    const arrays = this.stateArrays().map((array) => array.slice());
    const { epoch, loss, joint, schedule } = this;
    return { epoch, step: joint.step, loss, schedule: schedule.state.slice(), arrays };
  }

  /** Whether a snapshot is one of a training with the same recipe and data, by its epoch and step, its arrays and their lengths. */
  fits({ epoch, step, loss, schedule, arrays }: TrainingState): boolean {
    const { epochs } = this.recipe.training;
    const within = step - epoch * this.stepsPerEpoch;
    if (epoch > epochs || within < 0 || within >= (epoch === epochs ? 1 : this.stepsPerEpoch)) return false;
    if ((within === 0 && loss !== 0) || schedule.length !== this.schedule.state.length) return false;
    const here = this.stateArrays();
    const isLike = (array: Float32Array | Float64Array, i: number) =>
      array.length === here[i].length && array.constructor === here[i].constructor;
    return arrays.length === here.length && arrays.every(isLike);
  }

  /** Goes back to a snapshot of a training with the same recipe and data. */
  restore(state: TrainingState): void {
    for (const [i, array] of this.stateArrays().entries()) array.set(state.arrays[i]);
    this.epoch = state.epoch;
    this.loss = state.loss;
    this.joint.step = state.step;
    this.schedule.state = state.schedule.slice();
    this.joint.measure();
  }

  /** Ends the worker threads, and gives back the room of the clips. */
  close(): void {
    this.engine.close();
    this.clips.close();
  }

  private runStep(batch: ArrayLike<number>): { loss: number; kl: number } {
    const { seed } = this.recipe;
    const { step } = this.joint;
    const { losses, kl } = this.joint.run({
      ...this.pace(),
      batch,
      rates: this.rates.draw(new Random(seed, STREAM.rates, step), step / this.steps),
      seed: new Random(seed, STREAM.step, step).nextUint32() | 0,
    });
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    checkLoss(loss, this.moment);
    this.schedule.observe(loss);
    return { loss, kl };
  }

  private pace(): ReturnType<typeof paceOf> {
    const { step } = this.joint;
    return paceOf(this.recipe, { step, steps: this.steps, factor: this.schedule.factor(step) });
  }

  /** Of the whole training. */
  private get steps(): number {
    return this.stepsPerEpoch * this.recipe.training.epochs;
  }

  private get moment(): Parameters<typeof checkFinite>[0] {
    return { epoch: this.epoch + 1, engine: this.engine, joint: this.joint };
  }

  /** Steps done of the epoch that is under way. */
  get stepOfEpoch(): number {
    return this.joint.step - this.epoch * this.stepsPerEpoch;
  }

  /** Of the epoch that is under way; drawn once. */
  private epochOrder(): Int32Array {
    const { seed, training } = this.recipe;
    const { epoch } = this;
    if (this.order?.epoch !== epoch) {
      const random = new Random(seed, STREAM.order, epoch);
      this.order = { epoch, indices: drawOrder(this.source.samples.labels, random, training.balance) };
    }
    return this.order.indices;
  }

  private stateArrays(): (Float32Array | Float64Array)[] {
    return stateArrays(this.engine.plan, this.engine.kernels.heap.floats, this.joint);
  }
}

function createJob(
  { network, training, pruning, arithmetic }: Recipe,
  { samples, pipeline: { input } }: SampleSource,
  rates: RateDraw,
  threads: number,
): StepJob {
  const sizes = {
    rates: rates.count,
    batch: Math.min(training.batch, samples.labels.length),
    threads,
    bins: pruning.divergence.bins,
    partners: pruningMask(pruning).partners,
  };
  const { normalise: normalises } = training;
  const shape = { layers: network, input, classes: samples.classes.length, normalises };
  return { ...shape, sizes, histogram: histogramOf(pruning), mode: arithmetic, samples };
}

import { DivergenceError, InputError } from '../core/errors.js';
import { Random } from '../core/random.js';
import { VERSION } from '../core/version.js';
import type { Dataset, Split } from '../data/dataset.js';
import { allocateMemory } from '../kernels/wasm/wasm.js';
import { Model, type ModelDescription, type ModelParameters } from '../model/model.js';
import type { RateCurve } from '../runtime/network/rate-curve.js';
import { Pipeline } from '../runtime/skeleton/pipeline.js';
import { joinMembers, partMembers } from './members.js';
import type { Recipe } from './recipe/recipe.js';
import {
  type ClipStore,
  type CreateClipStore,
  memoryClips,
  type OpenClips,
  openMemoryClips,
} from './samples/clip-store.js';
import type { TrainingSamples } from './samples/fill-shard.js';
import { prepareSamples } from './samples/samples.js';
import { createSchedule, crispnessAt, type Schedule } from './schedule.js';
import type { TrainedCurve } from './step/curve-adam.js';
import { createEngine, planJob, type StartWorkers, type StepEngine, type StepJob } from './step/job.js';
import { JointStep } from './step/joint-step.js';
import { histogramOf } from './step/latent-terms.js';
import { partnersOf, settleLatents } from './step/partners.js';
import type { LatentTensor, StepPlan } from './step/plan.js';

/** Streams of random numbers that a training draws from, beside its seed. */
const STREAM = { initial: 1, order: 2, rates: 3, step: 4 };

/** How an epoch went. */
export interface EpochReport {
  readonly epoch: number;
  readonly epochs: number;
  /** Mean cross-entropy over the epoch's steps and rates. */
  readonly loss: number;
  readonly divergence: number;
  readonly crispness: number;
  readonly latentRate: number;
}

/** All that a training needs to go on as if it had not stopped. */
export interface TrainingState {
  readonly epoch: number;
  readonly step: number;
  readonly schedule: readonly number[];
  readonly arrays: readonly (Float32Array | Float64Array)[];
}

/** Where a training runs and what it starts from; none of it changes a bit of the result but `start`. */
export interface TrainingOptions {
  readonly threads?: number;
  /** How worker threads are started; without it the training runs on the calling thread alone. */
  readonly startWorkers?: StartWorkers;
  /** Where the clips are kept and how every thread reads them; by default in memory. */
  readonly createClips?: CreateClipStore;
  readonly openClips?: OpenClips;
  /** Where the network starts, instead of weights drawn from the prior: a model of the same network and knots. */
  readonly start?: ModelParameters;
}

/** A training of one network for all rates. The thread count never changes a bit of it. */
export class Training {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly split: Split;
  /** Epochs done. */
  epoch = 0;
  private readonly clips: ClipStore;
  private readonly samples: TrainingSamples;
  private readonly job: StepJob;
  private readonly plan: StepPlan;
  private readonly engine: StepEngine;
  private readonly joint: JointStep;
  private readonly schedule: Schedule;
  private readonly stepsPerEpoch: number;
  private readonly workers: number;
  private readonly stopWorkers: () => void;

  constructor(recipe: Recipe, dataset: Dataset, split: Split, options: TrainingOptions = {}) {
    const { threads = 1, startWorkers, createClips = memoryClips, openClips = openMemoryClips } = options;
    this.recipe = recipe;
    this.dataset = dataset;
    this.split = split;
    this.workers = startWorkers === undefined ? 0 : threads - 1;
    this.clips = createClips(split.train.length, clipSize(recipe, dataset), this.workers > 0);
    this.samples = prepareSamples(recipe, dataset, split.train, this.clips, openClips);
    this.job = createJob(recipe, this.samples, this.workers);
    this.plan = planJob(this.job);
    checkHeap(this.plan);
    const memory = allocateMemory(this.plan.bytes, this.workers > 0);
    this.engine = createEngine(this.job, this.plan, memory, openClips);
    this.stepsPerEpoch = Math.floor(split.train.length / this.plan.sizes.batch);
    this.schedule = createSchedule(recipe.training, this.stepsPerEpoch * recipe.training.epochs);
    const { tasks, board, kernels } = this.engine;
    this.joint = new JointStep(this.plan, kernels.heap, recipe.pruning, (phase) =>
      board.run(tasks, phase, this.workers),
    );
    if (options.start === undefined) this.joint.initialise(new Random(recipe.seed, STREAM.initial));
    else this.joint.adopt(partMembers(options.start, this.plan.network));
    this.measure();
    this.stopWorkers =
      startWorkers === undefined || this.workers === 0 ? () => {} : startWorkers(this.job, memory, this.workers);
  }

  get done(): boolean {
    return this.epoch >= this.recipe.training.epochs;
  }

  /** Bytes of the training's one heap. */
  get bytes(): number {
    return this.plan.bytes;
  }

  /** Runs one epoch. @throws DivergenceError when a loss or a tensor is no longer finite */
  runEpoch(): EpochReport {
    const order = this.epochOrder();
    let loss = 0;
    let divergence = 0;
    for (let i = 0; i < this.stepsPerEpoch; i++) {
      const result = this.runStep(order.subarray(i * this.plan.sizes.batch, (i + 1) * this.plan.sizes.batch));
      loss += result.loss / this.stepsPerEpoch;
      divergence = result.divergence;
    }
    this.checkFinite();
    this.epoch++;
    const { epochs } = this.recipe.training;
    return { epoch: this.epoch, epochs, loss, divergence, ...this.pace() };
  }

  /** The network as it stands, the moving average of all parameters; on a line, the network at a rate. */
  model(rate = 0): Model {
    const { recipe, dataset, split, joint } = this;
    const { layout, persons, classes } = dataset;
    const description: ModelDescription = {
      ...{ layout, persons, classes, preprocessing: recipe.preprocessing, layers: recipe.network },
      provenance: {
        ...{ dataset: dataset.name, split: split.name, recipe: recipe.name, seed: recipe.seed },
        ...{ trainedRates: trainedRates(recipe), version: VERSION },
      },
    };
    const apart: ModelParameters = {
      latents: this.plan.tensors.map((tensor) => this.averageOf(tensor, rate)),
      scales: joint.scales,
      gains: joint.gains.map(averageCurve),
      biases: joint.biases.map(averageCurve),
      mean: this.samples.mean,
      inverseDeviation: this.samples.inverseDeviation,
    };
    return new Model(description, joinMembers(apart, this.plan.network));
  }

  snapshot(): TrainingState {
    const arrays = this.stateArrays().map((array) => array.slice());
    return { epoch: this.epoch, step: this.joint.step, schedule: this.schedule.state.slice(), arrays };
  }

  /** Goes back to a snapshot of a training with the same recipe and data. */
  restore(state: TrainingState): void {
    for (const [i, array] of this.stateArrays().entries()) array.set(state.arrays[i]);
    this.epoch = state.epoch;
    this.joint.step = state.step;
    this.schedule.state = state.schedule.slice();
    this.measure();
  }

  /** Ends the worker threads. */
  close(): void {
    this.engine.board.stop();
    this.stopWorkers();
    this.clips.close();
  }

  private runStep(batch: ArrayLike<number>): { loss: number; divergence: number } {
    const { seed, training } = this.recipe;
    const { step } = this.joint;
    const { crispness, latentRate, factor } = this.pace();
    const { losses, divergence } = this.joint.run({
      ...{ batch, crispness, latentRate, biasRate: training.biasRate * factor },
      weightDecay: training.weightDecay * latentRate,
      rates: drawRates(this.recipe, new Random(seed, STREAM.rates, step)),
      seed: new Random(seed, STREAM.step, step).nextUint32() | 0,
      averageDecay: Math.min(training.average, step / (step + 10)),
    });
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    if (!(loss < WORST_LOSS)) this.diverge(`the loss became ${Number(loss.toPrecision(4))}`);
    this.schedule.observe(loss);
    return { loss, divergence };
  }

  private pace(): { crispness: number; latentRate: number; factor: number } {
    const { training, pruning } = this.recipe;
    const { step } = this.joint;
    const factor = this.schedule.factor(step);
    const share = step / (this.stepsPerEpoch * training.epochs);
    return { crispness: crispnessAt(pruning, share), latentRate: training.latentRate * factor, factor };
  }

  private epochOrder(): Int32Array {
    const order = Int32Array.from(this.split.train.keys());
    return new Random(this.recipe.seed, STREAM.order, this.epoch).shuffle(order);
  }

  private measure(): void {
    for (const chunk of this.plan.chunks.keys()) this.engine.tasks.measure(chunk);
  }

  private averageOf({ average, partner, count }: LatentTensor, rate: number): Float32Array {
    const { floats } = this.engine.kernels.heap;
    const read = (pointer: number) => floats.slice(pointer >> 2, (pointer >> 2) + count);
    const own = read(average);
    const values = partner === undefined ? own : settleLatents(own, read(partner.average), this.recipe.pruning, rate);
    return values.map((latent) => (latent === 0 ? LEAST_LATENT : latent));
  }

  /** Views of everything that a checkpoint keeps, in a fixed order. */
  private stateArrays(): (Float32Array | Float64Array)[] {
    const { floats } = this.engine.kernels.heap;
    const latents = this.plan.tensors.flatMap(({ count, partner, ...own }) =>
      [own, ...(partner === undefined ? [] : [partner])]
        .flatMap(({ latents: values, first, second, average }) => [values, first, second, average])
        .map((pointer) => floats.subarray(pointer >> 2, (pointer >> 2) + count)),
    );
    return [...latents, ...[...this.joint.gains, ...this.joint.biases].flatMap(({ state }) => state)];
  }

  /** So that no epoch ends, and no checkpoint is taken, with a number that is not finite. */
  private checkFinite(): void {
    if (this.firstBadTensor() !== undefined) this.diverge('a weight is no longer finite');
  }

  private diverge(what: string): never {
    const bad = this.firstBadTensor();
    const tensor = bad === undefined ? 'all latent weights are still finite' : `first bad tensor: ${bad}`;
    const place = `epoch ${this.epoch + 1}, step ${this.joint.step}`;
    throw new DivergenceError(`${what} in ${place}; ${tensor}. Lower training.latentRate or training.biasRate.`);
  }

  private firstBadTensor(): string | undefined {
    const { floats } = this.engine.kernels.heap;
    const isBad = ({ latents, count }: LatentTensor) =>
      floats.subarray(latents >> 2, (latents >> 2) + count).some((latent) => !Number.isFinite(latent));
    const curves = [...this.joint.gains, ...this.joint.biases];
    const names = [
      ...this.plan.tensors.map(({ spec }) => `gain of ${spec.fullName}`),
      ...this.plan.network.biases.map(({ fullName }) => fullName),
    ];
    const curve = curves.findIndex(({ curve: { values } }) => values.some((value) => !Number.isFinite(value)));
    return this.plan.tensors.find(isBad)?.spec.fullName ?? names[curve];
  }
}

/** The moving average of a curve, in the float32 precision of a model file. */
function averageCurve({ curve, average }: TrainedCurve): RateCurve {
  return { ...curve, values: average.map(Math.fround) };
}

/** A mean cross-entropy from which no training comes back; guessing has log(classes). */
const WORST_LOSS = 1000;

/** The kernels' addresses are signed 32-bit numbers. */
const MOST_HEAP_BYTES = 2 ** 31;

function checkHeap({ bytes, sizes }: StepPlan): void {
  if (bytes < MOST_HEAP_BYTES) return;
  throw new InputError({
    source: 'training',
    place: 'memory',
    expected: 'a step of less than 2 GiB',
    found: `${(bytes / 2 ** 30).toFixed(2)} GiB (batch ${sizes.batch}, ${sizes.rates} rates)`,
    mend: 'Lower training.batch, the number of pruning.rates, or the size of the network.',
  });
}

/** Stands in for a latent that is exactly zero, so that zero means pruned. */
const LEAST_LATENT = 1e-30;

/** Numbers of one clip. */
function clipSize({ preprocessing }: Recipe, { layout, persons }: Dataset): number {
  const { frames, nodes } = new Pipeline(preprocessing, layout, persons);
  return frames * nodes * 3;
}

function createJob(recipe: Recipe, samples: TrainingSamples, workers: number): StepJob {
  const { preprocessing, layout, persons, classes, labels } = samples;
  const { nodes, channels } = new Pipeline(preprocessing, layout, persons);
  const { rates, divergence } = recipe.pruning;
  const sizes = {
    rates: rates.draw === 'fixed' ? rates.rates.length : 2 + rates.between,
    batch: Math.min(recipe.training.batch, labels.length),
    threads: workers + 1,
    bins: divergence.bins,
    partners: partnersOf(recipe.pruning),
  };
  const shape = { layers: recipe.network, input: { nodes, channels }, classes: classes.length };
  return { ...shape, sizes, histogram: histogramOf(recipe.pruning), mode: recipe.arithmetic, samples };
}

/** The rates of one step. */
export function drawRates({ pruning: { rates } }: Recipe, random: Random): number[] {
  if (rates.draw === 'fixed') return [...rates.rates];
  const span = -Math.log(1 - rates.largest);
  const between = Array.from({ length: rates.between }, () => 1 - Math.exp(-random.uniform() * span));
  return [0, ...between, rates.largest];
}

/** The fixed rates, or the two that the sandwich always trains. */
export function trainedRates({ pruning: { rates } }: Recipe): number[] {
  return rates.draw === 'fixed' ? [...rates.rates] : [0, rates.largest];
}

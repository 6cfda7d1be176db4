import type { Random } from '../../core/random.js';
import type { Heap } from '../../kernels/contract.js';
import type { ModelParameters } from '../../model/model.js';
import { createCurve, evaluateCurveBackward, rateOfKnot } from '../../model/rate-curve.js';
import type { Paths } from '../../pruning/cut/paths.js';
import { priorMasses } from '../../pruning/prior/divergence.js';
import { cumulate, MAGNITUDE_BINS, magnitudeQuantile, massBelow } from '../../pruning/prior/empirical-quantile.js';
import { type Prior, priorOf } from '../../pruning/prior/prior.js';
import { evaluateCurve } from '../../runtime/network/rate.js';
import { placeOfRate, type RateDraw, rateDraw } from '../rates.js';
import type { PruningOptions } from '../recipe/recipe.js';
import { BETA1, BETA2, corrected, TrainedCurve } from './adam.js';
import { PHASES } from './board.js';
import type { StepEngine } from './engine.js';
import { alignment, histogramOf, histogramSlopes, penaltySlopes } from './latent-terms.js';
import type { BandInput, Mask } from './masks/mask.js';
import { PARTNERS, pruningMask } from './masks/masks.js';
import type { RateSlot, StepPlan } from './plan.js';
import { doublesAt, rateSettingsIn, writeRateSettings, writeStepSettings } from './settings.js';

/** Steps between two limits to paths, and the rate from which on they limit; the trained network is limited at every rate. */
const PATHS_EVERY = 4;
const PATHS_FROM = 0.9;

/** σ where a threshold is nearly 0: products with it are finite in float32. */
const MOST_CRISP = 1e12;

/** What changes from step to step. */
export interface StepInput {
  readonly rates: readonly number[];
  /** Sample index of each sequence of the batch. */
  readonly batch: ArrayLike<number>;
  readonly seed: number;
  readonly crispness: number;
  readonly learningRate: number;
  readonly biasLearningRate: number;
  /** The share of each latent that the step takes off it. */
  readonly weightDecay: number;
  readonly averageDecay: number;
}

export interface StepResult {
  /** Mean cross-entropy at each rate. */
  readonly losses: readonly number[];
  /** D_KL(P‖Q) before the step; 0 where λ is 0. */
  readonly kl: number;
}

/**
 * One step of MRMP: min over ŵ of the mean over rates of CE(W_r) + λ D_KL(P‖Q) (arXiv 2312.17615), W_r = s ŵ ψ(ŵ).
 * Latents live in the heap; gains and biases, few, are kept and moved here.
 */
export class JointStep {
  readonly gains: readonly TrainedCurve[];
  readonly biases: readonly TrainedCurve[];
  readonly scales: readonly number[];
  /** Steps done. */
  step = 0;
  private readonly engine: StepEngine;
  private readonly plan: StepPlan;
  private readonly heap: Heap;
  private readonly options: PruningOptions;
  private readonly paths: Paths | undefined;
  private readonly mask: Mask;
  private readonly rateDraw: RateDraw;
  private readonly prior: Prior;
  private readonly priorMasses: Float64Array;

  /** @param paths what limits latents to the strength of their paths, if anything does */
  constructor(engine: StepEngine, options: PruningOptions, paths?: Paths) {
    const { plan, kernels } = engine;
    this.engine = engine;
    this.plan = plan;
    this.heap = kernels.heap;
    this.options = options;
    this.paths = paths;
    this.mask = pruningMask(options);
    this.rateDraw = rateDraw(options);
    this.prior = priorOf(options.prior);
    const shape = histogramOf(options);
    this.priorMasses = shape === undefined ? new Float64Array(0) : priorMasses(this.prior, shape);
    this.scales = plan.network.weights.map(({ fanIn }) => Math.sqrt(2 / fanIn));
    const startGain = GAINS[options.gain].start(this.prior);
    this.gains = plan.tensors.map(() => new TrainedCurve(createCurve(options.knots, 1, startGain)));
    this.biases = plan.network.biases.map(({ size }) => new TrainedCurve(createCurve(options.knots, size)));
    const penalties = penaltySlopes(plan.network, options.regulariser);
    doublesAt(this.heap, plan.penalties, penalties.length).set(penalties);
  }

  /** Draws all latents from the prior, and sets their partners. */
  initialise(random: Random): void {
    const { floats } = this.heap;
    for (const { latents, average, partner, count } of this.plan.tensors) {
      const drawn = Float32Array.from({ length: count }, () => this.prior.sample(random));
      for (const pointer of [latents, average]) floats.set(drawn, pointer >> 2);
      if (partner === undefined) continue;
      const started = PARTNERS[this.mask.partners!].start(drawn);
      for (const pointer of [partner.latents, partner.average]) floats.set(started, pointer >> 2);
    }
    this.measure();
  }

  /** Takes over the numbers of a model with the same network and knots. */
  adopt({ latents, gains, biases }: ModelParameters): void {
    for (const [t, tensor] of this.plan.tensors.entries()) {
      for (const pointer of [tensor.latents, tensor.average]) this.heap.floats.set(latents[t], pointer >> 2);
    }
    for (const [i, { values }] of [...gains, ...biases].entries()) {
      [...this.gains, ...this.biases][i].adopt(values);
    }
    this.measure();
  }

  /** Takes the histograms of the latents: once they were set from outside. */
  measure(): void {
    for (const chunk of this.plan.chunks.keys()) this.engine.tasks.measure(chunk);
  }

  run(input: StepInput): StepResult {
    const kl = this.writeDivergence();
    this.writeRates(input);
    if (this.mask.zeroes) this.zeroLeftOut();
    this.writeSettings(input);
    this.heap.ints.set(input.batch, this.plan.samples >> 2);
    for (const phase of PHASES) this.engine.run(phase);
    const { partners } = this.mask;
    if (partners !== undefined) PARTNERS[partners].limit?.(this.heap, this.plan, input.rates[input.rates.length - 1]);
    this.step++;
    this.limitToPaths();
    this.moveCurves(input);
    return { losses: this.plan.slots.map((slot) => this.lossOf(slot)), kl };
  }

  private zeroLeftOut(): void {
    const { floats } = this.heap;
    const { limit } = rateSettingsIn(this.heap, this.plan.slots[this.plan.slots.length - 1]);
    for (const { latents, count } of this.plan.tensors) {
      for (let i = latents >> 2; i < (latents >> 2) + count; i++) if (Math.abs(floats[i]) <= limit) floats[i] = 0;
    }
  }

  /** Every few steps: of the latents that high rates keep, each becomes as small as the widest path through it. */
  private limitToPaths(): void {
    if (this.paths === undefined || this.step % PATHS_EVERY > 0) return;
    const { floats } = this.heap;
    const latents = this.plan.tensors.map(({ latents: at, count }) => floats.subarray(at >> 2, (at >> 2) + count));
    const magnitudes = cumulate(this.sumChunks(MAGNITUDE_BINS, (chunk) => chunk.magnitudes));
    this.paths.limit(latents, magnitudeQuantile(magnitudes, PATHS_FROM));
    this.measure();
  }

  /** D_KL(P‖Q) of the latents as the last step left them; its slopes, times λ, go to the heap. */
  private writeDivergence(): number {
    const shape = histogramOf(this.options);
    if (shape === undefined) return 0;
    const count = this.plan.network.weightCount;
    const observed = this.sumChunks(shape.bins, ({ histogram }) => histogram).map((mass) => mass / count);
    const slopes = histogramSlopes(this.options, this.priorMasses, observed, count, shape.width);
    this.heap.floats.set(slopes, this.plan.divergenceSlopes >> 2);
    return alignment(this.options, count, shape.width).value(this.priorMasses, observed);
  }

  private writeRates({ rates, crispness }: StepInput): void {
    const magnitudes = cumulate(this.sumChunks(MAGNITUDE_BINS, (chunk) => chunk.magnitudes));
    for (const [i, slot] of this.plan.slots.entries()) {
      const rate = rates[i];
      const scales = this.scales.map((s, t) => s * Math.exp(evaluateCurve(this.gains[t].curve, rate)[0]));
      const share = placeOfRate(rate, this.rateDraw);
      const input = this.bandInput(rate, crispness, magnitudes);
      const band = this.mask.stopBand(input);
      writeRateSettings(this.heap, slot, { rate, crispness: input.crispness, scales, share, ...band });
      for (const [b, { curve }] of this.biases.entries()) {
        this.heap.floats.set(evaluateCurve(curve, rate), slot.biases[b] >> 2);
      }
    }
  }

  private bandInput(rate: number, sigma: number, magnitudes: Float64Array): BandInput {
    const { threshold: from, support, crispnessOf } = this.options;
    const threshold = from === 'empirical' ? magnitudeQuantile(magnitudes, rate) : this.prior.threshold(rate);
    const crispness = crispnessOf === 'latent' ? sigma : Math.min(sigma / threshold ** 2, MOST_CRISP);
    const shareAbove = (x: number) => 1 - massBelow(magnitudes, x) / this.plan.network.weightCount;
    return { rate, crispness, support, threshold, shareAbove };
  }

  private writeSettings({ seed, learningRate, weightDecay, averageDecay }: StepInput): void {
    const corrections = corrected(learningRate, this.step + 1);
    const lossScale = 1 / (this.plan.sizes.batch * this.plan.slots.length);
    const adam = { ...corrections, beta1: BETA1, beta2: BETA2, weightDecay };
    writeStepSettings(this.heap, this.plan, { seed, ...adam, averageDecay, lossScale });
  }

  /** Gathers the gradients of gains and biases, and moves them. */
  private moveCurves({ rates, biasLearningRate, averageDecay }: StepInput): void {
    for (const [i, slot] of this.plan.slots.entries()) {
      for (const [b, trained] of this.biases.entries()) {
        evaluateCurveBackward(trained.curve, rates[i], this.biasGradient(slot, b), trained.gradient);
      }
      if (!GAINS[this.options.gain].isLearned) continue;
      for (const [t, { curve, gradient }] of this.gains.entries()) {
        evaluateCurveBackward(curve, rates[i], [this.gainGradient(i, t)], gradient);
      }
    }
    const { learningRate, epsilon } = corrected(biasLearningRate, this.step);
    for (const trained of [...this.gains, ...this.biases]) trained.step(learningRate, epsilon, averageDecay);
  }

  private biasGradient(slot: RateSlot, bias: number): Float64Array {
    const sum = new Float64Array(this.plan.network.biases[bias].size);
    for (const shard of slot.biasGradients) {
      for (let i = 0; i < sum.length; i++) sum[i] += this.heap.floats[(shard[bias] >> 2) + i];
    }
    return sum;
  }

  /** d loss / d log gain = ⟨dL/dW, W⟩ */
  private gainGradient(slot: number, tensor: number): number {
    let sum = 0;
    for (const chunk of this.plan.chunks) {
      if (chunk.tensor === tensor) sum += doublesAt(this.heap, chunk.gainGradients, slot + 1)[slot];
    }
    return sum;
  }

  private lossOf(slot: RateSlot): number {
    const losses = doublesAt(this.heap, slot.losses, this.plan.shards.length);
    return losses.reduce((sum, loss) => sum + loss, 0) / this.plan.sizes.batch;
  }

  private sumChunks(bins: number, pointerOf: (chunk: StepPlan['chunks'][number]) => number): Float64Array {
    const sum = new Float64Array(bins);
    for (const chunk of this.plan.chunks) {
      const start = pointerOf(chunk) >> 2;
      for (let i = 0; i < bins; i++) sum[i] += this.heap.floats[start + i];
    }
    return sum;
  }
}

/** Where the logarithmic gain of a tensor starts, over its knots, and whether it is trained from there. */
interface Gain {
  readonly isLearned: boolean;
  start(prior: Prior): (knot: number) => number;
}

/** The kinds of a recipe's `pruning.gain`. */
const GAINS: Record<PruningOptions['gain'], Gain> = {
  learned: { isLearned: true, start: energyGain },
  analytic: { isLearned: false, start: energyGain },
  none: { isLearned: false, start: () => () => 0 },
};

/** Makes good the prior's energy that is lost to pruning. */
function energyGain(prior: Prior): (knot: number) => number {
  return (knot) => -0.5 * Math.log(prior.energyAbove(prior.threshold(rateOfKnot(knot))));
}

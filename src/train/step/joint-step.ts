import type { Random } from '../../core/random.js';
import type { Heap } from '../../kernels/contract.js';
import type { ModelParameters } from '../../model/model.js';
import { createCurve, evaluateCurveBackward, rateOfKnot } from '../../model/rate-curve.js';
import { SPARSE_BELOW } from '../../model/weight-matrix.js';
import { supportLimit } from '../../pruning/prior/band-stop.js';
import { divergence, priorMasses } from '../../pruning/prior/divergence.js';
import { type Prior, priorOf } from '../../pruning/prior/prior.js';
import { cumulate, MAGNITUDE_BINS, magnitudeQuantile, massBelow } from '../../pruning/prior/quantile.js';
import { evaluateCurve } from '../../runtime/network/rate-curve.js';
import type { PruningOptions } from '../recipe/recipe.js';
import type { Phase } from './board.js';
import { BETA1, BETA2, corrected, TrainedCurve } from './curve-adam.js';
import { histogramOf, histogramSlopes, penaltySlopes } from './latent-terms.js';
import { placeOnLine, startPartners } from './partners.js';
import type { RateSlot, StepPlan } from './plan.js';
import { doublesAt, type RateSettings, writeRateSettings, writeStepSettings } from './settings.js';

/** What changes from step to step. */
export interface StepInput {
  readonly rates: readonly number[];
  /** Sample index of each sequence of the batch. */
  readonly batch: ArrayLike<number>;
  readonly seed: number;
  readonly crispness: number;
  readonly latentRate: number;
  readonly biasRate: number;
  /** The share of each latent that the step takes off it. */
  readonly weightDecay: number;
  readonly averageDecay: number;
}

type StopBand = Pick<RateSettings, 'threshold' | 'limit' | 'sparse' | 'hard'>;

export interface StepResult {
  /** Mean cross-entropy at each rate. */
  readonly losses: readonly number[];
  /** D_KL(P‖Q) before the step; 0 where λ is 0. */
  readonly divergence: number;
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
  private readonly plan: StepPlan;
  private readonly heap: Heap;
  private readonly options: PruningOptions;
  private readonly runPhase: (phase: Phase) => void;
  private readonly prior: Prior;
  private readonly priorMasses: Float64Array;

  constructor(plan: StepPlan, heap: Heap, options: PruningOptions, runPhase: (phase: Phase) => void) {
    this.plan = plan;
    this.heap = heap;
    this.options = options;
    this.runPhase = runPhase;
    this.prior = priorOf(options.prior);
    const shape = histogramOf(options);
    this.priorMasses = shape === undefined ? new Float64Array(0) : priorMasses(this.prior, shape);
    this.scales = plan.network.weights.map(({ fanIn }) => Math.sqrt(2 / fanIn));
    this.gains = plan.tensors.map(
      () => new TrainedCurve(createCurve(options.knots, 1, initialGain(this.prior, options))),
    );
    this.biases = plan.network.biases.map(({ size }) => new TrainedCurve(createCurve(options.knots, size)));
    const penalties = penaltySlopes(plan.network, options.regulariser);
    doublesAt(heap, plan.penalties, penalties.length).set(penalties);
  }

  /** Draws all latents from the prior, and sets their partners. */
  initialise(random: Random): void {
    const { floats } = this.heap;
    for (const { latents, average, partner, count } of this.plan.tensors) {
      const drawn = Float32Array.from({ length: count }, () => this.prior.sample(random));
      for (const pointer of [latents, average]) floats.set(drawn, pointer >> 2);
      if (partner === undefined) continue;
      for (const pointer of [partner.latents, partner.average]) {
        floats.set(startPartners(this.options, drawn), pointer >> 2);
      }
    }
  }

  /** Takes over the numbers of a model with the same network and knots. */
  adopt({ latents, gains, biases }: ModelParameters): void {
    for (const [t, tensor] of this.plan.tensors.entries()) {
      for (const pointer of [tensor.latents, tensor.average]) this.heap.floats.set(latents[t], pointer >> 2);
    }
    for (const [i, { values }] of [...gains, ...biases].entries()) {
      [...this.gains, ...this.biases][i].adopt(values);
    }
  }

  run(input: StepInput): StepResult {
    const divergenceNow = this.writeDivergence();
    this.writeRates(input);
    this.writeSettings(input);
    this.heap.ints.set(input.batch, this.plan.samples >> 2);
    for (const phase of ['prepare', 'pass', 'update'] as const) this.runPhase(phase);
    this.step++;
    this.moveCurves(input);
    return { losses: this.plan.slots.map((slot) => this.lossOf(slot)), divergence: divergenceNow };
  }

  /** D_KL(P‖Q) of the latents as the last step left them; its slopes, times λ, go to the heap. */
  private writeDivergence(): number {
    const shape = histogramOf(this.options);
    if (shape === undefined) return 0;
    const count = this.plan.network.weightCount;
    const observed = this.sumChunks(shape.bins, ({ histogram }) => histogram).map((mass) => mass / count);
    const slopes = histogramSlopes(this.options, this.priorMasses, observed, count, shape.width);
    this.heap.floats.set(slopes, this.plan.divergenceSlopes >> 2);
    return divergence(this.priorMasses, observed);
  }

  private writeRates({ rates, crispness }: StepInput): void {
    const magnitudes = cumulate(this.sumChunks(MAGNITUDE_BINS, (chunk) => chunk.magnitudes));
    for (const [i, slot] of this.plan.slots.entries()) {
      const rate = rates[i];
      const scales = this.scales.map((s, t) => s * Math.exp(evaluateCurve(this.gains[t].curve, rate)[0]));
      const share = placeOnLine(rate, this.options);
      const band = this.stopBand(rate, crispness, magnitudes);
      writeRateSettings(this.heap, slot, { rate, crispness, scales, share, ...band });
      for (const [b, { curve }] of this.biases.entries()) {
        this.heap.floats.set(evaluateCurve(curve, rate), slot.biases[b] >> 2);
      }
    }
  }

  /** Which latents a rate leaves out, and in what form the others are worked on. */
  private stopBand(rate: number, crispness: number, magnitudes: Float64Array): StopBand {
    const { mask, support } = this.options;
    if (mask === 'kept') return { threshold: 0, limit: 0, sparse: 1, hard: 1 };
    if (rate === 0 || mask === 'gates') return { threshold: 0, limit: 0, sparse: 0, hard: 0 };
    const threshold = this.thresholdAt(rate, magnitudes);
    if (mask === 'hard' || mask === 'line') return { threshold, limit: threshold, sparse: 1, hard: 1 };
    const limit = supportLimit(threshold, crispness, support);
    const density = 1 - massBelow(magnitudes, limit) / this.plan.network.weightCount;
    return { threshold, limit, sparse: density < SPARSE_BELOW ? 1 : 0, hard: 0 };
  }

  private thresholdAt(rate: number, magnitudes: Float64Array): number {
    return this.options.threshold === 'prior' ? this.prior.threshold(rate) : magnitudeQuantile(magnitudes, rate);
  }

  private writeSettings({ seed, latentRate, weightDecay, averageDecay }: StepInput): void {
    const { rate, epsilon } = corrected(latentRate, this.step + 1);
    const lossScale = 1 / (this.plan.sizes.batch * this.plan.slots.length);
    const adam = { learningRate: rate, beta1: BETA1, beta2: BETA2, epsilon, weightDecay };
    writeStepSettings(this.heap, this.plan, { seed, ...adam, averageDecay, lossScale });
  }

  /** Gathers the gradients of gains and biases, and moves them. */
  private moveCurves({ rates, biasRate, averageDecay }: StepInput): void {
    for (const [i, slot] of this.plan.slots.entries()) {
      for (const [b, trained] of this.biases.entries()) {
        evaluateCurveBackward(trained.curve, rates[i], this.biasGradient(slot, b), trained.gradient);
      }
      if (this.options.gain !== 'learned') continue;
      for (const [t, { curve, gradient }] of this.gains.entries()) {
        evaluateCurveBackward(curve, rates[i], [this.gainGradient(i, t)], gradient);
      }
    }
    const { rate, epsilon } = corrected(biasRate, this.step);
    for (const trained of [...this.gains, ...this.biases]) trained.step(rate, epsilon, averageDecay);
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

/** Starts the logarithmic gain where the prior's energy lost to pruning is made good. */
function initialGain(prior: Prior, { gain }: PruningOptions): (knot: number) => number {
  if (gain === 'none') return () => 0;
  return (knot) => -0.5 * Math.log(prior.energyAbove(prior.threshold(rateOfKnot(knot))));
}

import type { Kernels, Pointer } from '../../kernels/contract.js';
import type { TrainableParameters } from '../../model/layer.js';
import type { NetworkActivations } from '../../model/network.js';
import type { WeightSpec } from '../../model/weight-matrix.js';
import type { HistogramShape } from '../../pruning/prior/divergence.js';
import { MAGNITUDE_BINS, MAGNITUDE_RANGE } from '../../pruning/prior/empirical-quantile.js';
import type { Phase, PhaseTasks } from './board.js';
import type { Partners } from './masks/mask.js';
import { maskWeight, type RateMask } from './masks/mask-weight.js';
import { PARTNERS } from './masks/masks.js';
import type { Chunk, LatentNumbers, LatentTensor, RateSlot, Shard, SlotWeight, StepPlan } from './plan.js';
import { doublesAt, type RateSettings, rateSettingsIn, type StepSettings, stepSettingsIn } from './settings.js';

/** Fills one shard's features [rows][columns] and targets [classes][columns]; the same for the same batch and seed. */
export type FillShard = (shard: Shard, index: number, seed: number) => void;

/** The parts of a step that can run at the same time on any thread; parts of one phase never touch the same bytes. */
export class StepTasks implements PhaseTasks {
  private readonly plan: StepPlan;
  private readonly kernels: Kernels;
  private readonly histogram: HistogramShape | undefined;
  private readonly fillShard: FillShard;
  private readonly partners: Partners | undefined;
  private readonly settings: Readonly<StepSettings>;
  private readonly rateSettings: ReadonlyMap<RateSlot, Readonly<RateSettings>>;

  constructor(plan: StepPlan, kernels: Kernels, histogram: HistogramShape | undefined, fillShard: FillShard) {
    this.plan = plan;
    this.kernels = kernels;
    this.histogram = histogram;
    this.fillShard = fillShard;
    this.partners = plan.sizes.partners && PARTNERS[plan.sizes.partners];
    this.settings = stepSettingsIn(kernels.heap, plan);
    this.rateSettings = new Map(plan.slots.map((slot) => [slot, rateSettingsIn(kernels.heap, slot)]));
  }

  /** Tasks of each phase; phases run one after the other. */
  count(phase: Phase): number {
    const { shards, slots, chunks } = this.plan;
    return { prepare: slots.length + shards.length, pass: slots.length * shards.length, update: chunks.length }[phase];
  }

  run(phase: Phase, task: number, thread: number): void {
    const { shards } = this.plan;
    const runs: Record<Phase, () => void> = {
      prepare: () => this.prepare(task),
      pass: () => this.pass(Math.floor(task / shards.length), task % shards.length, thread),
      update: () => this.update(task),
    };
    runs[phase]();
  }

  private prepare(task: number): void {
    const { slots } = this.plan;
    if (task < slots.length) this.maskSlot(slots[task], task);
    else this.fill(task - slots.length);
  }

  private fill(index: number): void {
    this.fillShard(this.plan.shards[index], index, this.settings.seed);
  }

  private maskSlot(slot: RateSlot, index: number): void {
    const { kernels, plan, partners } = this;
    const settings = this.rateSettings.get(slot)!;
    if (partners !== undefined && !(settings.rate === 0 && partners.areIdleAtZero)) {
      const seed = mixSeeds(this.settings.seed, index, 0);
      partners.mask(kernels, plan, slot, settings, seed);
      return;
    }
    for (const [t, weight] of slot.weights.entries()) {
      maskWeight(kernels, weight, plan.tensors[t].latents, maskOf(settings, t));
    }
  }

  /** Forward and backward of one shard at one rate. */
  private pass(rate: number, shardIndex: number, thread: number): void {
    const { kernels, plan } = this;
    const slot = plan.slots[rate];
    const shard = plan.shards[shardIndex];
    const { seed, lossScale } = this.settings;
    const parameters = this.parametersOf(slot, shardIndex);
    const activations = withInput(plan.activations[thread], shard.features);
    const dropoutSeed = mixSeeds(seed, rate, shardIndex);
    const { columns: n, sums } = plan;
    const pass = { kernels, n, used: shard.sequences, shard: shardIndex, sums: sums[thread], dropoutSeed };
    const logits = plan.network.forward(pass, parameters, activations);
    const dLogits = activations[activations.length - 1].outputGradient;
    doublesAt(kernels.heap, slot.losses, plan.shards.length)[shardIndex] = this.loss(shard, logits, dLogits, lossScale);
    this.clearGradients(slot, shardIndex);
    plan.network.backward(pass, parameters, activations);
  }

  /** Mean over the network's answers of their cross-entropy, summed over the shard; writes its gradient times `scale`. */
  private loss({ targets }: Shard, logits: Pointer, dLogits: Pointer, scale: number): number {
    const { columns, network } = this.plan;
    const { classes, answers } = network;
    let sum = 0;
    for (let answer = 0; answer < answers; answer++) {
      const at = answer * classes * columns * 4;
      const [scores, gradient] = [logits + at, dLogits + at];
      sum += this.kernels.softmaxCrossEntropy(scores, targets, gradient, classes, columns, scale / answers);
    }
    return sum / answers;
  }

  private parametersOf(slot: RateSlot, shard: number): TrainableParameters {
    const sparse = this.rateSettings.get(slot)!.sparse === 1;
    for (const { matrix } of slot.weights) matrix.sparse = sparse;
    const weights = slot.weights.map(({ matrix }) => matrix);
    return { weights, biases: slot.biases, biasGradients: slot.biasGradients[shard] };
  }

  private clearGradients(slot: RateSlot, shard: number): void {
    const { kernels } = this;
    for (const { matrix } of slot.weights) kernels.clear(matrix.gradient(shard), matrix.entries(kernels));
    for (const [i, { size }] of this.plan.network.biases.entries()) {
      kernels.clear(slot.biasGradients[shard][i], size);
    }
  }

  /** Sums one chunk's gradients over rates and shards, adds the divergence's, and moves its latents. */
  private update(index: number): void {
    const { kernels, plan } = this;
    const chunk = plan.chunks[index];
    const tensor = plan.tensors[chunk.tensor];
    const { offset, count } = extent(chunk, tensor);
    const { partner } = tensor;
    kernels.clear(tensor.gradient + offset, count);
    if (partner !== undefined) kernels.clear(partner.gradient + offset, count);
    const gains = doublesAt(kernels.heap, chunk.gainGradients, plan.slots.length);
    for (const [r, slot] of plan.slots.entries()) gains[r] = this.addRateGradient(slot, chunk, tensor);
    this.addDivergenceGradient(tensor, offset, count);
    this.addPenaltyGradient(chunk, tensor, offset, count);
    this.moveLatents(tensor, offset, count, true);
    if (partner !== undefined) this.moveLatents(partner, offset, count, this.partners!.decay);
    this.measure(index);
  }

  /** Adds one rate's gradient of a chunk; returns ⟨dL/dW, W⟩, the gradient of the chunk's logarithmic gain. */
  private addRateGradient(slot: RateSlot, chunk: Chunk, tensor: LatentTensor): number {
    const { kernels, plan } = this;
    const settings = this.rateSettings.get(slot)!;
    const weight = slot.weights[chunk.tensor];
    const { matrix, slopes, partnerSlopes } = weight;
    matrix.sparse = settings.sparse === 1;
    const [first, last] = this.entryRange(weight, chunk);
    const gradient = matrix.gradient(0) + first * 4;
    kernels.sumShards(last - first, plan.shards.length, gradient, matrix.storage.gradientBytes);
    const identity = settings.rate === 0 && this.partners?.areIdleAtZero !== false && !matrix.sparse;
    if (identity) this.addIdentity(chunk, tensor, gradient, settings.scales[chunk.tensor]);
    else this.scatter(weight, chunk, gradient, slopes, tensor);
    if (tensor.partner !== undefined && !identity) this.scatter(weight, chunk, gradient, partnerSlopes, tensor.partner);
    return kernels.dot(last - first, gradient, matrix.storage.values + first * 4);
  }

  private addIdentity(chunk: Chunk, tensor: LatentTensor, gradient: Pointer, scale: number): void {
    const { offset, count } = extent(chunk, tensor);
    this.kernels.addScaledGradient(count, gradient, scale, tensor.gradient + offset);
  }

  /** Adds the chunk's gradient of W, times its slopes, to that of the latents. */
  private scatter({ matrix }: SlotWeight, chunk: Chunk, gradient: Pointer, slopes: Pointer, to: LatentNumbers): void {
    const { offset, count } = extent(chunk, matrix);
    if (!matrix.sparse) {
      this.kernels.addGradient(count, gradient, slopes + offset, to.gradient + offset);
      return;
    }
    const { rowStart, columns } = matrix.storage;
    const [first, all] = [chunk.firstRow, matrix.gradient(0)];
    this.kernels.scatterGradient(first, chunk.rows, matrix.spec.columns, rowStart, columns, all, slopes, to.gradient);
  }

  /** First and last + 1 of a chunk's entries in the matrix's order. */
  private entryRange({ matrix }: SlotWeight, { firstRow, rows }: Chunk): [number, number] {
    if (!matrix.sparse) return [firstRow * matrix.spec.columns, (firstRow + rows) * matrix.spec.columns];
    const start = matrix.storage.rowStart >> 2;
    const { ints } = this.kernels.heap;
    return [ints[start + firstRow], ints[start + firstRow + rows]];
  }

  private addDivergenceGradient(tensor: LatentTensor, offset: number, count: number): void {
    if (this.histogram === undefined) return;
    const { bins, low, width } = this.histogram;
    const [latents, gradient] = [tensor.latents + offset, tensor.gradient + offset];
    this.kernels.softHistogramBackward(count, latents, low, 1 / width, bins, this.plan.divergenceSlopes, gradient);
  }

  /** Slopes of the penalty, on |ŵ| or on what the partners put in its place. */
  private addPenaltyGradient(
    chunk: Chunk,
    { latents, gradient, partner }: LatentTensor,
    offset: number,
    count: number,
  ) {
    const { kernels, plan } = this;
    const { floats } = kernels.heap;
    const penalty = doublesAt(kernels.heap, plan.penalties, plan.tensors.length)[chunk.tensor];
    if (penalty === 0) return;
    const slope = this.partners?.penaltySlope;
    if (slope === undefined) {
      kernels.addPenalty(count, latents + offset, penalty, gradient + offset);
      return;
    }
    const [from, to] = [(partner!.latents + offset) >> 2, (partner!.gradient + offset) >> 2];
    for (let i = 0; i < count; i++) floats[to + i] += penalty * slope(floats[from + i]);
  }

  private moveLatents(tensor: LatentNumbers, offset: number, count: number, decay: boolean): void {
    const { kernels, settings } = this;
    const { learningRate, beta1, beta2, epsilon, averageDecay } = settings;
    const weightDecay = decay ? settings.weightDecay : 0;
    const [latents, gradient] = [tensor.latents + offset, tensor.gradient + offset];
    const [first, second] = [tensor.first + offset, tensor.second + offset];
    kernels.adam(count, latents, gradient, first, second, learningRate, beta1, beta2, epsilon, weightDecay);
    kernels.movingAverage(count, tensor.average + offset, latents, averageDecay);
  }

  /** Histograms of one chunk's latents: of their values for the divergence, of their magnitudes for the thresholds. */
  measure(index: number): void {
    const { kernels, plan } = this;
    const chunk = plan.chunks[index];
    const tensor = plan.tensors[chunk.tensor];
    const { offset, count } = extent(chunk, tensor);
    const latents = tensor.latents + offset;
    if (this.histogram !== undefined) {
      const { bins, low, width } = this.histogram;
      kernels.clear(chunk.histogram, bins);
      kernels.softHistogram(count, latents, low, 1 / width, bins, chunk.histogram);
    }
    kernels.clear(chunk.magnitudes, MAGNITUDE_BINS);
    kernels.countMagnitudes(count, latents, MAGNITUDE_BINS / MAGNITUDE_RANGE, MAGNITUDE_BINS, chunk.magnitudes);
  }
}

function maskOf(
  { rate, threshold, limit, crispness, sparse, hard, shrink, scales }: RateSettings,
  tensor: number,
): RateMask {
  const flags = { identity: rate === 0, sparse: sparse === 1, hard: hard === 1, shrink: shrink === 1 };
  return { threshold, limit, crispness, ...flags, scale: scales[tensor] };
}

/** Bytes from a tensor's start to a chunk's, and the latents in it. */
function extent({ firstRow, rows }: Chunk, { spec }: { readonly spec: WeightSpec }): { offset: number; count: number } {
  return { offset: firstRow * spec.columns * 4, count: rows * spec.columns };
}

function withInput(activations: NetworkActivations, input: Pointer): NetworkActivations {
  return activations.map((layer, i) => (i === 0 ? { ...layer, input } : layer));
}

/** Spreads (seed, rate, shard) over 32 bits, so that no two passes share dropout masks. */
function mixSeeds(seed: number, rate: number, shard: number): number {
  let h = Math.imul(seed ^ Math.imul(rate + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(shard + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  return (h ^ (h >>> 15)) | 0;
}

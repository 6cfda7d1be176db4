import type { Kernels } from '../../../kernels/contract.js';
import {
  cumulate,
  MAGNITUDE_BINS,
  MAGNITUDE_RANGE,
  magnitudeQuantile,
} from '../../../pruning/prior/empirical-quantile.js';
import type { RateSlot, StepPlan } from '../plan.js';
import type { RateSettings } from '../settings.js';
import type { Partners } from './mask.js';
import { maskHard } from './mask-weight.js';

/** A line between two sets of latent weights, on which each rate has its place. Partners are the other end. */
export const line: Partners = {
  areIdleAtZero: true,
  decay: true,
  start: (latents) => latents,
  settle: (latents, ends, share) => latents.map((latent, i) => (1 - share) * latent + share * ends[i]),
  mask: maskLine,
};

/**
 * W = s ω on the support |ω| > quantile of the rate, ω = (1 − α) ŵ + α v a point between two sets of latent weights;
 * slopes dW/dŵ = s (1 − α), and of the partners v, dW/dv = s α.
 */
function maskLine(kernels: Kernels, plan: StepPlan, slot: RateSlot, settings: RateSettings): void {
  const { floats } = kernels.heap;
  mixTensors(floats, plan, slot, settings.share);
  const limit = quantileOfMixed(kernels, plan, slot, settings.rate);
  for (const [t, weight] of slot.weights.entries()) {
    const scale = settings.scales[t];
    const entries = maskHard(kernels, weight, weight.partnerSlopes, { limit, scale });
    const fill = (pointer: number, value: number) => floats.fill(value, pointer >> 2, (pointer >> 2) + entries);
    fill(weight.slopes, scale * (1 - settings.share));
    fill(weight.partnerSlopes, scale * settings.share);
  }
}

/** ω of every tensor, where its partner's slopes will be. */
function mixTensors(floats: Float32Array, plan: StepPlan, slot: RateSlot, share: number): void {
  for (const [t, { latents, partner, count }] of plan.tensors.entries()) {
    const [one, other, to] = [latents >> 2, partner!.latents >> 2, slot.weights[t].partnerSlopes >> 2];
    for (let i = 0; i < count; i++) floats[to + i] = (1 - share) * floats[one + i] + share * floats[other + i];
  }
}

function quantileOfMixed(kernels: Kernels, plan: StepPlan, slot: RateSlot, rate: number): number {
  const { heap } = kernels;
  const start = slot.magnitudes >> 2;
  heap.floats.fill(0, start, start + MAGNITUDE_BINS);
  for (const [t, { count }] of plan.tensors.entries()) {
    const mixed = slot.weights[t].partnerSlopes;
    kernels.countMagnitudes(count, mixed, MAGNITUDE_BINS / MAGNITUDE_RANGE, MAGNITUDE_BINS, slot.magnitudes);
  }
  return magnitudeQuantile(cumulate(heap.floats.subarray(start, start + MAGNITUDE_BINS)), rate);
}

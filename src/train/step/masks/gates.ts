import { Random } from '../../../core/random.js';
import type { Kernels } from '../../../kernels/contract.js';
import { openProbabilitySlope, sampleGate, settledGate } from '../../../pruning/prior/hard-concrete.js';
import type { RateSlot, StepPlan } from '../plan.js';
import type { RateSettings } from '../settings.js';
import type { Partners } from './mask.js';

/** log α at the start: nearly all gates open. */
const OPEN_GATE = 2;

/** A hard-concrete gate for every weight, drawn in each step; see pruning/prior/hard-concrete. Partners are log α. */
export const gates: Partners = {
  areIdleAtZero: false,
  decay: false, // log α = 0 is a gate half open
  penaltySlope: openProbabilitySlope,
  start: ({ length }) => new Float32Array(length).fill(OPEN_GATE),
  settle: (latents, logAlphas) => latents.map((latent, i) => latent * settledGate(logAlphas[i])),
  mask: maskGates,
};

/** W = s ŵ z(log α, u) with a gate drawn for every weight; slopes dW/dŵ, and of the partners dW/d log α. */
function maskGates(kernels: Kernels, plan: StepPlan, slot: RateSlot, settings: RateSettings, seed: number): void {
  const { floats } = kernels.heap;
  for (const [t, { latents, partner, count }] of plan.tensors.entries()) {
    const { matrix, slopes, partnerSlopes } = slot.weights[t];
    const random = new Random(seed, GATE_STREAM, t);
    const scale = settings.scales[t];
    matrix.sparse = false;
    for (let i = 0; i < count; i++) {
      const latent = floats[(latents >> 2) + i];
      const { gate, slope } = sampleGate(floats[(partner!.latents >> 2) + i], random.uniform(LEAST, 1 - LEAST));
      floats[(matrix.storage.values >> 2) + i] = scale * latent * gate;
      floats[(slopes >> 2) + i] = scale * gate;
      floats[(partnerSlopes >> 2) + i] = scale * latent * slope;
    }
  }
}

const GATE_STREAM = 0x6c30;
/** Keeps the noise's logarithms finite. */
const LEAST = 1e-6;

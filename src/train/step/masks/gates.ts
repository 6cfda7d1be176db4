import { Random } from '../../../core/random.js';
import type { Kernels } from '../../../kernels/contract.js';
import { sampleGate } from '../../../pruning/prior/hard-concrete.js';
import type { RateSlot, StepPlan } from '../plan.js';
import type { RateSettings } from '../settings.js';

/** W = s ŵ z(log α, u) with a gate drawn for every weight; slopes dW/dŵ, and of the partners dW/d log α. */
export function maskGates(
  kernels: Kernels,
  plan: StepPlan,
  slot: RateSlot,
  settings: RateSettings,
  seed: number,
): void {
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

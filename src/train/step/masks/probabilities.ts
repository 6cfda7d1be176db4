import { Random } from '../../../core/random.js';
import type { Heap, Kernels } from '../../../kernels/contract.js';
import { sampleMask, shiftToBudget } from '../../../pruning/prior/probability.js';
import { nonzerosAt } from '../../../runtime/network/rate.js';
import type { RateSlot, StepPlan } from '../plan.js';
import type { RateSettings } from '../settings.js';
import type { Partners } from './mask.js';

/** A probability for every weight, by which its mask is drawn in each step; see pruning/prior/probability. */
export const probabilities: Partners = {
  areIdleAtZero: false,
  decay: false,
  start: ({ length }) => new Float32Array(length).fill(1),
  settle: (latents, chances) => latents.map((latent, i) => latent * chances[i]),
  mask: maskByChance,
  limit: keepBudget,
};

/** W = s ŵ m with a mask drawn for every weight; slopes dW/dŵ, and of the partners dW/d probability. */
function maskByChance(kernels: Kernels, plan: StepPlan, slot: RateSlot, settings: RateSettings, seed: number): void {
  const { floats } = kernels.heap;
  const { crispness, scales } = settings;
  for (const [t, { latents, partner, count }] of plan.tensors.entries()) {
    const { matrix, slopes, partnerSlopes } = slot.weights[t];
    const random = new Random(seed, CHANCE_STREAM, t);
    matrix.sparse = false;
    for (let i = 0; i < count; i++) {
      const scaled = scales[t] * floats[(latents >> 2) + i];
      const chance = floats[(partner!.latents >> 2) + i];
      const isOut = chance === 0 && crispness > CRISP;
      const { mask, slope } = isOut ? OUT : sampleMask(chance, random.uniform(LEAST, 1 - LEAST), crispness);
      floats[(matrix.storage.values >> 2) + i] = scaled * mask;
      floats[(slopes >> 2) + i] = scales[t] * mask;
      floats[(partnerSlopes >> 2) + i] = scaled * slope;
    }
  }
}

/** The nearest probabilities that add up to the budget of a rate at most. */
function keepBudget({ floats }: Heap, { network, tensors }: StepPlan, rate: number): void {
  const all = tensors.map(({ partner, count }) => {
    const at = partner!.latents >> 2;
    return floats.subarray(at, at + count);
  });
  const shift = shiftToBudget(all, nonzerosAt(network.weightCount, rate));
  for (const tensor of all) {
    for (let i = 0; i < tensor.length; i++) tensor[i] = Math.min(Math.max(tensor[i] - shift, 0), 1);
  }
}

/** From here on a probability of 0 practically stays so. */
const CRISP = 2;
const OUT = { mask: 0, slope: 0 };
const CHANCE_STREAM = 0x7062;
/** Keeps the noise's odds finite. */
const LEAST = 1e-6;

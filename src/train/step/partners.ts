import { settledGate } from '../../pruning/prior/hard-concrete.js';
import type { PruningOptions } from '../recipe/recipe.js';
import type { StepSizes } from './plan.js';

/** The second numbers that a mask gives each weight, if it does. */
export function partnersOf({ mask }: PruningOptions): StepSizes['partners'] {
  return mask === 'gates' || mask === 'line' ? mask : undefined;
}

/** log α of the gates at the start: nearly all of them open. */
const OPEN_GATE = 2;

/** Where partners start: the other end of a line where the first one is, gates open. */
export function startPartners({ mask }: PruningOptions, latents: Float32Array): Float32Array {
  return mask === 'line' ? latents : new Float32Array(latents.length).fill(OPEN_GATE);
}

/** The latent weights of the trained network at a rate, from a tensor and its partners. */
export function settleLatents(
  latents: Float32Array,
  partners: Float32Array,
  pruning: PruningOptions,
  rate: number,
): Float32Array {
  if (pruning.mask === 'gates') return latents.map((latent, i) => latent * settledGate(partners[i]));
  const share = placeOnLine(rate, pruning);
  return latents.map((latent, i) => (1 - share) * latent + share * partners[i]);
}

/** Where a rate lies between the ends of a line: 0 at rate 0, 1 at the largest trained rate, even in halvings. */
export function placeOnLine(rate: number, { rates }: PruningOptions): number {
  const largest = rates.draw === 'fixed' ? Math.max(...rates.rates) : rates.largest;
  return largest === 0 ? 0 : Math.min(Math.log(1 - rate) / Math.log(1 - largest), 1);
}

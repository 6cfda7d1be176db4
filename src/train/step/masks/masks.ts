import { SPARSE_BELOW } from '../../../model/weight-matrix.js';
import type { PruningOptions } from '../../recipe/recipe.js';
import type { PartnerKind } from '../plan.js';
import { gates } from './gates.js';
import { line } from './line.js';
import type { BandInput, Mask, Partners, StopBand } from './mask.js';
import { probabilities } from './probabilities.js';

const WHOLE: StopBand = { threshold: 0, limit: 0, sparse: 0, hard: 0, shrink: 0 };

/** The kinds of a recipe's `pruning.mask`. */
const MASKS: Record<PruningOptions['mask'], Mask> = {
  'band-stop': { stopBand: softBand },
  hard: { stopBand: hardBand },
  kept: { stopBand: () => ({ threshold: 0, limit: 0, sparse: 1, hard: 1, shrink: 0 }) },
  shrink: { stopBand: (input) => ({ ...hardBand(input), shrink: input.rate === 0 ? 0 : 1 }) },
  project: { stopBand: hardBand, zeroes: true },
  gates: { partners: 'gates', stopBand: () => WHOLE },
  line: { partners: 'line', stopBand: hardBand },
  probabilities: { partners: 'probabilities', stopBand: () => WHOLE },
};

/** The kinds of second numbers that a mask gives each weight. */
export const PARTNERS: Record<PartnerKind, Partners> = { gates, line, probabilities };

export function pruningMask({ mask }: PruningOptions): Mask {
  return MASKS[mask];
}

/** ψ is left out where it is below `support`. */
function softBand({ rate, crispness, support, threshold: a, shareAbove }: BandInput): StopBand {
  if (rate === 0) return WHOLE;
  const limit = supportLimit(a, crispness, support);
  return { threshold: a, limit, sparse: shareAbove(limit) < SPARSE_BELOW ? 1 : 0, hard: 0, shrink: 0 };
}

/** A weight is whole or not at all. */
function hardBand({ rate, threshold: a }: BandInput): StopBand {
  if (rate === 0) return WHOLE;
  return { threshold: a, limit: a, sparse: 1, hard: 1, shrink: 0 };
}

/**
 * The magnitude below which ψ_{a,σ}(ŵ) = 1 / (1 + exp(σ (a² − ŵ²))), the band-stop function of MRMP (arXiv 2312.17615), is
 * less than epsilon: such weights are left out of the support. 0 where ψ is never so small.
 */
export function supportLimit(threshold: number, crispness: number, epsilon: number): number {
  const square = threshold * threshold - Math.log((1 - epsilon) / epsilon) / crispness;
  return Math.sqrt(Math.max(square, 0));
}

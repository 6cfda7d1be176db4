import type { Network } from '../../model/network.js';
import { divergenceSlopes, type HistogramShape, histogramShape } from '../../pruning/prior/divergence.js';
import { entropySlopes } from '../../pruning/prior/entropy.js';
import type { PruningOptions } from '../recipe/recipe.js';

/** The histogram of the divergence and the entropy; none without both. */
export function histogramOf({ divergence, regulariser }: PruningOptions): HistogramShape | undefined {
  const { weight, bins, range } = divergence;
  return weight === 0 && regulariser.kind !== 'entropy' ? undefined : histogramShape(bins, range);
}

/** Slopes of λ D_KL(P‖Q), and of the entropy where it counts, for a latent between two centres: [bins − 1]. */
export function histogramSlopes(
  { divergence, regulariser }: PruningOptions,
  prior: Float64Array,
  observed: Float64Array,
  count: number,
  width: number,
): Float64Array {
  const slopes = divergenceSlopes(prior, observed, count, width).map((slope) => slope * divergence.weight);
  if (regulariser.kind !== 'entropy') return slopes;
  const entropy = entropySlopes(observed, count, width);
  return slopes.map((slope, k) => slope + regulariser.weight * entropy[k]);
}

/** Slope of the penalty on |ŵ|, or on a gate's probability to be open, one a tensor: λ times a mean over all weights. */
export function penaltySlopes(
  { weights, weightCount }: Network,
  { kind, weight }: PruningOptions['regulariser'],
): number[] {
  if (kind === 'none' || kind === 'entropy') return weights.map(() => 0);
  const macs = weights.reduce((sum, { rows, columns, reuse }) => sum + rows * columns * reuse, 0);
  return weights.map(({ reuse }) => (weight / weightCount) * (kind === 'cost' ? (reuse * weightCount) / macs : 1));
}

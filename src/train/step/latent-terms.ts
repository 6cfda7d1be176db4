import type { Network } from '../../model/network.js';
import {
  divergenceSlopes,
  entropySlopes,
  type HistogramShape,
  histogramShape,
} from '../../pruning/prior/divergence.js';
import type { PruningOptions } from '../recipe/recipe.js';

/** What a kind of regulariser adds to the loss. A new kind is a line of REGULARISERS. */
interface Regulariser {
  /** Whether it adds the entropy of the latents' histogram. */
  readonly entropy: boolean;
  /** Slope of its penalty on a weight of each tensor, in units of that of the mean |ŵ|. */
  penalty(network: Network): number[];
}

/** The kinds of a recipe's `pruning.regulariser`. */
const REGULARISERS: Record<PruningOptions['regulariser']['kind'], Regulariser> = {
  none: { entropy: false, penalty: everywhere(0) },
  l1: { entropy: false, penalty: everywhere(1) },
  cost: { entropy: false, penalty: byCost },
  entropy: { entropy: true, penalty: everywhere(0) },
  l0: { entropy: false, penalty: everywhere(1) },
};

/** The histogram of the divergence and the entropy; none without both. */
export function histogramOf({ divergence, regulariser }: PruningOptions): HistogramShape | undefined {
  const { weight, bins, range } = divergence;
  return weight === 0 && !REGULARISERS[regulariser.kind].entropy ? undefined : histogramShape(bins, range);
}

/** What every bin of Q has beside its own mass: as many weights as the recipe says, of `count`. */
export function floorOf({ divergence: { floor } }: PruningOptions, count: number): number | undefined {
  return floor === undefined ? undefined : floor / count;
}

/** Slopes of λ D_KL(P‖Q), and of the entropy where it counts, for a latent between two centres: [bins − 1]. */
export function histogramSlopes(
  options: PruningOptions,
  prior: Float64Array,
  observed: Float64Array,
  count: number,
  width: number,
): Float64Array {
  const { divergence, regulariser } = options;
  const aligning = divergenceSlopes(prior, observed, count, width, floorOf(options, count));
  const slopes = aligning.map((slope) => slope * divergence.weight);
  if (!REGULARISERS[regulariser.kind].entropy) return slopes;
  const entropy = entropySlopes(observed, count, width);
  return slopes.map((slope, k) => slope + regulariser.weight * entropy[k]);
}

/** Slope of the penalty on |ŵ|, or on a gate's probability to be open, one a tensor: λ times a mean over all weights. */
export function penaltySlopes(network: Network, { kind, weight }: PruningOptions['regulariser']): number[] {
  return REGULARISERS[kind].penalty(network).map((slope) => (weight / network.weightCount) * slope);
}

function everywhere(slope: number): (network: Network) => number[] {
  return ({ weights }) => weights.map(() => slope);
}

/** By the multiply-accumulates that a weight costs, 1 on average. */
function byCost({ weights, weightCount }: Network): number[] {
  const macs = weights.reduce((sum, { rows, columns, reuse }) => sum + rows * columns * reuse, 0);
  return weights.map(({ reuse }) => (reuse * weightCount) / macs);
}

import type { Network } from '../../model/network.js';
import {
  divergence,
  divergenceSlopes,
  entropySlopes,
  type HistogramShape,
  histogramShape,
  smoothed,
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

/** D_KL(P‖Q) and its slopes, [bins − 1], of the prior's masses and those of `count` latents. */
interface Alignment {
  value(prior: Float64Array, observed: Float64Array): number;
  slopes(prior: Float64Array, observed: Float64Array): Float64Array;
}

/** As they are, or with a recipe's `floor`: so many weights more in every bin of both. */
export function alignment({ divergence: { floor, bins } }: PruningOptions, count: number, width: number): Alignment {
  if (floor === undefined) {
    return { value: divergence, slopes: (prior, observed) => divergenceSlopes(prior, observed, count, width) };
  }
  const smooth = (masses: Float64Array) => smoothed(masses, floor / count);
  const all = count + bins * floor;
  return {
    value: (prior, observed) => divergence(smooth(prior), smooth(observed), 0),
    slopes: (prior, observed) => divergenceSlopes(smooth(prior), smooth(observed), all, width, 0),
  };
}

/** Slopes of λ D_KL(P‖Q), and of the entropy where it counts, for a latent between two centres: [bins − 1]. */
export function histogramSlopes(
  options: PruningOptions,
  prior: Float64Array,
  observed: Float64Array,
  count: number,
  width: number,
): Float64Array {
  const { regulariser } = options;
  const aligning = alignment(options, count, width).slopes(prior, observed);
  const slopes = aligning.map((slope) => slope * options.divergence.weight);
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

/**
 * Pruning rates and counts of non-zeros.
 *
 * A pruning rate is the share of ALL maskable weights of a network that is exactly zero: from 0, every weight is left, up to
 * but never 1. Biases, gains and standardisation are no weights.
 */

/** Stands for a network that keeps nothing. */
const LARGEST_RATE = 1 - 2 ** -53;

/** The pruning rate, in [0, 1), of a network of which so many weights are left. */
export function rateOf(nonzeros: number, weights: number): number {
  return Math.min(1 - nonzeros / weights, LARGEST_RATE);
}

/** Non-zeros at a pruning rate: round((1 − rate) · weights), to the weight. */
export function nonzerosAt(weights: number, rate: number): number {
  return Math.round((1 - rate) * weights);
}

import type { Network } from '../model/network.js';
import { erdosRenyiDensities } from '../pruning/erdos-renyi.js';
import type { Prior } from '../pruning/prior.js';
import type { PruningOptions } from './recipe.js';

/** So that a share of each tensor that suits its shape lies above the threshold of the largest trained rate. */
export function startStretches({ weights }: Network, prior: Prior, { start, rates }: PruningOptions): number[] {
  const largest = largestRate(rates);
  if (start === 'even' || largest === 0) return weights.map(() => 1);
  const densities = erdosRenyiDensities(weights, 1 - largest);
  return densities.map((density) => prior.threshold(largest) / prior.threshold(1 - density));
}

/** The largest rate that is trained. */
export function largestRate(rates: PruningOptions['rates']): number {
  return rates.draw === 'fixed' ? Math.max(...rates.rates) : rates.largest;
}

import { type Method, unaligned, withPruning } from './method.js';

/**
 * Learned compressible subspaces (E. Nunez et al., arXiv 2110.04252): a line between two sets of weights, each point of
 * which is pruned by magnitude to a rate of its own. Both ends start equal; a step trains the rates that the recipe draws,
 * instead of one point of the line; biases belong to both ends alike.
 */
export const lcs: Method = {
  name: 'lcs',
  title: 'LCS',
  description: 'a line of weights over the rate with hard masks: twice the numbers to train and keep',
  perRate: false,
  async *train({ recipe, rates, train }) {
    const changes = {
      ...unaligned(recipe),
      ...({ mask: 'line', threshold: 'empirical', gain: 'none', knots: 1 } as const),
    };
    const training = await train(withPruning(recipe, changes));
    for (const rate of rates) yield { model: training.model(rate), rates: [rate] };
  },
};

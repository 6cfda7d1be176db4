import { type Method, trainOne, unaligned, withPruning } from './method.js';

/**
 * Dynamic sparsity (Z. Wu et al.: Dynamic Sparsity Neural Networks for Automatic Speech Recognition, arXiv 2005.10627):
 * one set of weights trained under nested magnitude masks of several sparsities at once, hard and without a prior. Rates
 * are drawn as the recipe draws them for MRMP; the gradual start of pruning and distillation are left out.
 */
export const dsnn: Method = {
  name: 'dsnn',
  title: 'DSNN',
  description: 'one training for all rates with hard nested masks, without prior or gain',
  perRate: false,
  async *train(lab) {
    const { recipe } = lab;
    const changes = {
      ...unaligned(recipe),
      mask: 'hard',
      threshold: 'empirical',
      gain: 'none',
      knots: 1,
    } as const;
    yield trainOne(lab, withPruning(recipe, changes));
  },
};

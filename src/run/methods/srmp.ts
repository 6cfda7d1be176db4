import { type Method, trainOne, withPruning } from './method.js';

/**
 * Single-Rate Magnitude Pruning (arXiv 2312.17615): the specialist, trained for one rate alone with all else as MRMP has
 * it.
 */
export const srmp: Method = {
  name: 'srmp',
  title: 'SRMP',
  description: 'as MRMP, but one training a rate, for that rate alone',
  perRate: true,
  async *train(lab) {
    yield trainOne(lab, withPruning(lab.recipe, { rates: { draw: 'fixed', rates: [...lab.rates] } }));
  },
};

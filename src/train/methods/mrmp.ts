import type { PruningOptions } from '../recipe.js';
import { type Lab, type Method, trainOne, withoutDivergence, withPruning } from './method.js';

/**
 * Multi-Rate Magnitude Pruning (H. Sahbi, arXiv 2312.17615), all rates on the same latent weights: as the recipe has it,
 * and with one piece exchanged or left out.
 */
export const mrmp: readonly Method[] = [
  variant('', 'one training for all rates, as the recipe has it', () => ({})),
  variant('laplace', 'latent weights aligned with a Laplace prior', () => ({ prior: 'laplace' })),
  variant('uniform', 'latent weights aligned with a uniform prior', () => ({ prior: 'uniform' })),
  variant('prior', 'trained with the thresholds a(r) of the prior', () => ({ threshold: 'prior' })),
  variant('no-kld', 'nothing aligns the latent weights with the prior', ({ recipe }) => withoutDivergence(recipe)),
  variant('l1', 'an l1 penalty on the latent weights instead of a prior', ({ recipe }) => ({
    ...withoutDivergence(recipe),
    regulariser: { kind: 'l1', weight: 30 },
  })),
  variant('no-gain', 'the same scale at every rate', () => ({ gain: 'none' })),
  variant('analytic', 'a gain that makes good the energy the prior loses', () => ({ gain: 'analytic' })),
  variant('fixed', 'the compared rates in every step, not drawn', ({ rates }) => ({
    rates: { draw: 'fixed', rates: [...rates] },
  })),
];

function variant(piece: string, description: string, changes: (lab: Lab) => Partial<PruningOptions>): Method {
  return {
    name: piece === '' ? 'mrmp' : `mrmp-${piece}`,
    title: piece === '' ? 'MRMP' : `MRMP, ${piece}`,
    description,
    perRate: false,
    async *train(lab) {
      yield trainOne(lab, withPruning(lab.recipe, changes(lab)));
    },
  };
}

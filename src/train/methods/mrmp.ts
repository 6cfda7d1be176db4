import type { PriorName } from '../../pruning/prior.js';
import type { PruningOptions } from '../recipe.js';
import { type Lab, type Method, trainOne, unaligned, withPruning } from './method.js';

/**
 * Multi-Rate Magnitude Pruning (H. Sahbi, arXiv 2312.17615), all rates on the same latent weights: as the recipe has it,
 * and with one piece exchanged or left out.
 */
export const mrmp: readonly Method[] = [
  variant('', 'one training for all rates, as the recipe has it', () => ({})),
  variant('gaussian', 'aligned with a Gaussian prior by its divergence, as in the paper', divergenceFrom('gaussian')),
  variant('laplace', 'aligned with a Laplace prior by its divergence', divergenceFrom('laplace')),
  variant('uniform', 'aligned with a uniform prior by its divergence', divergenceFrom('uniform')),
  variant('prior', 'mrmp-gaussian, trained with the thresholds a(r) of the prior', (lab) => ({
    ...divergenceFrom('gaussian')(lab),
    threshold: 'prior',
  })),
  variant('analytic', 'mrmp-gaussian with a gain that makes good the energy the prior loses', (lab) => ({
    ...divergenceFrom('gaussian')(lab),
    gain: 'analytic',
  })),
  variant('unaligned', 'nothing aligns the latent weights with a prior', ({ recipe }) => unaligned(recipe)),
  variant('no-gain', 'the same scale at every rate', () => ({ gain: 'none' })),
  variant('fixed', 'the compared rates in every step, not drawn', ({ rates }) => ({
    rates: { draw: 'fixed', rates: [...rates] },
  })),
];

/** λ D_KL(P‖Q) with the paper's histogram, and nothing else. */
function divergenceFrom(prior: PriorName): (lab: Lab) => Partial<PruningOptions> {
  return ({ recipe }) => {
    const { divergence, regulariser } = unaligned(recipe);
    return { prior, regulariser, divergence: { ...divergence, weight: 100 } };
  };
}

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

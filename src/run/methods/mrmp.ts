import { effectiveCutter } from '../../pruning/cut/cutter.js';
import type { PriorName } from '../../pruning/prior/prior.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import { type Lab, type Method, trainOne, unaligned, withPruning } from './method.js';

/**
 * Multi-Rate Magnitude Pruning (H. Sahbi, arXiv 2312.17615), all rates on the same latent weights: as the recipe has it,
 * and with one piece exchanged or left out.
 */
export const mrmp: readonly Method[] = [
  variant('', 'one training for all rates, as the recipe has it', ({ recipe }) => recipe),
  withoutPenalty('gaussian', 'aligned with a Gaussian prior by its divergence', (recipe) =>
    alignedWith('gaussian', recipe),
  ),
  withoutPenalty('laplace', 'aligned with a Laplace prior by its divergence', (recipe) =>
    alignedWith('laplace', recipe),
  ),
  withoutPenalty('uniform', 'aligned with a uniform prior by its divergence', (recipe) =>
    alignedWith('uniform', recipe),
  ),
  withoutPenalty('prior', 'mrmp-gaussian, trained with the thresholds a(r) of the prior', (recipe) =>
    withPruning(alignedWith('gaussian', recipe), { threshold: 'prior' }),
  ),
  withoutPenalty('analytic', 'mrmp-gaussian with a gain that makes up for the energy that the prior loses', (recipe) =>
    withPruning(alignedWith('gaussian', recipe), { gain: 'analytic' }),
  ),
  withoutPenalty('unaligned', 'nothing aligns the latent weights with a prior', free),
  variant('no-gain', 'the same scale at every rate', ({ recipe }) => withPruning(recipe, { gain: 'none' })),
  variant('fixed', 'the compared rates in every step, not drawn', ({ recipe, rates }) =>
    withPruning(recipe, { rates: { draw: 'fixed', rates: [...rates] } }),
  ),
  {
    name: 'mrmp-effective',
    title: 'MRMP, effective',
    description: 'trained as mrmp; each budget is spent on weights that can influence an answer',
    perRate: false,
    async *train(lab) {
      const { model } = await trainOne(lab, lab.recipe);
      const cutTo = effectiveCutter(model);
      for (const rate of lab.rates) yield { model: cutTo(rate), rates: [rate] };
    },
  },
];

/**
 * Single-Rate Magnitude Pruning (arXiv 2312.17615): the specialist, trained for one rate alone with all else as MRMP has
 * it.
 */
export const srmp: Method = {
  name: 'srmp',
  title: 'SRMP',
  description: 'as MRMP, but one training per rate, for that rate alone',
  perRate: true,
  async *train(lab) {
    yield trainOne(lab, withPruning(lab.recipe, { rates: { draw: 'fixed', rates: [...lab.rates] } }));
  },
};

/** λ D_KL(P‖Q) with the recipe's histogram, and nothing else. */
function alignedWith(prior: PriorName, recipe: Recipe): Recipe {
  const { divergence, settle } = recipe.pruning;
  return withPruning(free(recipe), { prior, divergence: { ...divergence, weight: 100 }, settle });
}

/** Without anything that draws the latent weights to a distribution: divergence, penalty and decay. */
function free(recipe: Recipe): Recipe {
  const undecayed = { ...recipe, training: { ...recipe.training, weightDecay: 0 } };
  const { paths, ramp } = recipe.pruning;
  return withPruning(undecayed, { ...unaligned(recipe), paths, ramp });
}

/** Those whose σ is that of the latent weights as they are, whatever the recipe says: revision 2. */
function withoutPenalty(piece: string, description: string, recipeOf: (recipe: Recipe) => Recipe): Method {
  return { ...variant(piece, description, ({ recipe }) => recipeOf(recipe)), revision: 2 };
}

function variant(piece: string, description: string, recipeOf: (lab: Lab) => Recipe): Method {
  return {
    name: piece === '' ? 'mrmp' : `mrmp-${piece}`,
    title: piece === '' ? 'MRMP' : `MRMP, ${piece}`,
    description,
    perRate: false,
    async *train(lab) {
      yield trainOne(lab, recipeOf(lab));
    },
  };
}

import { Model } from '../../model/model.js';
import { cutter } from '../../pruning/cut/cutter.js';
import type { PruningOptions, Recipe } from '../../train/recipe/recipe.js';
import { type Lab, type Method, type Trained, unaligned, withPruning } from './method.js';

/**
 * Magnitude pruning (S. Han, J. Pool, J. Tran, W. Dally: Learning both Weights and Connections for Efficient Neural
 * Networks, NIPS 2015): a dense training, then the smallest weights of all layers become zero, in one step. Magnitudes are
 * compared in units of each layer's initial deviation, since raw ones would empty wide layers first. The dense training has
 * a weight decay: without any, magnitudes tell more of the draw at the start than of the training.
 */
export const magnitudePruning: Method = {
  name: 'mp',
  title: 'MP',
  description: 'dense training, then magnitude pruning without fine-tuning',
  perRate: false,
  revision: 2,
  async *train({ recipe, rates, train }) {
    const dense = await train(withPruning(decayed(recipe), densePruning(recipe)));
    yield { model: dense.model(), rates };
  },
};

/**
 * The same with fine-tuning at each rate: half of the epochs dense, half with the mask kept, each half with the whole
 * schedule. Before it each tensor is scaled to the energy that it had, which makes this rival stronger at high rates.
 */
export const fineTunedPruning: Method = {
  ...fineTuned('mp-ft', 'MP + FT', 'dense training, then fine-tuning at each rate', () => ({}), decayed),
  revision: 2,
};

/** Magnitude pruning and fine-tuning whose dense half has something added; `asDense` changes its training. */
export function fineTuned(
  name: string,
  title: string,
  description: string,
  changes: (recipe: Recipe) => Partial<PruningOptions>,
  asDense = (recipe: Recipe) => recipe,
): Method {
  return {
    name,
    title,
    description,
    perRate: false,
    trainings: (rates) => 1 + rates.length,
    async *train(lab) {
      const [first, second] = halves(lab.recipe);
      const dense = await lab.train(withPruning(asDense(first), { ...densePruning(first), ...changes(first) }));
      for (const rate of lab.rates) yield fineTune(lab, second, dense.model(), rate);
    },
  };
}

async function fineTune(lab: Lab, recipe: Recipe, dense: Model, rate: number): Promise<Trained> {
  const kept = withPruning(recipe, {
    ...densePruning(recipe),
    rates: { draw: 'fixed', rates: [rate] },
    mask: 'kept',
  });
  const training = await lab.train(kept, rescaled(cutter(dense)(rate), dense));
  return { model: training.model(), rates: [rate] };
}

/** One rate, 0, and neither prior nor curves over the rate. */
export function densePruning(recipe: Recipe): Partial<PruningOptions> {
  return { ...unaligned(recipe), rates: { draw: 'fixed', rates: [0] }, gain: 'none', knots: 1 };
}

const DENSE_DECAY = 0.1;

/** With a weight decay, unless the recipe has more of its own. */
export function decayed(recipe: Recipe): Recipe {
  const { training } = recipe;
  return { ...recipe, training: { ...training, weightDecay: Math.max(training.weightDecay, DENSE_DECAY) } };
}

function halves(recipe: Recipe): [Recipe, Recipe] {
  const { training } = recipe;
  const first = Math.ceil(training.epochs / 2);
  const second = Math.max(training.epochs - first, 1);
  return [
    { ...recipe, training: { ...training, epochs: first } },
    { ...recipe, training: { ...training, epochs: second } },
  ];
}

/** Scales each tensor of a cut to the energy of the dense one. */
function rescaled(small: Model, dense: Model): Model {
  const latents = small.parameters.latents.map((kept, t) => {
    const left = energy(kept);
    const factor = left === 0 ? 1 : Math.sqrt(energy(dense.parameters.latents[t]) / left);
    return kept.map((latent) => latent * factor);
  });
  return new Model(small.description, { ...small.parameters, latents }, small.rate);
}

function energy(latents: Float32Array): number {
  return latents.reduce((sum, latent) => sum + latent * latent, 0);
}

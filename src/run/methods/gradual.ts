import { Model } from '../../model/model.js';
import { cut } from '../../pruning/cut/cut.js';
import type { PruningOptions, Recipe } from '../../train/recipe/recipe.js';
import { decayed } from './magnitude-pruning.js';
import { type Lab, type Method, type Trained, unaligned, withPruning } from './method.js';

/**
 * Gradual magnitude pruning (M. Zhu, S. Gupta: To prune, or not to prune, arXiv 1710.01878): the rate rises during one
 * training, fast at first, and the smallest weights are left out of it step by step. Each step decides anew, where the
 * paper does so every hundred steps; there is no distillation from a dense network.
 */
export const gradualPruning = trainedForRate(
  'gmp',
  'GMP',
  'gradual magnitude pruning: one training a rate, which rises during it',
  (rate) => ({ rates: { draw: 'gradual', rate, until: 0.5 }, mask: 'hard' }),
  { pace: 2 },
);

/**
 * Alternating compressed and decompressed training (A. Peste, E. Iofinova, A. Vladu, D. Alistarh: AC/DC, arXiv
 * 2106.12379): phases with the largest weights alone, the others set to zero, and dense ones in turns, the last with the
 * largest weights. Of a phase each step decides anew which these are; Adam goes on through all phases.
 */
export const alternatingPruning = trainedForRate(
  'ac-dc',
  'AC/DC',
  'one training a rate, of pruned and dense phases in turns',
  (rate) => ({ rates: { draw: 'alternating', rate, dense: 0.1, phases: 5, last: 0.75 }, mask: 'project' }),
);

/**
 * Soft thresholds (after A. Kusupati et al.: Soft Threshold Weight Reparameterization for Learnable Sparsity, arXiv
 * 2002.03231): W = s sign(ŵ) max(|ŵ| − a, 0). Thresholds are not learned a layer, since a budget has to be met: a is that
 * of the gradual rate, the same for all layers.
 */
export const softThreshold = trainedForRate(
  'str',
  'Soft threshold',
  'soft thresholds: one training a rate, whose weights are smaller by the threshold',
  (rate) => ({ rates: { draw: 'gradual', rate, until: 0.5 }, mask: 'shrink' }),
  { pace: 2, finish: shrunk },
);

interface Tuning {
  /** The learning rate, in units of the recipe's: chosen on validation (docs/compare.md). */
  readonly pace?: number;
  readonly finish?: (model: Model, rate: number) => Model;
}

/** A method with one training for each rate, under a mask without prior, gain, or curves over the rate. */
function trainedForRate(
  name: string,
  title: string,
  description: string,
  changesFor: (rate: number) => Partial<PruningOptions>,
  { pace = 1, finish = (model) => model }: Tuning = {},
): Method {
  const recipeFor = (asked: Recipe, rate: number) => {
    const { training } = asked;
    const recipe = { ...asked, training: { ...training, learningRate: training.learningRate * pace } };
    const bare = { ...unaligned(recipe), threshold: 'empirical', gain: 'none', knots: 1 } as const;
    return withPruning(decayed(recipe), { ...bare, ...changesFor(rate) });
  };
  async function* train({ recipe, rates, train }: Lab): AsyncGenerator<Trained> {
    for (const rate of rates) {
      const training = await train(recipeFor(recipe, rate));
      yield { model: finish(training.model(), rate), rates: [rate] };
    }
  }
  return { name, title, description, perRate: true, trainings: (rates) => rates.length, train };
}

/** The cut of a rate, of which every latent weight is smaller by the largest that is left out. */
export function shrunk(model: Model, rate: number): Model {
  const small = cut(model, { rate });
  const isOut = (t: number, i: number) => small.parameters.latents[t][i] === 0;
  const left = model.parameters.latents.flatMap((tensor, t) => [...tensor].filter((_, i) => isOut(t, i)).map(Math.abs));
  const threshold = left.reduce((largest, magnitude) => Math.max(largest, magnitude), 0);
  const latents = small.parameters.latents.map((tensor) =>
    tensor.map((latent) => Math.sign(latent) * Math.max(Math.abs(latent) - threshold, LEAST)),
  );
  return new Model(small.description, { ...small.parameters, latents }, small.rate);
}

/** Keeps a weight that equals the threshold from counting as pruned. */
const LEAST = 1e-30;

import { Model } from '../../model/model.js';
import { cutter } from '../../pruning/cut/cutter.js';
import type { PruningOptions, Recipe } from '../../train/recipe/recipe.js';
import type { Teacher } from '../../train/samples/teacher.js';
import { decayed, densePruning } from './magnitude-pruning.js';
import { type Lab, type Method, type Trained, unaligned, withPruning } from './method.js';

/**
 * Gradual magnitude pruning (M. Zhu, S. Gupta: To prune, or not to prune, arXiv 1710.01878): the rate rises during one
 * training, fast at first, and the smallest weights are left out of it step by step. Each step decides anew, where the
 * paper does so every hundred steps.
 */
export const gradualPruning = trainedForRate(
  'gmp',
  'GMP',
  'gradual magnitude pruning: one training a rate, which rises during it',
  (rate) => ({ rates: { draw: 'gradual', rate, until: 0.5 }, mask: 'hard' }),
  { pace: 2 },
);

/**
 * The same, taught by a dense network (G. Hinton, O. Vinyals, J. Dean: Distilling the Knowledge in a Neural Network, arXiv
 * 1503.02531), which the rates share: half of the targets are its answers, at temperature 1.
 */
export const taughtPruning = trainedForRate(
  'gmp-distil',
  'GMP, distilled',
  'gmp that also learns the answers of a dense network, which is trained first',
  (rate) => ({ rates: { draw: 'gradual', rate, until: 0.5 }, mask: 'hard' }),
  { pace: 2 / 3, taught: 0.5 },
);

/**
 * Alternating compressed and decompressed training (A. Peste, E. Iofinova, A. Vladu, D. Alistarh: AC/DC, arXiv
 * 2106.12379): phases with the largest weights alone, the others set to zero, and dense ones in turns, the last with the
 * largest weights. Of a phase each step decides anew which these are; Adam goes on through all phases. The rate of the pruned
 * phases rises, where the paper has one rate: at 0.995 from the first on, units without a weight on either side never come back.
 */
export const alternatingPruning = trainedForRate(
  'ac-dc',
  'AC/DC',
  'one training a rate, of pruned and dense phases in turns',
  (rate) => ({ rates: { draw: 'alternating', rate, dense: 0.1, phases: 5, last: 0.75, rise: true }, mask: 'project' }),
  { pace: 2, revision: 2 },
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
  { pace: 4, finish: shrunk, revision: 2 },
);

/**
 * Masks drawn by learned probabilities (X. Zhou, W. Zhang, H. Xu, T. Zhang: Effective Sparsification of Neural Networks with
 * Global Sparsity Constraint, arXiv 2105.01571): probabilities of all layers together keep to a budget that falls with the
 * gradual rate, and masks sharpen during training. The sharpness rises geometrically, where the paper's temperature falls
 * evenly; the budget is cut by what a weight is on average, its value times its probability.
 */
export const probabilityMasks = trainedForRate(
  'probmask',
  'ProbMask',
  'one training a rate, whose masks are drawn by learned probabilities that keep to the budget',
  (rate) => ({
    rates: { draw: 'gradual', rate, until: 0.6 },
    mask: 'probabilities',
    crispness: { from: 1, to: 33 },
  }),
  { pace: 2, revision: 2 },
);

interface Tuning {
  /** The learning rate, in units of the recipe's: chosen on validation (docs/compare.md). */
  readonly pace?: number;
  /** The share of the targets that are answers of a dense network; without it there is none. */
  readonly taught?: number;
  readonly finish?: (model: Model, rate: number) => Model;
  readonly revision?: number;
}

/** A method with one training for each rate, under a mask without prior, gain, or curves over the rate. */
function trainedForRate(
  name: string,
  title: string,
  description: string,
  changesFor: (rate: number) => Partial<PruningOptions>,
  { pace = 1, taught, finish = (model) => model, revision = 1 }: Tuning = {},
): Method {
  const recipeFor = (asked: Recipe, rate: number) => {
    const { training } = asked;
    const recipe = { ...asked, training: { ...training, learningRate: training.learningRate * pace } };
    const bare = { ...unaligned(recipe), threshold: 'empirical', gain: 'none', knots: 1 } as const;
    return withPruning(decayed(recipe), { ...bare, ...changesFor(rate) });
  };
  async function teacherOf({ recipe, train }: Lab): Promise<Teacher | undefined> {
    if (taught === undefined) return undefined;
    const dense = await train(withPruning(decayed(recipe), densePruning(recipe)));
    return { model: dense.model(), share: taught };
  }
  async function* train(lab: Lab): AsyncGenerator<Trained> {
    const teacher = await teacherOf(lab);
    for (const rate of lab.rates) {
      const training = await lab.train(recipeFor(lab.recipe, rate), undefined, teacher);
      yield { model: finish(training.model(), rate), rates: [rate] };
    }
  }
  const isTaught = taught !== undefined;
  const trainings = (rates: readonly number[]) => rates.length + (isTaught ? 1 : 0);
  return { name, title, description, perRate: !isTaught, revision, trainings, train };
}

/** The cut of a rate, of which every latent weight is smaller by the largest that is left out. */
export function shrunk(model: Model, rate: number): Model {
  const small = cutter(model)(rate);
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

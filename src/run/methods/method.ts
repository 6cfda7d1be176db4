import { aRecipe, checkArguments, objectWith, optionsOf } from '../../core/arguments.js';
import type { Model } from '../../model/model.js';
import type { PriorName } from '../../pruning/prior/prior.js';
import type { PruningOptions, Recipe } from '../../train/recipe/recipe.js';
import type { Teacher } from '../../train/samples/teacher.js';
import type { Training } from '../../train/training.js';

/** What a method works with: the same for all that are compared. */
export interface Lab {
  /** Network, data, seed and epochs; a method changes how it is trained and pruned. */
  readonly recipe: Recipe;
  /** Rates that networks are wanted for. */
  readonly rates: readonly number[];
  /**
   * Trains a recipe to its end, from weights drawn anew or from those of a model, and on answers of a teacher if there is one.
   * @throws DivergenceError
   */
  train(recipe: Recipe, start?: Model, teacher?: Teacher): Promise<Training>;
}

/** A trained network, to be cut to exact budgets at some of the rates. */
export interface Trained {
  readonly model: Model;
  readonly rates: readonly number[];
  /** The prior that its latent weights are aligned with, whose a(r) is then a threshold of its own. */
  readonly prior?: PriorName | undefined;
}

/**
 * A way to get networks at several pruning rates. Network, data, seed, budgets and epochs are those of the lab: every
 * network of every method is trained for `recipe.training.epochs` in all, a teacher as long beside it.
 */
export interface Method {
  readonly name: string;
  /** For a legend. */
  readonly title: string;
  /** One line: how it trains and prunes. */
  readonly description: string;
  /** Whether each rate takes a training of its own, which shares nothing with the others. */
  readonly perRate: boolean;
  /** Rises, from 1, whenever the method changes, so that results from before are not mixed with those after. */
  readonly revision?: number;
  /** How many trainings it runs, to foretell the time; one by default. */
  trainings?(rates: readonly number[]): number;
  train(lab: Lab): AsyncIterable<Trained>;
}

const anyPruning = optionsOf<PruningOptions>({
  rates: true,
  ramp: true,
  prior: true,
  threshold: true,
  mask: true,
  regulariser: true,
  crispness: true,
  crispnessOf: true,
  support: true,
  divergence: true,
  settle: true,
  paths: true,
  gain: true,
  knots: true,
});

/** A recipe with some pruning options changed. */
export function withPruning(recipe: Recipe, changes: Partial<PruningOptions>): Recipe {
  checkArguments('withPruning', { recipe: [aRecipe, recipe], changes: [anyPruning, changes] });
  return { ...recipe, pruning: { ...recipe.pruning, ...changes } };
}

/**
 * Neither a divergence nor a penalty, nor the prior's quantiles at the end, nor what looks at paths or lets rates rise; and σ of the
 * latent weights as they are, since no penalty makes them small.
 */
export function unaligned(
  recipe: Recipe,
): Pick<PruningOptions, 'divergence' | 'regulariser' | 'settle' | 'paths' | 'ramp' | 'crispnessOf'> {
  checkArguments('unaligned', { recipe: [aRecipe, recipe] });
  const { pruning } = recipe;
  const divergence = { ...pruning.divergence, weight: 0 };
  const regulariser = { kind: 'none', weight: 0 } as const;
  return { divergence, regulariser, settle: false, paths: false, ramp: 0, crispnessOf: 'latent' };
}

/** The one network that a recipe trains, for all rates of the lab. */
export async function trainOne(lab: Lab, recipe: Recipe): Promise<Trained> {
  checkArguments('trainOne', {
    lab: [objectWith('a lab, as methods are given it', 'recipe', 'rates', 'train'), lab],
    recipe: [aRecipe, recipe],
  });
  const { divergence, prior } = recipe.pruning;
  const training = await lab.train(recipe);
  return { model: training.model(), rates: lab.rates, prior: divergence.weight > 0 ? prior : undefined };
}

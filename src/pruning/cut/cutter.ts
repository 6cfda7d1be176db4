/** Cuts to a number of weights, which need nothing that writes files. */
import type { Model } from '../../model/model.js';
import { rateOf } from '../../runtime/network/rate.js';
import { isOfRate, nonzerosOf, type WeightBudget } from './budget.js';
import { dropDead, keepNonzeros } from './keep.js';
import { effectivePrefix, magnitudeOrder } from './selector.js';

/**
 * Cuts a model to rate after rate by the magnitude of its weights, which are put in order once.
 * @throws InputError on a rate outside [0, 1) or below the model's own
 */
export function cutter(model: Model): (rate: number) => Model {
  const order = magnitudeOrder(model);
  return (rate) => keepNonzeros(model, order, nonzerosOf(model, { rate }), rate);
}

/** The same where a rate counts only weights that can influence an answer. */
export function effectiveCutter(model: Model): (rate: number) => Model {
  const order = magnitudeOrder(model);
  return (rate) => cutToWeights(model, order, { rate, effective: true });
}

/** The model with the weights of an importance order that a budget has room for. */
export function cutToWeights(model: Model, order: Uint32Array, budget: WeightBudget): Model {
  const wanted = nonzerosOf(model, budget);
  const rate = isOfRate(budget) ? budget.rate : rateOf(wanted, model.network.weightCount);
  if (!budget.effective) return keepNonzeros(model, order, wanted, rate);
  return dropDead(keepNonzeros(model, order, effectivePrefix(model, order, wanted, rate), rate));
}

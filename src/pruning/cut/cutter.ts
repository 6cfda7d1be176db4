import type { Model } from '../../model/model.js';
import { nonzerosOf } from './budget.js';
import { keepNonzeros } from './keep.js';
import { magnitudeOrder } from './selector.js';

/**
 * Cuts a model to rate after rate by the magnitude of its weights, which are put in order once.
 * @throws InputError on a rate outside [0, 1) or below the model's own
 */
export function cutter(model: Model): (rate: number) => Model {
  const order = magnitudeOrder(model);
  return (rate) => keepNonzeros(model, order, nonzerosOf(model, { rate }), rate);
}

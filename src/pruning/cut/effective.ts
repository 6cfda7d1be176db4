import type { Model } from '../../model/model.js';
import { keepNonzeros } from './keep.js';
import { liveWeights } from './live.js';

/**
 * The longest prefix of the importance order of which at most `wanted` weights are live at a rate. Each weight that is
 * added only opens paths, so that halving finds it.
 */
export function effectivePrefix(model: Model, order: Uint32Array, wanted: number, rate: number): number {
  const isWithin = (count: number) => liveWeights(keepNonzeros(model, order, count, rate)).effective <= wanted;
  let [within, beyond] = [wanted, order.length + 1];
  while (beyond - within > 1) {
    const middle = (within + beyond) >> 1;
    if (isWithin(middle)) within = middle;
    else beyond = middle;
  }
  return within;
}

import { InputError } from '../../core/errors.js';
import { encodeModel } from '../../model/file/file.js';
import type { Model } from '../../model/model.js';
import { nonzerosAt, rateOf } from '../../runtime/network/rate.js';
import { effectivePrefix } from './effective.js';
import { importanceOrder } from './importance.js';
import { dropDead, keepNonzeros } from './keep.js';

/**
 * How large a network is cut; bytes are those of its file. `effective` spends the budget on weights that can influence
 * an answer, and leaves out the others.
 */
export type Budget = WeightBudget | { readonly bytes: number };

type WeightBudget = ({ readonly rate: number } | { readonly nonzeros: number }) & { readonly effective?: boolean };

/** The non-zero weights that a budget allows. @throws InputError on a rate outside [0, 1) or an impossible number. */
export function nonzerosOf(model: Model, budget: WeightBudget): number {
  const held = nonzerosAt(model.network.weightCount, model.rate);
  const wanted = 'rate' in budget ? nonzerosAt(model.network.weightCount, checkRate(budget.rate)) : budget.nonzeros;
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= held) return wanted;
  throw new InputError({
    source: 'budget',
    expected: `0 to ${held} non-zero weights (the model holds rate ${model.rate} and above)`,
    found: 'rate' in budget ? `rate ${budget.rate} (${wanted} non-zeros)` : String(wanted),
    mend: 'Ask for a higher rate, or start from a model that was cut less.',
  });
}

/** @throws InputError unless 0 ≤ rate < 1 */
export function checkRate(rate: number, source = 'rate'): number {
  if (rate >= 0 && rate < 1) return rate;
  throw new InputError({
    source,
    expected: 'a pruning rate from 0 up to, but not including, 1',
    found: String(rate),
    mend: 'The rate is the share of weights that is zero: 0.98 keeps 2 %.',
  });
}

/** A standalone smaller model that just keeps the budget; it can be cut further. */
export function cut(model: Model, budget: Budget): Model {
  const order = importanceOrder(model.parameters.latents);
  if ('bytes' in budget) return cutToBytes(model, order, budget.bytes);
  const wanted = nonzerosOf(model, budget);
  const rate = 'rate' in budget ? budget.rate : rateOf(wanted, model.network.weightCount);
  if (!budget.effective) return keepNonzeros(model, order, wanted, rate);
  return dropDead(keepNonzeros(model, order, effectivePrefix(model, order, wanted, rate), rate));
}

/** The greatest cut whose file has at most `bytes`; a file grows with every non-zero, so that halving finds it. */
function cutToBytes(model: Model, order: Uint32Array, bytes: number): Model {
  const bytesAt = (nonzeros: number) => encodeModel(keepNonzeros(model, order, nonzeros)).length;
  const least = bytesAt(0);
  if (!(bytes >= least)) throw tooFewBytes(least, bytes);
  let [kept, tooMany] = [0, nonzerosAt(model.network.weightCount, model.rate) + 1];
  while (tooMany - kept > 1) {
    const middle = (kept + tooMany) >> 1;
    if (bytesAt(middle) <= bytes) kept = middle;
    else tooMany = middle;
  }
  return keepNonzeros(model, order, kept);
}

function tooFewBytes(least: number, bytes: number): InputError {
  return new InputError({
    source: 'budget',
    expected: `at least ${least} bytes, which the file takes without any weight`,
    found: `${bytes} bytes`,
    mend: 'Allow more bytes.',
  });
}

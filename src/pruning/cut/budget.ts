import { InputError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import { nonzerosAt } from '../../runtime/network/rate.js';

/**
 * How large a network is cut: by the pruning rate, the share of all maskable weights that is zero, from 0 up to 1; by the
 * weights that are left; or by the bytes of its file. `effective` spends the budget on weights that can influence an
 * answer, and leaves out the others; `dropDead` leaves out those that cannot, and spends the bytes that this saves.
 */
export type Budget = WeightBudget | ByteBudget;

/** A budget of the bytes of a file. */
export interface ByteBudget {
  readonly bytes: number;
  readonly dropDead?: boolean;
}

/** A budget of weights. */
export type WeightBudget = ({ readonly rate: number } | { readonly nonzeros: number }) & {
  readonly effective?: boolean;
};

export function isOfBytes(budget: Budget): budget is ByteBudget {
  return (budget as Partial<ByteBudget>).bytes !== undefined;
}

export function isOfRate(budget: WeightBudget): budget is WeightBudget & { readonly rate: number } {
  return (budget as { readonly rate?: number }).rate !== undefined;
}

/** The non-zero weights that a budget allows. @throws InputError on a rate outside [0, 1) or an impossible number. */
export function nonzerosOf(model: Model, budget: WeightBudget): number {
  const held = nonzerosAt(model.network.weightCount, model.rate);
  const wanted = isOfRate(budget) ? nonzerosAt(model.network.weightCount, checkRate(budget.rate)) : budget.nonzeros;
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= held) return wanted;
  throw new InputError({
    source: 'budget',
    expected: `0 to ${held} non-zero weights (the model holds rate ${model.rate} and above)`,
    found: isOfRate(budget) ? `rate ${budget.rate} (${wanted} non-zeros)` : String(wanted),
    mend: 'Give a higher rate, or start from a model that was cut less.',
  });
}

/** @throws InputError unless 0 ≤ rate < 1 */
export function checkRate(rate: number, source = 'rate'): number {
  if (typeof rate === 'number' && rate >= 0 && rate < 1) return rate;
  throw new InputError({
    source,
    expected: 'a pruning rate from 0 up to, but not including, 1',
    found: String(rate),
    mend: 'The rate is the share of weights that is zero: 0.98 keeps 2 %.',
  });
}

/**
 * The most non-zero weights whose file keeps to a budget of bytes; a file grows with every non-zero, so that halving finds
 * it.
 * @param bytesAt the bytes of the file with so many non-zeros
 * @throws InputError if the file is larger without any weight
 */
export function nonzerosWithin(model: Model, budget: ByteBudget, bytesAt: (nonzeros: number) => number): number {
  const least = bytesAt(0);
  if (!(budget.bytes >= least)) throw tooFewBytes(least, budget);
  let [kept, tooMany] = [0, nonzerosAt(model.network.weightCount, model.rate) + 1];
  while (tooMany - kept > 1) {
    const middle = (kept + tooMany) >> 1;
    if (bytesAt(middle) <= budget.bytes) kept = middle;
    else tooMany = middle;
  }
  return kept;
}

function tooFewBytes(least: number, { bytes, dropDead }: ByteBudget): InputError {
  return new InputError({
    source: 'budget',
    expected: `at least ${least} bytes, which the file takes without any weight`,
    found: `${bytes} bytes`,
    mend: `Allow more bytes, or use a coarser precision (--precision int8)${dropDead ? '' : ', or leave out what cannot influence an answer (--drop-dead)'}.`,
  });
}

import { aModel, checkArguments, type Kind, optionsOf } from '../../core/arguments.js';
import { fileBytes } from '../../model/file/write-model.js';
import type { Model } from '../../model/model.js';
import { type Budget, type ByteBudget, isOfBytes, nonzerosWithin } from './budget.js';
import { cutToWeights } from './cutter.js';
import { dropDead, keepNonzeros } from './keep.js';
import { type Selection, selectionOrder } from './selector.js';

/** A budget has one measure: which of two would be kept? One that is undefined is none. */
const aBudget: Kind = {
  ...optionsOf<Budget>({ rate: true, nonzeros: true, bytes: true, effective: true, dropDead: true }),
  expected: 'one of { rate }, { nonzeros } and { bytes }',
  holds: (value) => ['rate', 'nonzeros', 'bytes'].filter((key) => Object(value)[key] !== undefined).length === 1,
};
const anySelection = optionsOf<Selection>({ criterion: true, scope: true });

/**
 * A standalone smaller model that just keeps the budget; it can be cut further. By default the weights of the greatest
 * magnitude are kept, of all layers alike.
 * @param selection a criterion, its own or a registered one, and whether layers compete or keep equal shares
 * @throws InputError on a budget that the model cannot keep
 * @example
 * const small = cut(model, { rate: 0.98 });
 * const other = cut(model, { nonzeros: 1000 }, { criterion: criterionNamed('magnitude'), scope: 'layer' });
 */
export function cut(model: Model, budget: Budget, selection: Selection = {}): Model {
  checkArguments('cut', {
    model: [aModel, model],
    budget: [aBudget, budget],
    selection: [anySelection, selection],
  });
  const order = selectionOrder(model, selection);
  if (isOfBytes(budget)) return cutToBytes(model, order, budget);
  return cutToWeights(model, order, budget);
}

/** The greatest cut whose file has at most `bytes`. */
function cutToBytes(model: Model, order: Uint32Array, budget: ByteBudget): Model {
  const cutAt = (nonzeros: number) => {
    const small = keepNonzeros(model, order, nonzeros);
    return budget.dropDead ? dropDead(small) : small;
  };
  return cutAt(nonzerosWithin(model, budget, (nonzeros) => fileBytes(cutAt(nonzeros))));
}

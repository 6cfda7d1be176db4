import { InputError } from '../core/errors.js';
import { isBuiltin } from '../data/builtin.js';
import type { Model } from '../model/model.js';
import { runOf } from '../run/node/load-model.js';

/** The data that the model was trained with: a built-in set, or what the recipe beside it names. @throws InputError */
export function dataOf({ description: { provenance } }: Model, path: string): string {
  const data = runOf(path)?.recipe().data ?? provenance.dataset;
  if (isBuiltin(provenance.dataset) || data !== provenance.dataset) return data;
  throw new InputError({
    source: path,
    expected: `--data with the folder of ${provenance.dataset}, which the model was trained with`,
    found: 'no --data',
    mend: 'Give it.',
  });
}

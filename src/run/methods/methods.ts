import { InputError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { dsnn } from './dsnn.js';
import { lcs } from './lcs.js';
import { fineTunedPruning, magnitudePruning } from './magnitude-pruning.js';
import type { Method } from './method.js';
import { mrmp, srmp } from './mrmp.js';
import { regularised } from './regularised.js';

/** All methods that can be compared, MRMP first. A new one is a file of its own, and its line here. */
export const methods: readonly Method[] = [
  ...mrmp,
  srmp,
  magnitudePruning,
  fineTunedPruning,
  ...regularised,
  dsnn,
  lcs,
];

/** @throws InputError on a name that no method has */
export function methodNamed(name: string): Method {
  const method = methods.find((candidate) => candidate.name === name);
  if (method !== undefined) return method;
  const names = methods.map((candidate) => candidate.name);
  throw new InputError({
    source: 'method',
    expected: `one of ${names.join(', ')}`,
    found: `"${name}"`,
    mend: suggest(name, names) ?? 'Use one of these names.',
  });
}

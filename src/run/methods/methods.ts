import { checkArguments, objectWith } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import { allOf, Registry } from '../../core/registry.js';
import { dsnn } from './dsnn.js';
import { alternatingPruning, gradualPruning, probabilityMasks, softThreshold, taughtPruning } from './gradual.js';
import { lcs } from './lcs.js';
import { fineTunedPruning, magnitudePruning } from './magnitude-pruning.js';
import type { Lab, Method, Trained } from './method.js';
import { mrmp, srmp } from './mrmp.js';
import { regularised } from './regularised.js';

const registry = /* @__PURE__ */ new Registry<Method>('method', [
  ...mrmp,
  srmp,
  magnitudePruning,
  fineTunedPruning,
  ...regularised,
  gradualPruning,
  taughtPruning,
  alternatingPruning,
  softThreshold,
  probabilityMasks,
  dsnn,
  lcs,
]);

/** All methods that can be compared, MRMP first: those that are built in, then those that were registered. */
export const methods: readonly Method[] = /* @__PURE__ */ allOf(registry);

/**
 * Adds a method to those that `anyrate compare` trains.
 * @throws InputError on a name that is taken, and on a method that lacks a part
 */
export function registerMethod(method: Method): void {
  checkArguments('registerMethod', { method: [objectWith('a method'), method] });
  const { title, description, perRate, train } = method;
  const faults = [
    { place: 'title', isFault: typeof title !== 'string', expected: 'a text for a legend', found: title },
    { place: 'description', isFault: typeof description !== 'string', expected: 'a line of text', found: description },
    { place: 'perRate', isFault: typeof perRate !== 'boolean', expected: 'true or false', found: perRate },
    { place: 'train', isFault: typeof train !== 'function', expected: 'an async generator function', found: train },
  ];
  const fault = faults.find(({ isFault }) => isFault);
  if (fault !== undefined) {
    const { place, expected, found } = fault;
    const source = 'method to register';
    throw new InputError({ source, place, expected, found: String(found), mend: 'See Method.' });
  }
  registry.add(method);
}

/** The method of a name. @throws InputError on an unknown one, with a suggestion; `source` is where it was named */
export function methodNamed(name: string, source?: string): Method {
  return registry.named(name, source);
}

/**
 * The networks of a method, as it trains them.
 * @throws InputError that names the method where one from outside fails
 */
export async function* trainBy(method: Method, lab: Lab): AsyncGenerator<Trained> {
  try {
    yield* method.train(lab);
  } catch (error) {
    throw registry.blame(method, error);
  }
}

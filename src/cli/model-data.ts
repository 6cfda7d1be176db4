import { InputError } from '../core/errors.js';
import { isBuiltin, loadSequence } from '../data/node/load.js';
import type { Model } from '../model/model.js';
import { runOf } from '../run/node/load-model.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';

/** The data that the model was trained with: a built-in set, or what the recipe beside it names. @throws InputError */
export function dataOf({ description: { provenance } }: Model, path: string): string {
  const data = runOf(path)?.recipe().data ?? provenance.dataset;
  if (isBuiltin(provenance.dataset) || data !== provenance.dataset) return data;
  throw new InputError({
    source: path,
    expected: `--data with the folder of ${provenance.dataset}, which the model was trained with`,
    found: 'no --data',
    mend: 'Pass --data.',
  });
}

/** Reads a recorded sequence of what a model was trained on. */
export function loadRecording(file: string, { description }: Model): Promise<SkeletonSequence> {
  const { layout, persons, provenance } = description;
  return loadSequence(file, { persons, joints: layout.joints.length, layout, format: provenance.dataset });
}

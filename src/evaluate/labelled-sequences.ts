import { aDataset, aModel, aNumber, checkArguments, listOf } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { withFacts } from '../data/positions-elsewhere.js';
import type { Model } from '../model/model.js';
import type { LabelledSequence } from './evaluate.js';

/**
 * Sequences of a data set, labelled as the model numbers its classes; `indices` into its samples.
 * @throws InputError where the data set has another layout, other persons or other classes than the model
 */
export function labelledSequences(model: Model, dataset: Dataset, indices: readonly number[]): LabelledSequence[] {
  checkArguments('labelledSequences', {
    model: [aModel, model],
    dataset: [aDataset, dataset],
    indices: [listOf('indices of samples', aNumber), indices],
  });
  checkShape(model, dataset);
  const { classes } = model.description;
  const labels = dataset.classes.map((name) => classes.indexOf(name));
  return indices.map((index) => {
    const sample = dataset.samples[index];
    const label = labels[sample.label];
    if (label >= 0) return withFacts(sample, { label });
    throw misfit(
      `data set ${dataset.name}`,
      sample.id,
      `a class of the model: ${classes.join(', ')}`,
      `"${dataset.classes[sample.label]}"`,
    );
  });
}

/** @throws InputError where the data set has another layout or other persons than the model */
export function checkShape({ description: { layout, persons } }: Model, dataset: Dataset): void {
  const shape = `${persons} x ${layout.name}`;
  const found = `${dataset.persons} x ${dataset.layout.name}`;
  if (found === shape) return;
  throw misfit(`data set ${dataset.name}`, 'skeletons', `${shape}, as the model was trained with`, found);
}

function misfit(source: string, place: string, expected: string, found: string): InputError {
  return new InputError({
    source,
    place,
    expected,
    found,
    mend: 'Evaluate the model on data with the shape and classes that it was trained with.',
  });
}

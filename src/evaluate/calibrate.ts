import { aModel, checkArguments, labelled, listOf, objectWith } from '../core/arguments.js';
import { rounded } from '../core/math.js';
import type { Model } from '../model/model.js';
import { rateOfKnot } from '../model/rate-curve.js';
import type { StatedAccuracy } from '../runtime/file/header.js';
import { type LabelledSequence, type RateAccuracy, runCuts } from './evaluate.js';
import { fitTemperature } from './temperature.js';

/** Knots of the temperature over the rate: the last is at 1 − 1/256. */
const KNOTS = 9;
/** Digits after the point that a file keeps. */
const TEMPERATURE_DIGITS = 3;
const ACCURACY_DIGITS = 4;

/**
 * The model with a temperature at each knot of the rate, fitted on sequences that it was not trained on.
 * @throws InputError if the model is a cut, which lacks the lower rates
 */
export function calibrate(model: Model, sequences: readonly LabelledSequence[]): Model {
  checkArguments('calibrate', { model: [aModel, model], sequences: [labelled, sequences] });
  const rates = Array.from({ length: KNOTS }, (_, knot) => rateOfKnot(knot));
  const labels = sequences.map(({ label }) => label);
  const fitted = runCuts(model, sequences, rates).map(({ logits }) => fitTemperature(logits, labels));
  return model.describedBy({ temperatures: fitted.map((temperature) => rounded(temperature, TEMPERATURE_DIGITS)) });
}

/** The model with one more statement of what was measured. */
export function stateAccuracy(
  model: Model,
  facts: Pick<StatedAccuracy, 'part' | 'split' | 'sequences'>,
  results: readonly Pick<RateAccuracy, 'rate' | 'accuracy'>[],
): Model {
  checkArguments('stateAccuracy', {
    model: [aModel, model],
    facts: [objectWith('what was measured', 'part', 'split', 'sequences'), facts],
    results: [listOf('accuracies at rates', objectWith('', 'rate', 'accuracy')), results],
  });
  const { provenance } = model.description;
  const stated = {
    ...facts,
    rates: results.map(({ rate }) => rate),
    accuracies: results.map(({ accuracy }) => rounded(accuracy, ACCURACY_DIGITS)),
  };
  return model.describedBy({ provenance: { ...provenance, accuracy: [...(provenance.accuracy ?? []), stated] } });
}

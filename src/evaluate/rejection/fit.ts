import type { Model } from '../../model/model.js';
import { rateOfKnot } from '../../model/rate-curve.js';
import { type LabelledSequence, runCuts } from '../evaluate.js';
import { countAlarms } from './alarms.js';
import { thresholdFor } from './detection.js';
import { meaningful, scoresOf } from './scores.js';

/** Knots of the thresholds over the rate: the last is at 1 − 1/256. */
const KNOTS = 9;
/** Shares of known movements refused whose thresholds a file keeps. */
const SHARES = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
/** Digits after the point. */
const THRESHOLD_DIGITS = 4;
const ALARM_DIGITS = 2;

/**
 * The model with a rule that says which answers are too unsure to count, fitted on sequences that it was not trained on:
 * at each knot of the rate the probabilities below which shares of them are and, where some are of classes that mean
 * nothing, how many false alarms a minute are left. Without a sequence of a class that means something, the model as it is.
 * @throws InputError if the model is a cut, which lacks the lower rates
 */
export function fitRejection(model: Model, sequences: readonly LabelledSequence[]): Model {
  const meaning = meaningful(model);
  const known = sequences.filter(({ label }) => meaning[label]);
  if (known.length === 0) return model;
  const rates = Array.from({ length: KNOTS }, (_, knot) => rateOfKnot(knot));
  const thresholds = runCuts(model, known, rates).map((outputs) => {
    const scores = scoresOf(model, outputs);
    return SHARES.map((share) => rounded(thresholdFor(scores, share), THRESHOLD_DIGITS));
  });
  const background = sequences.filter(({ label }) => !meaning[label]);
  const counter = countAlarms(model, background, rates);
  const alarms =
    counter && SHARES.map((_, i) => rounded(counter.perMinute(thresholds.map((row) => row[i])), ALARM_DIGITS));
  const rejection = { score: 'probability', refused: SHARES, thresholds, ...(alarms && { alarms }) } as const;
  return model.describedBy({ stream: { ...model.description.stream, rejection } });
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

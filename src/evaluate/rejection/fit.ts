import { rounded } from '../../core/math.js';
import type { Model } from '../../model/model.js';
import { rateOfKnot } from '../../model/rate-curve.js';
import { type CutOutputs, type LabelledSequence, runCuts } from '../evaluate.js';
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
/** Whole numbers on each side of 0 that means have. */
const LEVELS = 100;
/** Of more classes, the means of all would make the file larger than the network; probabilities then decide. */
const MOST_CLASSES = 32;

/**
 * The model with a rule that says which answers are too unsure to count, fitted on sequences that it was not trained on:
 * what each class usually gets, at each knot of the rate how alike to it shares of them are at least and, where some are of classes that mean
 * nothing, how many false alarms a minute are left. Without a sequence of a class that means something, the model as it is.
 * @throws InputError if the model is a cut, which lacks the lower rates
 */
export function fitRejection(model: Model, sequences: readonly LabelledSequence[]): Model {
  const meaning = meaningful(model);
  const known = sequences.filter(({ label }) => meaning[label]);
  if (known.length === 0) return model;
  const rates = Array.from({ length: KNOTS }, (_, knot) => rateOfKnot(knot));
  const outputs = runCuts(model, known, rates);
  const means = model.network.classes > MOST_CLASSES ? undefined : meansOf(model.network.classes, outputs, known);
  const thresholds = outputs.map((output) => {
    const scores = scoresOf(model, output, means);
    return SHARES.map((share) => rounded(thresholdFor(scores, share), THRESHOLD_DIGITS));
  });
  const background = sequences.filter(({ label }) => !meaning[label]);
  const counter = countAlarms(model, background, rates, means);
  const alarms =
    counter && SHARES.map((_, i) => rounded(counter.perMinute(thresholds.map((row) => row[i])), ALARM_DIGITS));
  const rejection = { ...(means && { means }), refused: SHARES, thresholds, ...(alarms && { alarms }) };
  return model.describedBy({ stream: { ...model.description.stream, rejection } });
}

/**
 * What each class usually gets: of all rates, the mean logits of its sequences less their middle, as whole numbers of which
 * the greatest is 100. A class without sequences is taken to get one probability, and the others alike.
 */
function meansOf(
  classes: number,
  outputs: readonly CutOutputs[],
  sequences: readonly LabelledSequence[],
): readonly number[][] {
  return Array.from({ length: classes }, (_, label) => {
    const sum = new Array<number>(classes).fill(0);
    for (const { logits } of outputs) {
      for (const [i, row] of logits.entries()) {
        if (sequences[i].label !== label) continue;
        const centred = fromMiddle(row);
        const length = Math.hypot(...centred) || 1;
        for (const [c, value] of centred.entries()) sum[c] += value / length;
      }
    }
    const mean = sum.some((value) => value !== 0) ? sum : fromMiddle(sum.map((_, c) => Number(c === label)));
    const greatest = Math.max(...mean.map(Math.abs));
    return mean.map((value) => Math.round((LEVELS * value) / greatest) || 0);
  });
}

function fromMiddle(row: ArrayLike<number>): number[] {
  const values = Array.from(row);
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - middle);
}

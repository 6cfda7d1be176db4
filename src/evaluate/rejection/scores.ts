import type { Model } from '../../model/model.js';
import type { Rejection } from '../../runtime/file/header.js';
import { likeness } from '../../runtime/stream/rejection.js';
import { softmax } from '../../runtime/view.js';
import type { CutOutputs } from '../evaluate.js';

/**
 * How sure a model is of each sequence, by its rule: how alike the answer is to those of the most probable class that means
 * something, or that class's probability.
 */
export function scoresOf(
  model: Model,
  { rate, logits }: CutOutputs,
  means: Rejection['means'] = model.description.stream?.rejection?.means,
): number[] {
  const meaning = meaningful(model);
  const temperature = model.temperatureAt(rate);
  return logits.map((row) => {
    const probabilities = softmax(row, temperature);
    const label = best(probabilities, meaning);
    return means === undefined ? probabilities[label] : likeness(probabilities, means[label]);
  });
}

/** Whether each class of a model means something. */
export function meaningful({ description: { classes, stream } }: Model): boolean[] {
  return classes.map((name) => stream?.nothing?.includes(name) !== true);
}

/** The most probable class that means something. */
function best(probabilities: readonly number[], meaning: readonly boolean[]): number {
  return probabilities.reduce(
    (most, p, label) => (meaning[label] && (most < 0 || p > probabilities[most]) ? label : most),
    -1,
  );
}

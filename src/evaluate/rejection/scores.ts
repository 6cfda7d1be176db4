import type { Model } from '../../model/model.js';
import { softmax } from '../../runtime/view.js';
import type { CutOutputs } from '../evaluate.js';

/** How sure a model is of each sequence: the probability of the most probable class that means something. */
export function scoresOf(model: Model, { rate, logits }: CutOutputs): number[] {
  const meaning = meaningful(model);
  const temperature = model.temperatureAt(rate);
  return logits.map((row) => Math.max(...softmax(row, temperature).filter((_, label) => meaning[label])));
}

/** Whether each class of a model means something. */
export function meaningful({ description: { classes, stream } }: Model): boolean[] {
  return classes.map((name) => stream?.nothing?.includes(name) !== true);
}

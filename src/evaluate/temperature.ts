import { softmax } from '../runtime/view.js';

/** No colder or hotter: few sequences, all of them right, would ask for 0. */
const COLDEST = 0.1;
const HOTTEST = 10;
const HALVINGS = 40;

/**
 * The temperature at which the softmax of logits / T has the least negative log-likelihood (Guo et al., "On Calibration
 * of Modern Neural Networks", 2017), from 0.1 to 10. In 1 / T it is convex, so that halving finds where it no longer falls.
 * @param logits [sequence][class]; at least one
 */
export function fitTemperature(logits: readonly ArrayLike<number>[], labels: readonly number[]): number {
  let [low, high] = [Math.log(COLDEST), Math.log(HOTTEST)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (isTooCold(logits, labels, Math.exp(middle))) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** Mean negative log-likelihood of the labels at a temperature. */
export function negativeLogLikelihood(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  temperature: number,
): number {
  const losses = logits.map((row, i) => -Math.log(Math.max(softmax(row, temperature)[labels[i]], Number.MIN_VALUE)));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Whether the likelihood grows with T: the expected logit is above that of the label. */
function isTooCold(logits: readonly ArrayLike<number>[], labels: readonly number[], temperature: number): boolean {
  let slope = 0;
  for (const [i, row] of logits.entries()) {
    const probabilities = softmax(row, temperature);
    slope += probabilities.reduce((sum, p, label) => sum + p * row[label], 0) - row[labels[i]];
  }
  return slope > 0;
}

import { argmax, softmax } from '../../runtime/network/scores.js';

/** Bins of equal width, as in Guo et al. (2017). */
const BINS = 15;

/**
 * Expected calibration error (Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
 * Binning", 2015): answers fall into bins of their probability, ((b − 1) / 15, b / 15]; the mean over all answers of
 * how far their bin's accuracy is from its mean probability.
 * @param logits [sequence][class]
 */
export function calibrationError(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  temperature = 1,
): number {
  const gaps = new Float64Array(BINS);
  for (const [i, row] of logits.entries()) {
    const probabilities = softmax(row, temperature);
    const answer = argmax(probabilities);
    const bin = Math.max(Math.ceil(probabilities[answer] * BINS) - 1, 0);
    gaps[Math.min(bin, BINS - 1)] += probabilities[answer] - (answer === labels[i] ? 1 : 0);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / logits.length;
}

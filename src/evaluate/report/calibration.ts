import { markdownTable } from 'markdown-table';
import { formatPercent, formatRate } from '../../core/format.js';
import { argmax, softmax } from '../../runtime/view.js';
import { negativeLogLikelihood } from '../temperature.js';

/** How well the probabilities at a rate fit: as they are without a temperature, and with the model's own. */
export interface RowCalibration {
  readonly temperature: number;
  readonly raw: Fit;
  readonly fitted: Fit;
}

/** How well the probabilities fit at one temperature. */
export interface Fit {
  /** Expected calibration error. */
  readonly error: number;
  /** Mean negative log-likelihood. */
  readonly loss: number;
}

/** @param logits [sequence][class] */
export function calibrationOf(
  temperature: number,
  logits: readonly Float32Array[],
  labels: readonly number[],
): RowCalibration {
  const fitAt = (value: number): Fit => ({
    error: calibrationError(logits, labels, value),
    loss: negativeLogLikelihood(logits, labels, value),
  });
  return { temperature, raw: fitAt(1), fitted: fitAt(temperature) };
}

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

/** Calibration at each rate as a Markdown table, in per cent and nats. */
export function calibrationTable(
  rows: readonly { readonly rate: number; readonly calibration?: RowCalibration | undefined }[],
): string {
  const head = ['rate', 'temperature', 'ECE at 1', 'ECE', 'loss at 1', 'loss'];
  const body = rows.flatMap(({ rate, calibration }) => {
    if (calibration === undefined) return [];
    const { temperature, raw, fitted } = calibration;
    const errors = [raw.error, fitted.error].map(formatPercent);
    return [[formatRate(rate), temperature.toFixed(3), ...errors, raw.loss.toFixed(3), fitted.loss.toFixed(3)]];
  });
  const note = 'ECE: expected calibration error, 15 bins; loss: negative log-likelihood; at 1: without a temperature.';
  return `${markdownTable([head, ...body], { align: head.map(() => 'r') })}\n\n${note}`;
}

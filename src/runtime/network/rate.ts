/**
 * Pruning rates and counts of non-zeros.
 *
 * A pruning rate is the share of ALL maskable weights of a network that is exactly zero: from 0, every weight is left, up to
 * but never 1. Biases, gains and standardisation are no weights.
 */

import { exp } from './exp.js';

/** Stands for a network that keeps nothing. */
export const LARGEST_RATE = 1 - 2 ** -53;

/** The pruning rate, in [0, 1), of a network of which so many weights are left. */
export function rateOf(nonzeros: number, weights: number): number {
  return Math.min(1 - nonzeros / weights, LARGEST_RATE);
}

/** Non-zeros at a pruning rate: round((1 − rate) · weights), to the weight. */
export function nonzerosAt(weights: number, rate: number): number {
  return Math.round((1 - rate) * weights);
}

/**
 * Parameters as smooth functions of the pruning rate: linear between knots at x = 0, 1, 2 … with x = −log2(1 − rate),
 * so that each knot halves the non-zeros. Used for gains and biases, which are never pruned.
 */
export interface RateCurve {
  readonly knots: number;
  /** Numbers at one rate. */
  readonly size: number;
  /** [knots][size] */
  readonly values: Float64Array;
}

/** Where a rate lies between the knots: `share` of knot + 1, the rest of knot. */
export interface CurvePlace {
  readonly knot: number;
  readonly share: number;
}

export function placeOnCurve({ knots }: RateCurve, rate: number): CurvePlace {
  const x = Math.min(Math.max(-Math.log2(1 - rate), 0), knots - 1);
  const knot = Math.min(Math.floor(x), Math.max(knots - 2, 0));
  return { knot, share: x - knot };
}

/** The curve's numbers at a rate, [size]. */
export function evaluateCurve(curve: RateCurve, rate: number): Float64Array {
  const { knot, share } = placeOnCurve(curve, rate);
  const { size, values } = curve;
  const at = knot * size;
  return values.slice(at, at + size).map((value, i) => (1 - share) * value + share * (values[at + size + i] ?? 0));
}

/** scale · gain: what a tensor's latents are multiplied by at a rate; `gain` is the curve of its logarithm. */
export function weightScale(scale: number, gain: RateCurve, rate: number): number {
  return Math.fround(scale * exp(evaluateCurve(gain, rate)[0]));
}

/** The temperature of the softmax at a rate, from its values at knots, or 1; a float32: exports have room for it. */
export function temperatureAt(temperatures: ArrayLike<number> | undefined, rate: number): number {
  const values = Float64Array.from(temperatures ?? [1]);
  return Math.fround(evaluateCurve({ knots: values.length, size: 1, values }, rate)[0]);
}

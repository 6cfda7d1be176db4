import type { Rejection } from '../file/header.js';
import { evaluateCurve } from '../network/rate.js';

/** Added to a share, since 0 has no logarithm; in the range of float32, for exports. */
const LEAST = 1e-30;

/**
 * How alike probabilities are to those that a class usually gets, −1 to 1: the cosine between their logarithms, less their
 * mean, and the class's. The temperature of the softmax changes no angle.
 */
export function likeness(scores: readonly number[], mean: readonly number[]): number {
  const [found, usual] = [scores.map(log), mean].map((values) => {
    const sum = values.reduce((a, b) => a + b);
    return values.map((value) => value - sum / values.length);
  });
  return dot(found, usual) / Math.sqrt(dot(found, found) * dot(usual, usual) || 1);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/**
 * The logarithm of a share, to about ten digits, by the difference between its 2^21st root and the root's inverse: operations that
 * all engines round alike, where their Math.log differ.
 */
export function log(share: number): number {
  let root = share + LEAST;
  for (let i = 0; i < 20; i++) root = Math.sqrt(root);
  return ((root - 1) / Math.sqrt(root)) * 2 ** 20;
}

/** What a share of known movements is less sure than at a rate; linear between the shares. */
export function thresholdAt({ refused, thresholds }: Rejection, rate: number, share: number): number {
  const values = Float64Array.from(thresholds.flat());
  return between(refused, evaluateCurve({ knots: thresholds.length, size: refused.length, values }, rate), share);
}

/** The least share of known movements to refuse so that there are at most so many false alarms a minute, if one is known. */
export function shareFor({ refused, alarms = [] }: Rejection, perMinute: number): number {
  const fewer = alarms.findIndex((count) => count <= perMinute);
  if (fewer <= 0) return refused.at(fewer)!;
  return between([alarms[fewer], alarms[fewer - 1]], [refused[fewer], refused[fewer - 1]], perMinute);
}

/** y at x, linear between points whose x rise, and level outside them. */
function between(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  let at = 0;
  while (at < xs.length - 1 && xs[at + 1] < x) at++;
  if (at === xs.length - 1 || x <= xs[0]) return ys[x <= xs[0] ? 0 : at];
  return ys[at] + ((x - xs[at]) / (xs[at + 1] - xs[at])) * (ys[at + 1] - ys[at]);
}

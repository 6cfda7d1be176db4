import type { Rejection } from '../file/header.js';
import { evaluateCurve } from '../network/rate.js';

/** The score below which a share of known movements is refused at a rate; linear between the shares. */
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

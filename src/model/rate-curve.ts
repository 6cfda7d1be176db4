import { placeOnCurve, type RateCurve } from '../runtime/network/rate.js';

export function createCurve(knots: number, size: number, initial: (knot: number) => number = () => 0): RateCurve {
  const values = Float64Array.from({ length: knots * size }, (_, i) => initial(Math.floor(i / size)));
  return { knots, size, values };
}

/** The rate at which a knot is. */
export function rateOfKnot(knot: number): number {
  return 1 - 2 ** -knot;
}

/** Backward of evaluateCurve in runtime/network/rate-curve.ts: gradient [knots][size] += that of the numbers at a rate. */
export function evaluateCurveBackward(
  curve: RateCurve,
  rate: number,
  outer: ArrayLike<number>,
  gradient: Float64Array,
): void {
  const { knot, share } = placeOnCurve(curve, rate);
  const { size } = curve;
  for (let i = 0; i < size; i++) {
    gradient[knot * size + i] += (1 - share) * outer[i];
    if (share > 0) gradient[(knot + 1) * size + i] += share * outer[i];
  }
}

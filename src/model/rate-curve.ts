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

export function createCurve(knots: number, size: number, initial: (knot: number) => number = () => 0): RateCurve {
  const values = Float64Array.from({ length: knots * size }, (_, i) => initial(Math.floor(i / size)));
  return { knots, size, values };
}

/** The rate at which a knot stands. */
export function rateOfKnot(knot: number): number {
  return 1 - 2 ** -knot;
}

export function placeOnCurve({ knots }: RateCurve, rate: number): CurvePlace {
  const x = Math.min(Math.max(-Math.log2(1 - rate), 0), knots - 1);
  const knot = Math.min(Math.floor(x), Math.max(knots - 2, 0));
  return { knot, share: knots === 1 ? 0 : x - knot };
}

/** The curve's numbers at a rate, [size]. */
export function evaluateCurve(curve: RateCurve, rate: number): Float64Array {
  const { knot, share } = placeOnCurve(curve, rate);
  const { size, values } = curve;
  const low = values.subarray(knot * size, (knot + 1) * size);
  if (share === 0) return low.slice();
  const high = values.subarray((knot + 1) * size, (knot + 2) * size);
  return low.map((value, i) => (1 - share) * value + share * high[i]);
}

/** Backward of evaluateCurve: gradient [knots][size] += that of the numbers at a rate. */
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

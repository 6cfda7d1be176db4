import type { RateCurve } from '../../runtime/network/rate.js';

export const BETA1 = 0.9;
export const BETA2 = 0.999;
const EPSILON = 1e-8;

/** A curve under training: Adam (Kingma and Ba, 2015) in double precision, and a moving average. */
export class TrainedCurve {
  readonly curve: RateCurve;
  readonly gradient: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly average: Float64Array;

  constructor(curve: RateCurve) {
    const count = curve.values.length;
    this.curve = curve;
    this.gradient = new Float64Array(count);
    this.first = new Float64Array(count);
    this.second = new Float64Array(count);
    this.average = curve.values.slice();
  }

  /** Starts from these values. */
  adopt(values: Float64Array): void {
    this.curve.values.set(values);
    this.average.set(values);
  }

  /** Moves against the gradient and clears it; learningRate and epsilon carry the bias corrections. */
  step(learningRate: number, epsilon: number, averageDecay: number): void {
    const { gradient, first, second, average } = this;
    const { values } = this.curve;
    for (let i = 0; i < values.length; i++) {
      first[i] = BETA1 * first[i] + (1 - BETA1) * gradient[i];
      second[i] = BETA2 * second[i] + (1 - BETA2) * gradient[i] ** 2;
      values[i] -= (learningRate * first[i]) / (Math.sqrt(second[i]) + epsilon);
      average[i] = averageDecay * average[i] + (1 - averageDecay) * values[i];
    }
    gradient.fill(0);
  }

  /** Its state, to be saved. */
  get state(): readonly Float64Array[] {
    return [this.curve.values, this.first, this.second, this.average];
  }
}

/** Adam's step size and epsilon with both bias corrections at step 1, 2, … */
export function corrected(learningRate: number, step: number): { learningRate: number; epsilon: number } {
  const root = Math.sqrt(1 - BETA2 ** step);
  return { learningRate: (learningRate * root) / (1 - BETA1 ** step), epsilon: EPSILON * root };
}

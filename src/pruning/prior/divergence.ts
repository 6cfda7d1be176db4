import type { Prior } from './prior.js';

/** Bins of the soft histogram: centres low + k · width, k = 0 … bins − 1. */
export interface HistogramShape {
  readonly bins: number;
  readonly low: number;
  readonly width: number;
}

/** An even histogram over [−range, range]. */
export function histogramShape(bins: number, range: number): HistogramShape {
  return { bins, low: -range, width: (2 * range) / (bins - 1) };
}

/**
 * The prior's masses at the bin centres, under the same triangular kernel as the observed histogram is made with (by
 * fine quadrature); the tails belong to the outermost bins. Sums to 1.
 */
export function priorMasses(prior: Prior, { bins, low, width }: HistogramShape, pieces = 64): Float64Array {
  const masses = new Float64Array(bins);
  masses[0] = prior.cumulative(low);
  masses[bins - 1] = 1 - prior.cumulative(low + (bins - 1) * width);
  for (let k = 0; k < bins - 1; k++) {
    for (let i = 0; i < pieces; i++) {
      const start = low + (k + i / pieces) * width;
      const mass = prior.cumulative(start + width / pieces) - prior.cumulative(start);
      const share = (i + 0.5) / pieces;
      masses[k] += mass * (1 - share);
      masses[k + 1] += mass * share;
    }
  }
  return masses;
}

/** Keeps log Q finite where no weight is. */
const FLOOR = 1e-6;

/**
 * Masses of which every bin has `floor` more, together 1 again. Of P and Q alike, it keeps their divergence finite and its
 * minimum at Q = P, and a bin that is empty by chance, at a floor of about one weight, from pulling harder than any loss.
 */
export function smoothed(masses: Float64Array, floor: number): Float64Array {
  return masses.map((mass) => (mass + floor) / (1 + masses.length * floor));
}

/**
 * D_KL(P‖Q) = Σ_k P_k (log P_k − log Q_k) of prior masses P and observed masses Q (arXiv 2312.17615).
 * @param floor added to Q_k, so that its logarithm is finite
 */
export function divergence(prior: Float64Array, observed: Float64Array, floor = FLOOR): number {
  let sum = 0;
  for (let k = 0; k < prior.length; k++) {
    if (prior[k] > 0) sum += prior[k] * Math.log(prior[k] / (observed[k] + floor));
  }
  return sum;
}

/**
 * dD/dŵ for a latent between the centres k and k + 1, [bins − 1], when Q is the triangular histogram of `count` latents:
 * moving right shifts 1 / (count · width) of mass from bin k to bin k + 1.
 */
export function divergenceSlopes(
  prior: Float64Array,
  observed: Float64Array,
  count: number,
  width: number,
  floor = FLOOR,
): Float64Array {
  const slope = (k: number) => -prior[k] / (observed[k] + floor);
  return Float64Array.from({ length: prior.length - 1 }, (_, k) => (slope(k + 1) - slope(k)) / (count * width));
}

/** H(Q) = −Σ_k Q_k log Q_k of observed masses. */
export function entropy(observed: Float64Array): number {
  return observed.reduce((sum, mass) => sum - mass * Math.log(mass + FLOOR), 0);
}

/**
 * dH/dŵ for a latent between the centres k and k + 1, [bins − 1], when Q is the triangular histogram of `count` latents:
 * moving right shifts 1 / (count · width) of mass from bin k to bin k + 1.
 */
export function entropySlopes(observed: Float64Array, count: number, width: number): Float64Array {
  const slope = (k: number) => -Math.log(observed[k] + FLOOR) - observed[k] / (observed[k] + FLOOR);
  return Float64Array.from({ length: observed.length - 1 }, (_, k) => (slope(k + 1) - slope(k)) / (count * width));
}

/** Keeps log Q finite where no weight is. */
const FLOOR = 1e-6;

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

/**
 * Masks that are drawn by a probability a weight (X. Zhou, W. Zhang, H. Xu, T. Zhang: Effective Sparsification of Neural
 * Networks with Global Sparsity Constraint, arXiv 2105.01571): m = sigmoid(κ (logit s + logit u)), u uniform in (0, 1) and
 * κ the inverse temperature. The probabilities add up to the budget at most.
 */

/** Keeps logit s finite. */
const LEAST = 1e-6;

/** A mask in training, and dm/ds. @param u uniform in (0, 1) */
export function sampleMask(probability: number, u: number, crispness: number): { mask: number; slope: number } {
  const s = Math.min(Math.max(probability, LEAST), 1 - LEAST);
  const odds = (s * u) / ((1 - s) * (1 - u));
  const mask = 1 / (1 + odds ** -crispness);
  return { mask, slope: (crispness * mask * (1 - mask)) / (s * (1 - s)) };
}

/** Halvings of the range that the shift is looked for in. */
const HALVINGS = 25;

/**
 * The v ≥ 0 with Σ clamp(s − v, 0, 1) = budget, or 0 where the sum is less without it: the nearest probabilities within the
 * budget are s − v, clamped.
 */
export function shiftToBudget(probabilities: readonly Float32Array[], budget: number): number {
  if (clampedSum(probabilities, 0) <= budget) return 0;
  let [low, high] = [0, probabilities.reduce((most, tensor) => tensor.reduce((m, s) => Math.max(m, s), most), 0)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (clampedSum(probabilities, middle) > budget) low = middle;
    else high = middle;
  }
  return high;
}

function clampedSum(probabilities: readonly Float32Array[], shift: number): number {
  let sum = 0;
  for (const tensor of probabilities) {
    for (let i = 0; i < tensor.length; i++) sum += Math.min(Math.max(tensor[i] - shift, 0), 1);
  }
  return sum;
}

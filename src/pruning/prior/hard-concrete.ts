/**
 * The hard-concrete gate of l0 regularisation (C. Louizos, M. Welling, D. Kingma: Learning Sparse Neural Networks through
 * L0 Regularization, arXiv 1712.01312): z = clamp(s̄, 0, 1), s̄ = s (ζ − γ) + γ, s = sigmoid((logit(u) + log α) / β), with
 * that paper's β = 2/3, γ = −0.1, ζ = 1.1.
 */
const BETA = 2 / 3;
const GAMMA = -0.1;
const ZETA = 1.1;
const SHIFT = BETA * Math.log(-GAMMA / ZETA);

/** A gate in training, and dz/d log α. @param u uniform in (0, 1) */
export function sampleGate(logAlpha: number, u: number): { gate: number; slope: number } {
  const s = sigmoid((Math.log(u) - Math.log(1 - u) + logAlpha) / BETA);
  const stretched = s * (ZETA - GAMMA) + GAMMA;
  if (stretched <= 0) return { gate: 0, slope: 0 };
  if (stretched >= 1) return { gate: 1, slope: 0 };
  return { gate: stretched, slope: ((ZETA - GAMMA) * s * (1 - s)) / BETA };
}

/** The gate of the trained network: that of the mean noise. */
export function settledGate(logAlpha: number): number {
  return Math.min(Math.max(sigmoid(logAlpha) * (ZETA - GAMMA) + GAMMA, 0), 1);
}

/** Probability that a gate is not zero: what l0 counts. */
export function openProbability(logAlpha: number): number {
  return sigmoid(logAlpha - SHIFT);
}

/** d openProbability / d log α */
export function openProbabilitySlope(logAlpha: number): number {
  const p = openProbability(logAlpha);
  return p * (1 - p);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

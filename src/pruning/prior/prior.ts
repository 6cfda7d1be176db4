import type { Random } from '../../core/random.js';

/** An even distribution that the latent weights are drawn from and aligned with; unit variance. */
export interface Prior {
  readonly name: PriorName;
  /** F_P: probability of a value ≤ x. */
  cumulative(x: number): number;
  /** a(r) = F_P⁻¹((1 + r) / 2): the magnitude below which a share r of the prior lies (arXiv 2312.17615). */
  threshold(rate: number): number;
  /** Share of the prior's energy E[w²] at magnitudes above a. */
  energyAbove(a: number): number;
  sample(random: Random): number;
}

export const PRIOR_NAMES = ['gaussian', 'laplace', 'uniform'] as const;
export type PriorName = (typeof PRIOR_NAMES)[number];

const gaussian: Prior = {
  name: 'gaussian',
  cumulative: (x) => 0.5 * complementaryError(-x / Math.SQRT2),
  threshold: (rate) => gaussianQuantile((1 + rate) / 2),
  energyAbove: (a) => 2 * a * gaussianDensity(a) + complementaryError(a / Math.SQRT2),
  sample: (random) => random.normal(),
};

/** Laplace(b) with b = 1/√2. */
const laplace: Prior = {
  name: 'laplace',
  cumulative: (x) => (x < 0 ? 0.5 * Math.exp(x * Math.SQRT2) : 1 - 0.5 * Math.exp(-x * Math.SQRT2)),
  threshold: (rate) => -Math.SQRT1_2 * Math.log(1 - rate),
  energyAbove: (a) => Math.exp(-a * Math.SQRT2) * (a * a + Math.SQRT2 * a + 1),
  sample: (random) => {
    const u = random.uniform(-1, 1);
    return -Math.sign(u) * Math.SQRT1_2 * Math.log(1 - Math.abs(u));
  },
};

const UNIFORM_BOUND = Math.sqrt(3);

/** Uniform[−√3, √3]. */
const uniform: Prior = {
  name: 'uniform',
  cumulative: (x) => Math.min(Math.max((x + UNIFORM_BOUND) / (2 * UNIFORM_BOUND), 0), 1),
  threshold: (rate) => rate * UNIFORM_BOUND,
  energyAbove: (a) => 1 - Math.min(a / UNIFORM_BOUND, 1) ** 3,
  sample: (random) => random.uniform(-UNIFORM_BOUND, UNIFORM_BOUND),
};

const PRIORS: Record<PriorName, Prior> = { gaussian, laplace, uniform };

export function priorOf(name: PriorName): Prior {
  return PRIORS[name];
}

function gaussianDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** erfc by its continued fraction (Lentz) in the tails and its Taylor series near 0; relative error about 1e-14. */
function complementaryError(x: number): number {
  if (x < 0) return 2 - complementaryError(-x);
  return x < 2.5 ? 1 - errorSeries(x) : errorFraction(x);
}

/** erf(x) = 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!! */
function errorSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 100 && term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))) */
function errorFraction(x: number): number {
  let fraction = x;
  for (let k = 60; k > 0; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}

/** Newton's iterations on the cumulative distribution, from a rough start; p in [0.5, 1). */
function gaussianQuantile(p: number): number {
  if (p === 0.5) return 0;
  const tail = Math.sqrt(-2 * Math.log(1 - p));
  let x = Math.max(tail - (2.30753 + 0.27061 * tail) / (1 + 0.99229 * tail + 0.04481 * tail * tail), 0);
  for (let i = 0; i < 6; i++) {
    const excess = 0.5 * complementaryError(x / Math.SQRT2) - (1 - p);
    x += excess / gaussianDensity(x);
  }
  return x;
}

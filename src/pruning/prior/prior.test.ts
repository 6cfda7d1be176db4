import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import { PRIOR_NAMES, type PriorName, priorOf } from './prior.js';

const ROOT3 = Math.sqrt(3);

/** Densities of the unit-variance priors, and how far they reach. */
const DENSITY: Record<PriorName, { of: (x: number) => number; end: number }> = {
  gaussian: { of: (x) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI), end: 12 },
  laplace: { of: (x) => Math.SQRT1_2 * Math.exp(-Math.SQRT2 * Math.abs(x)), end: 30 },
  uniform: { of: (x) => (Math.abs(x) <= ROOT3 ? 1 / (2 * ROOT3) : 0), end: ROOT3 },
};

/** ∫ f from a to b by Simpson's rule. */
function integral(f: (x: number) => number, a: number, b: number, pieces = 4000): number {
  const h = (b - a) / pieces;
  let sum = f(a) + f(b);
  for (let i = 1; i < pieces; i++) sum += (i % 2 === 0 ? 2 : 4) * f(a + i * h);
  return (sum * h) / 3;
}

test.each([
  [0, 0],
  [0.5, 0.6744897501960817],
  [0.8, 1.2815515655446004],
  [0.9, 1.6448536269514722],
  [0.95, 1.959963984540054],
  [0.98, 2.3263478740408408],
  [0.99, 2.5758293035489004],
  [0.995, 2.807033768343811],
  [0.999, 3.2905267314919255],
  [0.9999, 3.890591886413094],
])('the Gaussian threshold at rate %d is %d, as in the tables, within 1e-9', (rate, threshold) => {
  expect(Math.abs(priorOf('gaussian').threshold(rate) - threshold)).toBeLessThan(1e-9);
});

test.each([
  [0.1, 0.0745011351],
  [0.75, 0.9802581434],
  [0.98, 2.7662179953],
  [0.99, 3.256347067],
  [0.995, 3.7464761388],
])('the Laplace threshold at rate %d is %d, log of 1 / (1 − r) over √2, within 1e-9', (rate, threshold) => {
  expect(Math.abs(priorOf('laplace').threshold(rate) - threshold)).toBeLessThan(1e-9);
});

test('Laplace and uniform thresholds are −b ln(1 − r) and r u at unit variance', () => {
  expect(priorOf('laplace').threshold(0.9)).toBeCloseTo(Math.LN10 / Math.SQRT2, 12);
  expect(priorOf('laplace').threshold(0.5)).toBeCloseTo(0.49012907173427356, 12);
  expect(priorOf('uniform').threshold(0.9)).toBeCloseTo(0.9 * 1.7320508075688772, 12);
});

describe.each(PRIOR_NAMES)('%s', (name) => {
  const prior = priorOf(name);
  const { of: density, end } = DENSITY[name];

  test('F(a(r)) = (1 + r) / 2 within 1e-12', () => {
    const property = fc.property(fc.double({ min: 0, max: 0.9999, noNaN: true }), (rate) => {
      expect(Math.abs(prior.cumulative(prior.threshold(rate)) - (1 + rate) / 2)).toBeLessThan(1e-12);
    });
    fc.assert(property, { numRuns: 300, seed: 1 });
  });

  test('thresholds grow with the rate', () => {
    const property = fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), (rate) => {
      expect(prior.threshold(rate + 0.001)).toBeGreaterThan(prior.threshold(rate));
    });
    fc.assert(property, { numRuns: 100, seed: 1 });
  });

  test.each([-3, -1.2, -0.3, 0, 0.7, 1.5, 2.4, 3.6])('F(%d) is the integral of the density within 1e-9', (x) => {
    const inside = Math.min(Math.max(x, -end), end);
    const expected = 0.5 + Math.sign(inside) * integral(density, 0, Math.abs(inside));
    expect(Math.abs(prior.cumulative(x) - expected)).toBeLessThan(1e-9);
  });

  test.each([0, 0.4, 1, 1.7, 2.5, 4])('energyAbove(%d) is 2 ∫ w² p(w) dw within 1e-8', (a) => {
    const expected = a >= end ? 0 : 2 * integral((x) => x * x * density(x), a, end);
    expect(Math.abs(prior.energyAbove(a) - expected)).toBeLessThan(1e-8);
  });

  test('samples have mean 0, variance 1 and the share r below a(r), within 5 deviations', () => {
    const random = new Random(1);
    const count = 40000;
    const samples = Array.from({ length: count }, () => prior.sample(random));
    const mean = samples.reduce((sum, x) => sum + x, 0) / count;
    const variance = samples.reduce((sum, x) => sum + x * x, 0) / count;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.sqrt(5)) / Math.sqrt(count));
    for (const rate of [0.5, 0.9, 0.98]) {
      const below = samples.filter((x) => Math.abs(x) < prior.threshold(rate)).length / count;
      expect(Math.abs(below - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / count));
    }
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { supportLimit } from './masks.js';

/** ψ_{a,σ}(ŵ), written out. */
function psi(latent: number, a: number, crispness: number): number {
  return 1 / (1 + Math.exp(crispness * (a ** 2 - latent ** 2)));
}

test('the support limit by hand: ψ(ŵ) = 1/4 where σ (a² − ŵ²) = log 3', () => {
  expect(supportLimit(2, Math.log(3), 0.25)).toBeCloseTo(Math.sqrt(3), 12);
  expect(supportLimit(1.5, 40, 0.5)).toBe(1.5);
  expect(supportLimit(0.5, 1, 0.25)).toBe(0);
});

test('ψ at the support limit is epsilon, and the limit is 0 where ψ is never so small', () => {
  const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true });
  const property = fc.property(
    positive(4),
    positive(200),
    fc.double({ min: 1e-4, max: 0.4, noNaN: true }),
    (a, crispness, epsilon) => {
      const limit = supportLimit(a, crispness, epsilon);
      if (limit > 0) expect(psi(limit, a, crispness)).toBeCloseTo(epsilon, 8);
      else expect(psi(0, a, crispness)).toBeGreaterThanOrEqual(epsilon * (1 - 1e-9));
    },
  );
  fc.assert(property, { numRuns: 300, seed: 1 });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandStop, supportLimit } from './band-stop.js';

test('ψ by hand: 1/2 at the threshold, 1 / (1 + e^(σ a²)) at 0, even', () => {
  expect(bandStop(1.5, 1.5, 40)).toBe(0.5);
  expect(bandStop(0, 2, 0.5)).toBeCloseTo(1 / (1 + Math.E ** 2), 15);
  expect(bandStop(-0.7, 1, 5)).toBe(bandStop(0.7, 1, 5));
});

test('ψ at the support limit is epsilon, and the limit is 0 where ψ is never so small', () => {
  const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true });
  const property = fc.property(
    positive(4),
    positive(200),
    fc.double({ min: 1e-4, max: 0.4, noNaN: true }),
    (a, s, e) => {
      const limit = supportLimit(a, s, e);
      if (limit > 0) expect(bandStop(limit, a, s)).toBeCloseTo(e, 8);
      else expect(bandStop(0, a, s)).toBeGreaterThanOrEqual(e * (1 - 1e-9));
    },
  );
  fc.assert(property, { numRuns: 300, seed: 1 });
});

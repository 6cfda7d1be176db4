import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleMask, shiftToBudget } from './probability.js';

test('a mask by hand: as open as the odds of s and u together', () => {
  expect(sampleMask(0.5, 0.5, 7)).toEqual({ mask: 0.5, slope: 7 });
  // odds 3 · 1 = 3, and with κ = 2 their square
  expect(sampleMask(0.75, 0.5, 1).mask).toBeCloseTo(3 / 4, 12);
  expect(sampleMask(0.75, 0.5, 2).mask).toBeCloseTo(9 / 10, 12);
  expect(sampleMask(0, 0.5, 30).mask).toBeLessThan(1e-100);
  expect(sampleMask(1, 0.5, 30).mask).toBe(1);
});

test('the mask of a high crispness is open with its probability', () => {
  const draws = Array.from({ length: 1000 }, (_, i) => sampleMask(0.3, (i + 0.5) / 1000, 1000).mask);
  expect(draws.reduce((sum, mask) => sum + mask, 0) / 1000).toBeCloseTo(0.3, 2);
});

test('the slope is that of central differences', () => {
  const inside = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  const property = fc.property(inside, inside, fc.double({ min: 0.5, max: 5, noNaN: true }), (s, u, crispness) => {
    const h = 1e-6;
    const [above, below] = [sampleMask(s + h, u, crispness).mask, sampleMask(s - h, u, crispness).mask];
    expect(sampleMask(s, u, crispness).slope).toBeCloseTo((above - below) / (2 * h), 4);
  });
  fc.assert(property, { numRuns: 200, seed: 1 });
});

test('the shift by hand: of 1, 0.75, 0.5 and 0.25 a budget of 1 takes half', () => {
  const probabilities = [Float32Array.of(1, 0.75), Float32Array.of(0.5, 0.25)];
  // 0.5 + 0.25 + 0 + 0 = 0.75 with a shift of 0.5; 1/3 less than that shift gives back 3 · 1/12
  expect(shiftToBudget(probabilities, 0.75)).toBeCloseTo(0.5, 5);
  expect(shiftToBudget(probabilities, 1)).toBeCloseTo(0.75 - 1 / 3, 5);
  expect(shiftToBudget(probabilities, 2.5)).toBe(0);
  expect(shiftToBudget([Float32Array.of(2, -1, 0.5)], 1.5)).toBe(0);
});

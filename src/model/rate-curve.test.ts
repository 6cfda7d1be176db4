import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences, distance } from '../../test/support/backends.js';
import { Random } from '../core/random.js';
import { evaluateCurve, placeOnCurve } from '../runtime/network/rate.js';
import { createCurve, evaluateCurveBackward, rateOfKnot } from './rate-curve.js';

test('by hand: linear in −log2(1 − rate) between the knots, constant after the last', () => {
  const curve = createCurve(3, 2, (knot) => 10 * knot);
  curve.values[3] = 50;
  expect(Array.from(evaluateCurve(curve, 0))).toEqual([0, 0]);
  expect(Array.from(evaluateCurve(curve, 0.5))).toEqual([10, 50]);
  expect(Array.from(evaluateCurve(curve, 0.75))).toEqual([20, 20]);
  expect(Array.from(evaluateCurve(curve, 0.999))).toEqual([20, 20]);
  const half = evaluateCurve(curve, 1 - Math.SQRT1_2);
  expect(distance(half, [5, 25])).toBeLessThan(1e-12);
});

test('knots are at rates 0, 1/2, 3/4, 7/8 …', () => {
  const curve = createCurve(6, 1);
  expect([0, 1, 2, 3].map(rateOfKnot)).toEqual([0, 0.5, 0.75, 0.875]);
  for (let knot = 0; knot < 5; knot++) {
    const { knot: at, share } = placeOnCurve(curve, rateOfKnot(knot));
    expect(at + share).toBeCloseTo(knot, 12);
  }
});

test('a single knot is the same at every rate', () => {
  const curve = createCurve(1, 3, () => 4);
  for (const rate of [0, 0.3, 0.99]) expect(Array.from(evaluateCurve(curve, rate))).toEqual([4, 4, 4]);
  const gradient = new Float64Array(3);
  evaluateCurveBackward(curve, 0.9, [1, 2, 3], gradient);
  expect(Array.from(gradient)).toEqual([1, 2, 3]);
});

test('backward is central differences within 1e-6, and adds to what is there', () => {
  const rates = fc.oneof(fc.constantFrom(0, 0.5, 0.75), fc.double({ min: 0, max: 0.999, noNaN: true }));
  const property = fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), rates, (seed, knots, rate) => {
    const random = new Random(seed);
    const outer = Array.from({ length: 3 }, () => random.normal());
    const curve = createCurve(knots, 3, () => random.normal());
    const loss = (values: Float64Array) =>
      evaluateCurve({ ...curve, values }, rate).reduce((sum, value, i) => sum + value * outer[i], 0);
    const gradient = new Float64Array(knots * 3).fill(1);
    evaluateCurveBackward(curve, rate, outer, gradient);
    const numeric = differences(loss, curve.values).map((slope) => slope + 1);
    expect(distance(gradient, numeric)).toBeLessThan(1e-6);
  });
  fc.assert(property, { numRuns: 100, seed: 1 });
});

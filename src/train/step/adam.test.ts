import { expect, test } from 'vitest';
import { corrected, TrainedCurve } from './adam.js';

const curve = () => ({ knots: 1, size: 2, values: Float64Array.of(1, -2) });

/** Adam as it was published, with its corrections apart: m̂ = m / (1 − 0.9ᵗ), v̂ = v / (1 − 0.999ᵗ), by hand for g = 3, 1. */
test('two steps by hand: the first goes the learning rate against the sign, the second by both moments', () => {
  const trained = new TrainedCurve(curve());
  const step = (count: number, gradient: number[]) => {
    trained.gradient.set(gradient);
    const { learningRate, epsilon } = corrected(0.1, count);
    trained.step(learningRate, epsilon, 0.75);
  };
  step(1, [3, -0.5]);
  expect(trained.curve.values[0]).toBeCloseTo(0.9, 8);
  expect(trained.curve.values[1]).toBeCloseTo(-1.9, 7);
  expect(Array.from(trained.gradient)).toEqual([0, 0]);
  expect(trained.average[0]).toBeCloseTo(0.75 * 1 + 0.25 * 0.9, 8);
  step(2, [1, 0]);
  // m = 0.9 · 0.3 + 0.1 · 1 = 0.37, v = 0.999 · 0.009 + 0.001 · 1 = 0.009991
  const moved = (0.1 * (0.37 / 0.19)) / Math.sqrt(0.009991 / 0.001999);
  expect(trained.first[0]).toBeCloseTo(0.37, 12);
  expect(trained.second[0]).toBeCloseTo(0.009991, 12);
  expect(trained.curve.values[0]).toBeCloseTo(0.9 - moved, 8);
  expect(trained.average[0]).toBeCloseTo(0.75 * 0.975 + 0.25 * (0.9 - moved), 8);
});

test('the corrected step and ε are those of the published form: at step 1 √0.001 / 0.1, later 1', () => {
  expect(corrected(0.1, 1).learningRate).toBeCloseTo(0.1 * (Math.sqrt(0.001) / 0.1), 14);
  expect(corrected(0.1, 1).epsilon).toBeCloseTo(1e-8 * Math.sqrt(0.001), 20);
  expect(corrected(0.1, 20_000).learningRate).toBeCloseTo(0.1, 9);
  expect(corrected(0.1, 20_000).epsilon).toBeCloseTo(1e-8, 15);
});

test('ε is beside √v̂: a gradient as small as it moves by half of the learning rate', () => {
  const trained = new TrainedCurve(curve());
  trained.gradient.set([1e-8, 0]);
  const { learningRate, epsilon } = corrected(0.1, 1);
  trained.step(learningRate, epsilon, 0);
  expect(trained.curve.values[0]).toBeCloseTo(0.95, 10);
  expect(trained.curve.values[1]).toBe(-2);
});

test('the average starts at the curve, adopts values with it, and the state holds all four', () => {
  const trained = new TrainedCurve(curve());
  expect(Array.from(trained.average)).toEqual([1, -2]);
  trained.adopt(Float64Array.of(5, 6));
  const { curve: trainedCurve, first, second, average } = trained;
  expect([Array.from(trainedCurve.values), Array.from(average)]).toEqual([
    [5, 6],
    [5, 6],
  ]);
  expect(trained.state).toEqual([trainedCurve.values, first, second, average]);
});

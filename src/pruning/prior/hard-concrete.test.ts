import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import { openProbability, openProbabilitySlope, sampleGate, settledGate } from './hard-concrete.js';

const LOGITS = [-6, -2.5, -1, 0, 0.7, 2, 5];
const central = (f: (x: number) => number, x: number) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;

test.each(LOGITS)('slopes at log α = %f are central differences', (logAlpha) => {
  expect(openProbabilitySlope(logAlpha)).toBeCloseTo(central(openProbability, logAlpha), 8);
  for (const u of [0.05, 0.3, 0.5, 0.8, 0.99]) {
    const gate = (x: number) => sampleGate(x, u).gate;
    expect(sampleGate(logAlpha, u).slope).toBeCloseTo(central(gate, logAlpha), 6);
  }
});

test.each(LOGITS)(
  'at log α = %f as many of 20,000 gates are open as the formula says, within 1.5 points',
  (logAlpha) => {
    const random = new Random(5);
    const open = Array.from({ length: 20_000 }, () => sampleGate(logAlpha, random.uniform(1e-6, 1 - 1e-6)).gate > 0);
    expect(Math.abs(open.filter(Boolean).length / open.length - openProbability(logAlpha))).toBeLessThan(0.015);
  },
);

test('the settled gate closes and opens wholly', () => {
  expect([settledGate(-5), settledGate(5)]).toEqual([0, 1]);
  expect(settledGate(0)).toBeCloseTo(0.5, 12);
});

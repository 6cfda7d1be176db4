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

test('gates by hand, with β = 2/3, γ = −0.1, ζ = 1.1', () => {
  // s = 1/2: z = 0.5 · 1.2 − 0.1, slope 1.2 · ¼ · 3⁄2
  expect(sampleGate(0, 0.5).gate).toBeCloseTo(0.5, 12);
  expect(sampleGate(0, 0.5).slope).toBeCloseTo(0.45, 12);
  // logit(0.8) + ln 2 = ln 8, s = 8^1.5 / (1 + 8^1.5)
  expect(sampleGate(Math.LN2, 0.8)).toEqual({ gate: sampleGate(0, 8 / 9).gate, slope: sampleGate(0, 8 / 9).slope });
  expect(sampleGate(0, 0.75).gate).toBeCloseTo((1.2 * 3 ** 1.5) / (1 + 3 ** 1.5) - 0.1, 12);
  // s ≥ 11/12 is wholly open, s ≤ 1/12 closed: u / (1 − u) = 11^±2/3
  const edge = 11 ** (2 / 3) / (1 + 11 ** (2 / 3));
  expect(sampleGate(0, edge + 1e-9)).toEqual({ gate: 1, slope: 0 });
  expect(sampleGate(0, edge - 1e-6).gate).toBeLessThan(1);
  expect(sampleGate(0, 1 - edge - 1e-9)).toEqual({ gate: 0, slope: 0 });
  expect(sampleGate(0, 1 - edge + 1e-6).gate).toBeGreaterThan(0);
  expect(openProbability(0)).toBeCloseTo(edge, 12);
  expect(openProbabilitySlope(0)).toBeCloseTo(edge * (1 - edge), 12);
});

test('the settled gate closes and opens wholly', () => {
  expect([settledGate(-5), settledGate(5)]).toEqual([0, 1]);
  expect(settledGate(0)).toBeCloseTo(0.5, 12);
  expect(settledGate(Math.log(3))).toBeCloseTo(0.75 * 1.2 - 0.1, 12);
});

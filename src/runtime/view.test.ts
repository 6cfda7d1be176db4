import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { decodeModel, encodeModel } from '../model/file/file.js';
import { cut } from '../pruning/cut/cut.js';
import { RuntimeModel } from './model.js';
import { exp } from './network/exp.js';
import { rateOf } from './network/rate.js';

const file = new Uint8Array(readFileSync('test/vectors/tiny.anyrate'));
const vector = JSON.parse(readFileSync('test/vectors/tiny.json', 'utf8'));
const sequence = { frames: 4, persons: 1, joints: 21, positions: Float32Array.from(vector.sequence as number[]) };
const view = new RuntimeModel(file).view();

test('an answer is the class of the greatest logit, with the softmax of all', () => {
  const logits = [...view.logits(sequence)];
  const exponentials = logits.map((logit) => Math.exp(logit / view.temperature));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  const { label, name, probability, scores } = view.predict(sequence);
  expect(label).toBe(logits.indexOf(Math.max(...logits)));
  expect(name).toBe(view.classes[label]);
  expect(probability).toBe(scores[label]);
  for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(exponentials[i] / sum, 12);
});

/** e^x by its series in whole multiples of 2^-240, of x/1024, squared ten times. */
function preciseExp(x: number): bigint {
  const one = 1n << 240n;
  // A float64 is a whole multiple of 2^-180 if it is not too small, and at most 2^13.
  const part =
    BigInt(Math.round(x * 2 ** 40)) * 2n ** 200n +
    BigInt((x * 2 ** 40 - Math.round(x * 2 ** 40)) * 2 ** 140) * 2n ** 60n;
  let term = one;
  let sum = one;
  for (let i = 1n; i < 60n; i++) {
    term = (term * part) / (one * i * 1024n);
    sum += term;
  }
  for (let i = 0; i < 10; i++) sum = (sum * sum) >> 240n;
  return sum;
}

test('powers of e are right to 1 + |x| units in the last place, and 0 where they are too small for a number', () => {
  for (let i = 0; i <= 2000; i++) {
    const x = (-40 * i * i) / 2000 ** 2;
    const right = preciseExp(x);
    const error = BigInt(exp(x) * 2 ** 200) * 2n ** 40n - right;
    const units = Number((1000n * error) / (right >> 52n)) / 1000;
    expect(Math.abs(units), `${x}`).toBeLessThan(1 + Math.abs(x));
  }
  expect([0, -0].map(exp)).toEqual([1, 1]);
  expect(exp(-700) / 9.85967654375977e-305).toBeCloseTo(1, 12);
  expect([-746, -1e4, -1e10, -1e30, -Number.MAX_VALUE, -Infinity].map(exp)).toEqual([0, 0, 0, 0, 0, 0]);
  expect([NaN, Infinity].map(exp)).toEqual([NaN, NaN]);
  for (const x of [0.1, 1, 5, 80]) expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 13);
});

test("an answer needs no power or sine of the engine's own, which round as each engine likes", () => {
  const rate = 0.6;
  const expected = new RuntimeModel(file).view(rate).predict(sequence);
  const others = ['exp', 'expm1', 'sin', 'cos', 'tan', 'tanh', 'log', 'log1p', 'hypot', 'cbrt', 'pow'] as const;
  const spies = others.map((name) => vi.spyOn(Math, name).mockReturnValue(NaN));
  const { scores } = new RuntimeModel(file).view(rate).predict(sequence);
  for (const spy of spies) spy.mockRestore();
  expect(scores).toEqual(expected.scores);
});

test('features are those that the logits are made of', () => {
  const logits = [...view.logits(sequence)];
  const features = view.features(sequence);
  expect(features.length % 21).toBe(0);
  expect([...view.run(features)]).toEqual(logits);
});

test('every number of weights, within blocks too, is the network that a cut of that size holds', () => {
  const model = decodeModel(file, 'tiny');
  const runtime = new RuntimeModel(file);
  const weights = model.network.weightCount;
  for (let nonzeros = 1; nonzeros < runtime.view().nonzeros; nonzeros += 7) {
    const small = new RuntimeModel(encodeModel(cut(model, { nonzeros }))).view();
    const seen = runtime.view(rateOf(nonzeros, weights));
    expect(seen.nonzeros).toBe(nonzeros);
    expect([...seen.logits(sequence)]).toEqual([...small.logits(sequence)]);
  }
});

describe('a sequence that does not fit is refused', () => {
  const { positions } = sequence;
  const least = 1; // the vector has positions in one chunk alone
  test.each([
    ['two persons', { persons: 2 }, /^sequence: expected/],
    ['other joints', { joints: 20 }, /^sequence: expected/],
    ['too few frames', { frames: least - 1, positions: positions.slice(0, (least - 1) * 63) }, /^sequence: expected/],
    ['too few positions', { positions: positions.slice(1) }, /^sequence: expected/],
    ['positions of one frame more', { frames: 3 }, /^sequence: expected/],
    ['fewer times than frames', { seconds: Float64Array.of(0, 1, 2) }, /^seconds: expected 4/],
    ['times that fall', { seconds: Float64Array.of(0, 2, 1, 3) }, /^seconds: expected 4/],
    ['a time that is no number', { seconds: Float64Array.of(0, 1, Number.NaN, 3) }, /^seconds: expected 4/],
    [
      'an infinite position',
      { positions: positions.map((x, i) => (i === 5 ? Infinity : x)) },
      /^positions: expected no Infinity/,
    ],
  ])('%s', (_, change, message) => {
    expect(() => view.predict({ ...sequence, ...change })).toThrow(RangeError);
    expect(() => view.predict({ ...sequence, ...change })).toThrow(message);
  });

  test('equal times, and the fewest frames, are taken', () => {
    expect(view.predict({ ...sequence, seconds: Float64Array.of(0, 1, 1, 2) }).scores).toHaveLength(
      view.classes.length,
    );
    const shortest = { ...sequence, frames: least, positions: positions.slice(0, least * 63) };
    expect(view.predict(shortest).scores).toHaveLength(view.classes.length);
  });
});

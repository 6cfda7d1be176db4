import { expect, test } from 'vitest';
import { randomModel } from '../../../test/support/random-model.js';
import { InputError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import { nonzerosOf } from './budget.js';
import { cut } from './cut.js';
import { keepNonzeros } from './keep.js';
import { orderByScores, selectionOrder } from './selector.js';

/** By magnitude. */
function order(...tensors: number[][]): number[] {
  const latents = tensors.map((tensor) => Float32Array.from(tensor));
  const scores = latents.map((tensor) => tensor.map(Math.abs));
  return Array.from(orderByScores(scores, latents));
}

test('the greatest magnitude comes first, whatever its sign and tensor', () => {
  expect(order([0.5, -3], [2, -0.25, 1e-30], [-4])).toEqual([5, 1, 2, 0, 3, 4]);
});

test('equal magnitudes keep their order, across tensors and signs; zeros come last in theirs', () => {
  expect(order([0, 1, -2], [-1, 2, 0], [1])).toEqual([2, 4, 1, 3, 6, 0, 5]);
  expect(order([0, -0, 0])).toEqual([0, 1, 2]);
});

test('magnitudes one float32 apart are told apart, the smallest and the greatest of them too', () => {
  const next = 1 + 2 ** -23;
  expect(order([1, next, -1])).toEqual([1, 0, 2]);
  expect(order([2 ** -149, 0, -(2 ** -148), 3e38, -3.1e38])).toEqual([4, 3, 2, 0, 1]);
});

/** 63 × 4 weights and a classifier of 4 × 3, of which only the first eight are not zero: four pairs of equal magnitude. */
function pairs(): Model {
  const model = randomModel([{ kind: 'dense', units: 4 }], 1);
  for (const tensor of model.parameters.latents) tensor.fill(0.125);
  const [weight, classifier] = model.parameters.latents;
  weight.set([4, 3, 2, 1]);
  classifier.set([-1, -2, -3, -4]);
  return model;
}

test.each([
  [1, [4], []],
  [2, [4], [3]],
  [3, [4, 3], [3]],
  [5, [4, 3, 2], [2, 3]],
  [8, [4, 3, 2, 1], [0, 1, 2, 3]],
])(
  'with ties, a cut to %i weights keeps %j of the first tensor and the places %j of the last',
  (nonzeros, kept, places) => {
    const [weight, classifier] = cut(pairs(), { nonzeros }).parameters.latents;
    expect(Array.from(weight.subarray(0, 4)).filter((w) => w !== 0)).toEqual(kept);
    expect([...classifier.keys()].filter((i) => classifier[i] !== 0)).toEqual(places);
  },
);

test('budgets by hand: a rate rounds to the nearest weight, and no budget asks for more than is there', () => {
  const model = pairs();
  const all = model.network.weightCount;
  const [half, third] = [Math.round(0.5 * all), all - Math.round(all / 3)];
  expect(nonzerosOf(model, { rate: 0 })).toBe(all);
  expect(nonzerosOf(model, { rate: 0.5 })).toBe(half);
  expect(nonzerosOf(model, { rate: 1 - third / all })).toBe(third);
  expect(nonzerosOf(model, { rate: 1 - 0.4 / all })).toBe(0);
  expect(nonzerosOf(model, { rate: 1 - 0.6 / all })).toBe(1);
  expect(nonzerosOf(model, { nonzeros: 0 })).toBe(0);
  const small = keepNonzeros(model, selectionOrder(model), 7);
  expect(nonzerosOf(small, { nonzeros: 7 })).toBe(7);
  expect(() => nonzerosOf(small, { nonzeros: 8 })).toThrow(InputError);
  expect(() => nonzerosOf(small, { rate: 1 - 8 / all })).toThrow(InputError);
});

import { expect, test } from 'vitest';
import { toyModel } from '../../../test/support/toy.js';
import type { Model } from '../../model/model.js';
import { type Criterion, criterionNamed, magnitude, registerCriterion } from './criterion.js';
import { cut } from './cut.js';
import { selectionOrder } from './selector.js';

const model = toyModel((random) => random.normal());
const all = model.network.weightCount;

/** The smallest weights matter most. */
const smallest: Criterion = {
  name: 'smallest',
  description: 'the smaller, the better',
  scores: ({ parameters }) => parameters.latents.map((tensor) => tensor.map((latent) => 1 / Math.abs(latent))),
};

const magnitudes = ({ parameters }: Model) => parameters.latents.flatMap((tensor) => Array.from(tensor, Math.abs));
const kept = (cutModel: Model) => magnitudes(cutModel).filter((value) => value > 0);

test('another criterion keeps other weights of the same budget, and says nothing of their values', () => {
  const sorted = magnitudes(model).sort((a, b) => a - b);
  expect(kept(cut(model, { nonzeros: 40 })).sort((a, b) => a - b)).toEqual(sorted.slice(all - 40));
  const other = cut(model, { nonzeros: 40 }, { criterion: smallest });
  expect(kept(other).sort((a, b) => a - b)).toEqual(sorted.slice(0, 40));
  expect(other.rate).toBe(cut(model, { nonzeros: 40 }).rate);
});

test('what is cut already stays cut, however a criterion scores it', () => {
  const once = cut(model, { nonzeros: 30 });
  const constant: Criterion = {
    ...smallest,
    scores: ({ parameters }) => parameters.latents.map((t) => t.map(() => 1)),
  };
  const twice = cut(once, { nonzeros: 30 }, { criterion: constant });
  expect(twice.parameters.latents).toEqual(once.parameters.latents);
});

test('layer by layer, each tensor keeps the same share, its greatest weights', () => {
  const uneven = toyModel((random, t) => random.normal() * 10 ** t);
  const half = cut(uneven, { rate: 0.5 }, { scope: 'layer' });
  for (const [t, tensor] of half.parameters.latents.entries()) {
    const left = tensor.filter((latent) => latent !== 0).map(Math.abs);
    const before = uneven.parameters.latents[t].map(Math.abs).sort((a, b) => b - a);
    expect(Math.abs(left.length - tensor.length / 2)).toBeLessThanOrEqual(1);
    expect(left.sort((a, b) => b - a)).toEqual(before.slice(0, left.length));
  }
  expect(kept(half)).toHaveLength(kept(cut(uneven, { rate: 0.5 })).length);
});

test('orders hold every weight once', () => {
  for (const scope of ['global', 'layer'] as const) {
    expect(Array.from(selectionOrder(model, { scope })).sort((a, b) => a - b)).toEqual([...Array(all).keys()]);
  }
});

test('criteria are registered once, and found by name with a suggestion', () => {
  registerCriterion(smallest);
  expect(criterionNamed('smallest')).toBe(smallest);
  expect(criterionNamed('magnitude')).toBe(magnitude);
  expect(() => registerCriterion({ ...smallest })).toThrow(/"smallest" again/);
  expect(() => criterionNamed('magnitud')).toThrow(/Did you mean "magnitude"\?/);
  expect(() => registerCriterion({ ...smallest, name: 'x', scores: 3 as never })).toThrow(
    /scores: expected a function/,
  );
  expect(() => registerCriterion({ ...smallest, name: 'x', description: undefined as never })).toThrow(/description/);
});

test.each([
  ['scores that are not numbers', () => model.parameters.latents.map((t) => t.map(() => Number.NaN)), /found NaN/],
  ['negative scores', () => model.parameters.latents.map((t) => t.map(() => -1)), /finite scores from 0 on, found -1/],
  ['too few tensors', () => [], /expected \d+ tensors, found 0/],
  ['short tensors', () => model.parameters.latents.map(() => new Float32Array(1)), /scores, found 1/],
])('%s are refused', (_, scores, message) => {
  expect(() => cut(model, { rate: 0.5 }, { criterion: { ...smallest, scores } })).toThrow(message);
});

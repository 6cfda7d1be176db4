import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toyModel } from '../../../test/support/toy.js';
import { InputError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import { nonzerosAt } from '../../runtime/network/rate.js';
import { type Budget, nonzerosOf } from './budget.js';
import { cut } from './cut.js';
import { selectionOrder } from './selector.js';
import { modelSize } from './size.js';

const RATES = [0, 0.3, 0.5, 0.9, 0.98, 0.99, 0.999];

const nonzero = (model: Model) => model.parameters.latents.flatMap((tensor) => Array.from(tensor, (w) => w !== 0));
const count = (model: Model) => nonzero(model).filter(Boolean).length;

/** Latents of a few distinct magnitudes only, so that many are equal. */
const models = fc.tuple(fc.integer({ min: 0, max: 10000 }), fc.constantFrom(0, 4, 1000)).map(([seed, levels]) =>
  toyModel((random) => {
    const latent = random.normal() || 1;
    return levels === 0 ? latent : Math.sign(latent) * (1 + Math.floor(Math.abs(latent) * levels)) * 0.1;
  }, seed),
);

test('a cut keeps exactly round((1 − rate) · weights) non-zeros, of the greatest magnitude', () => {
  const property = fc.property(models, fc.constantFrom(...RATES), (model, rate) => {
    const smaller = cut(model, { rate });
    expect(count(smaller)).toBe(Math.round((1 - rate) * model.network.weightCount));
    const magnitudes = model.parameters.latents.flatMap((tensor) => Array.from(tensor, Math.abs));
    const kept = nonzero(smaller);
    const least = Math.min(...magnitudes.filter((_, i) => kept[i]));
    expect(Math.max(0, ...magnitudes.filter((_, i) => !kept[i]))).toBeLessThanOrEqual(least);
  });
  fc.assert(property, { numRuns: 60, seed: 1 });
});

test('a cut changes no weight that it keeps, and rate 0 changes nothing', () => {
  const property = fc.property(models, (model) => {
    expect(cut(model, { rate: 0 }).parameters.latents).toEqual(model.parameters.latents);
    for (const [t, tensor] of cut(model, { rate: 0.9 }).parameters.latents.entries()) {
      const before = model.parameters.latents[t];
      expect(tensor.every((latent, i) => latent === 0 || latent === before[i])).toBe(true);
    }
  });
  fc.assert(property, { numRuns: 20, seed: 1 });
});

test('supports are nested, and a cut of a cut is the cut', () => {
  const property = fc.property(models, (model) => {
    const cuts = RATES.map((rate) => cut(model, { rate }));
    for (let i = 1; i < cuts.length; i++) {
      const larger = nonzero(cuts[i - 1]);
      expect(nonzero(cuts[i]).every((kept, w) => !kept || larger[w])).toBe(true);
      expect(cut(cuts[i - 1], { rate: RATES[i] }).parameters.latents).toEqual(cuts[i].parameters.latents);
    }
  });
  fc.assert(property, { numRuns: 20, seed: 1 });
});

test('a budget in non-zeros is kept to the weight, from none to all', () => {
  const model = toyModel((random) => random.normal());
  const all = model.network.weightCount;
  for (const nonzeros of [0, 1, 17, all - 1, all]) {
    const smaller = cut(model, { nonzeros });
    expect(count(smaller)).toBe(nonzeros);
    expect(nonzerosAt(all, smaller.rate)).toBe(nonzeros);
  }
});

test.each([
  [{}, 'cut, budget: expected one of { rate }, { nonzeros } and { bytes }'],
  [{ rate: 0.9, bytes: 1000 }, 'cut, budget: expected one of { rate }, { nonzeros } and { bytes }'],
  [{ rate: 0.9, efective: true }, 'found "efective". Did you mean "effective"?'],
])('a budget of %o is refused', (budget, message) => {
  expect(() =>
    cut(
      toyModel(() => 1),
      budget as Budget,
    ),
  ).toThrow(message);
});

test('equal magnitudes are kept in their order', () => {
  const halves = toyModel((random, t) => (t === 0 ? Math.sign(random.normal()) * 0.5 : 0.25));
  const [first] = halves.parameters.latents;
  const order = selectionOrder(halves);
  expect(order).toEqual(order.map((_, i) => i));
  expect(order.length).toBeGreaterThan(first.length);
});

test.each([1, -0.1, Number.NaN, 1.5])('rate %d is an InputError', (rate) => {
  expect(() =>
    cut(
      toyModel(() => 1),
      { rate },
    ),
  ).toThrow(InputError);
});

test('more than a model holds is an InputError', () => {
  const model = cut(
    toyModel((random) => random.normal()),
    { rate: 0.9 },
  );
  expect(() => nonzerosOf(model, { rate: 0.5 })).toThrow(InputError);
  expect(() => nonzerosOf(model, { nonzeros: 1.5 })).toThrow(InputError);
  expect(() => nonzerosOf(model, { nonzeros: -1 })).toThrow(InputError);
});

test('a measure that is undefined is none, and without any there is no budget', () => {
  const model = toyModel((random) => random.normal());
  const { latents } = cut(model, { rate: 0.9 }).parameters;
  const others = [
    { rate: 0.9, bytes: undefined, nonzeros: undefined },
    { nonzeros: nonzerosAt(model.network.weightCount, 0.9), rate: undefined },
  ];
  for (const budget of others) expect(cut(model, budget as unknown as Budget).parameters.latents).toEqual(latents);
  const bytes = modelSize(cut(model, { rate: 0.9 })).bytes;
  expect(cut(model, { bytes, rate: undefined } as unknown as Budget).parameters.latents).toEqual(latents);
  expect(() => cut(model, { rate: undefined } as unknown as Budget)).toThrow(
    'one of { rate }, { nonzeros } and { bytes }',
  );
  expect(() => cut(model, { rate: 0.9, bytes } as Budget)).toThrow('one of { rate }, { nonzeros } and { bytes }');
});

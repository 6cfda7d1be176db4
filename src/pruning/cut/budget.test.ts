import { describe, expect, test } from 'vitest';
import { toyModel } from '../../../test/support/toy.js';
import { encodeModel } from '../../model/file/file.js';
import { checkRate, nonzerosOf, nonzerosWithin } from './budget.js';
import { cut } from './cut.js';
import { liveWeights } from './live.js';
import { modelSize, weightSize } from './size.js';

const model = toyModel((random) => random.normal());
const weights = model.network.weightCount;
const nonzerosIn = ({ parameters }: typeof model) =>
  parameters.latents.reduce((sum, tensor) => sum + tensor.filter((latent) => latent !== 0).length, 0);

describe('bytes', () => {
  /** A file of 100 bytes and 3 for each weight. */
  const bytesAt = (nonzeros: number) => 100 + 3 * nonzeros;
  const within = (bytes: number) => nonzerosWithin(model, { bytes }, bytesAt);

  test.each([
    [100, 0],
    [102, 0],
    [103, 1],
    [130, 10],
    [132, 10],
    [133, 11],
    [100 + 3 * weights - 1, weights - 1],
    [100 + 3 * weights, weights],
    [1e9, weights],
  ])('%i allow %i weights', (bytes, nonzeros) => {
    expect(within(bytes)).toBe(nonzeros);
  });

  test('too few are refused with what would help', () => {
    const message = 'budget: expected at least 100 bytes, which the file takes without any weight, found 99 bytes. ';
    expect(() => within(99)).toThrow(message);
    expect(() => within(Number.NaN)).toThrow('found NaN bytes');
    expect(() => within(99)).toThrow(/--precision int8.*--drop-dead/);
    const dropping = () => nonzerosWithin(model, { bytes: 99, dropDead: true }, bytesAt);
    expect(dropping).toThrow(/--precision int8\)?\.$/);
  });

  test('a cut has the most weights whose file keeps to them', () => {
    const bytes = encodeModel(cut(model, { nonzeros: 40 })).length;
    const small = cut(model, { bytes });
    expect(encodeModel(small).length).toBeLessThanOrEqual(bytes);
    expect(nonzerosIn(small)).toBeGreaterThanOrEqual(40);
    expect(encodeModel(cut(model, { nonzeros: nonzerosIn(small) + 1 })).length).toBeGreaterThan(bytes);
    const dropped = cut(model, { bytes, dropDead: true });
    expect(encodeModel(dropped).length).toBeLessThanOrEqual(bytes);
    expect(liveWeights(dropped).effective).toBe(nonzerosIn(dropped));
  });
});

test('weights and rates that cannot be are refused with what there is', () => {
  const expected = `budget: expected 0 to ${weights} non-zero weights (the model holds rate 0 and above), found`;
  expect(() => nonzerosOf(model, { nonzeros: weights + 1 })).toThrow(`${expected} ${weights + 1}. Give a higher rate`);
  expect(() => nonzerosOf(model, { nonzeros: -1 })).toThrow(`${expected} -1.`);
  expect(() => nonzerosOf(model, { nonzeros: 1.5 })).toThrow(`${expected} 1.5.`);
  const small = cut(model, { rate: 0.9 });
  expect(() => nonzerosOf(small, { rate: 0.5 })).toThrow(/found rate 0\.5 \(\d+ non-zeros\)\. Give a higher rate/);
  const rates = 'expected a pruning rate from 0 up to, but not including, 1, found 1. The rate is the share';
  expect(() => checkRate(1)).toThrow(`rate: ${rates}`);
  expect(() => checkRate(1, '--rate')).toThrow(`--rate: ${rates}`);
  expect(() => checkRate(-0.1)).toThrow('found -0.1');
  expect(() => checkRate(Number.NaN)).toThrow('found NaN');
  expect([checkRate(0), checkRate(0.999)]).toEqual([0, 0.999]);
});

test('the size of a model is that of its weights, with those that are live and the bytes of its file', () => {
  const small = cut(model, { nonzeros: 30 });
  expect(modelSize(small)).toEqual({
    ...weightSize(small),
    effective: liveWeights(small).effective,
    bytes: encodeModel(small).length,
  });
});

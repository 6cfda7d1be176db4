import { expect, test } from 'vitest';
import { randomModel } from '../../../test/support/random-model.js';
import { cut } from './cut.js';
import { cutter, effectiveCutter } from './cutter.js';

const model = randomModel([{ kind: 'graph-convolution', heads: 2, filters: 9, combine: 'sum' }], 8);

test('a cutter cuts to rate after rate what single cuts are', () => {
  const cutTo = cutter(model);
  for (const rate of [0, 0.5, 0.98]) expect(cutTo(rate)).toEqual(cut(model, { rate }));
});

test('an effective cutter cuts to what effective cuts are', () => {
  const cutTo = effectiveCutter(model);
  for (const rate of [0.5, 0.98]) expect(cutTo(rate)).toEqual(cut(model, { rate, effective: true }));
});

test('a cutter refuses rates that there are not, and those below the rate of the model', () => {
  expect(() => cutter(model)(1)).toThrow('rate: expected a pruning rate from 0 up to, but not including, 1, found 1.');
  expect(() => cutter(cut(model, { rate: 0.9 }))(0.5)).toThrow('found rate 0.5');
});

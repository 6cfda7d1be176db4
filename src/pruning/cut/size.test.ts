import { expect, test } from 'vitest';
import { toyModel } from '../../../test/support/toy.js';
import { nonzerosAt } from '../../runtime/network/rate.js';
import { cut } from './cut.js';
import { weightSize } from './size.js';

test('emptied tensors are reported by name, with what is left in the others', () => {
  const model = toyModel((random, tensor) => (tensor === 1 ? 1e-3 : 1) * (1 + random.uniform()));
  const size = weightSize(cut(model, { rate: 0.9 }));
  expect(size.emptied).toEqual([model.network.weights[1].fullName]);
  expect(size.nonzeros).toBe(nonzerosAt(model.network.weightCount, 0.9));
  expect(weightSize(model).emptied).toEqual([]);
  const none = weightSize(cut(model, { nonzeros: 0 }));
  expect(none).toEqual({ nonzeros: 0, macs: 0, emptied: model.network.weights.map(({ fullName }) => fullName) });
});

test('multiply-accumulates by hand: each non-zero of a tensor costs its reuse', () => {
  const model = toyModel(() => 1);
  // 21 nodes, 6 channels, 2 heads of 4 filters, concatenated (filter first); dense 6; 3 classes
  const filters = 8 * 6 * 21;
  const attention = 2 * 21 * 21 * 4;
  expect(weightSize(model).macs).toBe(filters + attention + 6 * 21 * 8 + 3 * 6);
});

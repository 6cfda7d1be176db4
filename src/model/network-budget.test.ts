import * as v from 'valibot';
import { expect, test } from 'vitest';
import { toyModel } from '../../test/support/toy.js';
import { checkNetworkBudget } from './network-budget.js';
import { networkSchema } from './network-schema.js';

const convolution = { kind: 'graph-convolution', heads: 1, combine: 'sum' };
const { pipeline, description } = toyModel(() => 1);

function check(network: object[]): void {
  checkNetworkBudget(v.parse(networkSchema, network), pipeline, 3, { source: 'f', place: 'layers' });
}

test.each([
  [
    'values of features and layers',
    [{ ...convolution, heads: 256, filters: 4096, combine: 'concatenate' }],
    /^f, layers: expected at most 4000000 values of features and layers, found \d+\. Use fewer/,
  ],
  ['weights', Array.from({ length: 2 }, () => ({ kind: 'dense', units: 8000 })), /at most 16000000 weights/],
  [
    'multiply-accumulates',
    Array.from({ length: 5 }, () => ({ ...convolution, filters: 1800 })),
    /at most 250000000 multiply-accumulates a sequence/,
  ],
])('a network of more %s than a file may have is refused', (_, network, message) => {
  expect(() => check(network)).toThrow(message);
});

test('a usual network fits', () => {
  expect(() => check([...description.layers])).not.toThrow();
});

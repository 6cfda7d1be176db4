import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Network } from '../../model/network.js';
import { networkSchema } from '../../model/network-schema.js';
import { StepPlan } from './plan.js';

const block = (filters: number) => [
  { kind: 'graph-convolution', heads: 3, filters, combine: 'sum' },
  { kind: 'temporal-convolution', filters, kernel: 9, residual: 2 },
];
const blocks = v.parse(networkSchema, [...block(48), ...block(64), { kind: 'pool' }]);

test.each([
  ['two persons, a small batch', 50, 64, 64, 4, 16],
  ['two persons', 50, 64, 256, 16, 16],
  ['a hand', 21, 32, 256, 4, 64],
])('activations of large networks over time stay small: %s', (_, joints, frames, batch, shards, columns) => {
  const network = new Network(blocks, { nodes: joints * frames, channels: 12, frames }, 60);
  const plan = new StepPlan(network, { rates: 4, batch, threads: 1, bins: 100 });
  expect([plan.shards.length, plan.columns]).toEqual([shards, columns]);
});

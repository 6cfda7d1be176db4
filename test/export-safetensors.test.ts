import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { exportSafetensors } from '../src/export/safetensors/export-safetensors.js';
import { decodeSafetensors } from '../src/export/safetensors/safetensors.js';
import { cut } from '../src/pruning/cut/cut.js';
import { engineLogits, greatestDifference } from './support/engine-logits.js';
import { runPytorch } from './support/pytorch.js';
import { layerLists, randomModel } from './support/random-model.js';
import { randomSequences } from './support/random-preprocessing.js';
import { describeWith } from './support/tools.js';

const folder = mkdtempSync(join(tmpdir(), 'anyrate-safetensors-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('tensors have plain names and shapes, and the metadata says what they are', () => {
  const model = cut(randomModel([{ kind: 'graph-convolution', heads: 2, filters: 5, combine: 'sum' }], 1), {
    rate: 0.9,
  });
  const { files, nonzeros } = exportSafetensors(model);
  const { tensors, metadata } = decodeSafetensors(files[0], 'model');
  expect([...tensors].map(([name, { dtype, shape }]) => [name, dtype, ...shape])).toEqual([
    ['features.mean', 'F32', 21, 6],
    ['features.inverse-deviation', 'F32', 21, 6],
    ['graph-convolution-1.attention', 'F32', 2, 21, 21],
    ['graph-convolution-1.filters', 'F32', 2, 6, 5],
    ['graph-convolution-1.bias', 'F32', 5],
    ['classifier.weight', 'F32', 3, 105],
    ['classifier.bias', 'F32', 3],
  ]);
  expect(nonzeros).toBe(Math.round(0.1 * model.network.weightCount));
  expect(JSON.parse(metadata.classes)).toEqual(['x', 'y', 'z']);
  expect(JSON.parse(metadata.preprocessing)).toEqual(model.description.preprocessing);
  expect(JSON.parse(metadata.layers).map(({ name }: { name: string }) => name)).toEqual([
    'graph-convolution-1',
    'classifier',
  ]);
});

describeWith('PyTorch', 'the example of docs/export.md in PyTorch', () => {
  test('random networks: within 1e-4 of the engine', () => {
    const models = fc
      .sample(fc.tuple(layerLists, fc.nat(1000), fc.constantFrom(0, 0.5, 0.9)), { numRuns: 12, seed: 5 })
      .map(([layers, seed, rate]) => cut(randomModel(layers, seed), { rate }));
    const sequences = randomSequences(4, 1, 3);
    for (const [i, logits] of runPytorch<number[][]>(
      folder,
      models,
      sequences,
      'answer = logits(features).tolist()',
    ).entries()) {
      const expected = engineLogits(models[i], sequences).flatMap((row) => [...row]);
      expect(greatestDifference(logits.flat(), expected)).toBeLessThan(1e-4);
    }
  });
});

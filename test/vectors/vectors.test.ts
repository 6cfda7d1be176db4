import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeModel, encodeModel } from '../../src/model/file/file.js';
import { inferenceOf } from '../../src/model/inference.js';
import { cut } from '../../src/pruning/cut/cut.js';
import { openContainer } from '../../src/runtime/file/container.js';
import { openHeader } from '../../src/runtime/file/header.js';
import { readFileNumbers } from '../../src/runtime/file/read.js';
import { RuntimeModel } from '../../src/runtime/model.js';

const file = new Uint8Array(readFileSync(new URL('tiny.anyrate', import.meta.url)));
const vector = JSON.parse(readFileSync(new URL('tiny.json', import.meta.url), 'utf8'));
const sequence = { frames: 4, persons: 1, joints: 21, positions: Float32Array.from(vector.sequence) };

test('the weights, standardisation and curves of the vector are read as they are written down', () => {
  const container = openContainer(file);
  const { header, plan } = openHeader(container);
  const { tables, entries, starts, offsets } = readFileNumbers(file, container, header, plan);
  expect(offsets).toEqual(vector.offsets);
  const blocks = starts
    .slice(1)
    .map((end, b) =>
      [...entries.positions.subarray(starts[b], end)].map((position, i) => [position, entries.latents[starts[b] + i]]),
    );
  expect(blocks).toEqual(vector.blocks);
  expect([...tables.mean]).toEqual(vector.mean);
  expect([...tables.inverseDeviation]).toEqual(vector.inverseDeviation);
  expect(tables.biases.map(({ values }) => [...values])).toEqual(vector.biases);
});

test('engine and runtime give the logits of the vector within 1e-5', () => {
  const model = decodeModel(file, 'vector');
  for (const { rate, logits } of vector.logits as { rate: number; logits: number[] }[]) {
    const small = cut(model, { rate });
    const features = small.standardise(small.pipeline.features(sequence));
    const [engine] = inferenceOf(small, rate, 1).run([features]);
    const runtime = new RuntimeModel(file).view(rate).logits(sequence);
    for (const [i, logit] of logits.entries()) {
      expect(Math.abs(engine[i] - logit)).toBeLessThan(1e-5);
      expect(Math.abs(runtime[i] - logit)).toBeLessThan(1e-5);
    }
  }
});

test('the writer writes the vector to the byte', () => {
  expect(Buffer.compare(encodeModel(decodeModel(file, 'vector')), file)).toBe(0);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportSafetensors } from '../src/export/safetensors/export-safetensors.js';
import { importSafetensors } from '../src/export/safetensors/import-safetensors.js';
import { decodeModel, encodeModel } from '../src/model/file/file.js';
import { quantise } from '../src/model/file/quantise.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { weightSize } from '../src/pruning/cut/size.js';
import { RuntimeModel } from '../src/runtime/model.js';
import { argmax } from '../src/runtime/view.js';
import { engineLogits, greatestDifference } from './support/engine-logits.js';
import { runPytorch } from './support/pytorch.js';
import { layerLists, randomModel } from './support/random-model.js';
import { preprocessings, randomSequences } from './support/random-preprocessing.js';
import { describeWith } from './support/tools.js';

const folder = mkdtempSync(join(tmpdir(), 'anyrate-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytesOf = (model: Model) => exportSafetensors(model).files[0];
const nonzerosOf = (model: Model) => weightSize(model).nonzeros;

/** Logits of the runtime, [sequence][class], from the model's file. */
function runtimeLogits(model: Model, sequences: ReturnType<typeof randomSequences>): ArrayLike<number>[] {
  const view = new RuntimeModel(encodeModel(model)).view();
  return sequences.map((sequence) => [...view.logits(sequence)]);
}

test('random networks: exported at a rate and imported, the same logits in engine and runtime; with --like within 1e-5', () => {
  const property = fc.property(
    fc.record({
      layers: layerLists,
      preprocessing: preprocessings,
      persons: fc.constantFrom(1, 2),
      rate: fc.double({ min: 0, max: 0.999, noNaN: true }),
      precision: fc.constantFrom('float32' as const, 'float16' as const, 'int8' as const),
      withLike: fc.boolean(),
      seed: fc.nat(1000),
    }),
    ({ layers, preprocessing, persons, rate, precision, withLike, seed }) => {
      const whole = quantise(randomModel(layers, seed, preprocessing, persons), precision);
      const small = cut(whole, { rate });
      const options = withLike ? { like: whole } : {};
      const { model, rounding } = importSafetensors(bytesOf(small), 'x', options);
      expect(rounding).toBe(0);
      const weights = small.network.weightCount;
      expect(model.rate).toBeCloseTo(1 - nonzerosOf(small) / weights, 12);
      expect(nonzerosOf(model)).toBe(nonzerosOf(small));
      const sequences = randomSequences(3, persons, seed);
      for (const logits of [engineLogits, runtimeLogits]) {
        const expected = logits(small, sequences);
        for (const [i, found] of logits(model, sequences).entries()) {
          expect(greatestDifference(found, expected[i])).toBeLessThan(withLike ? 1e-5 : 1e-12);
          expect(argmax(found)).toBe(argmax(expected[i]));
        }
      }
    },
  );
  fc.assert(property, { numRuns: 25, seed: 1 });
});

describe('an imported model', () => {
  const layers = [
    { kind: 'graph-convolution', heads: 2, filters: 9, combine: 'sum' },
    { kind: 'dense', units: 7 },
  ];
  const whole = randomModel(layers, 8);
  const small = cut(whole, { nonzeros: 900 });
  const { model } = importSafetensors(bytesOf(small), 'x');

  test('is cut further to the same weights as the model that was exported', () => {
    const support = (variant: Model) =>
      variant.parameters.latents.map((tensor) => [...tensor].map((latent) => latent !== 0));
    expect(support(cut(model, { rate: 0.9 }))).toEqual(support(cut(small, { rate: 0.9 })));
  });

  test('with its model beside it, goes on as that does at a higher rate', () => {
    const sequences = randomSequences(4, 1, 2);
    const { model: beside } = importSafetensors(bytesOf(small), 'x', { like: whole });
    const logits = (variant: Model) => engineLogits(cut(variant, { rate: 0.9 }), sequences).flatMap((row) => [...row]);
    expect(greatestDifference(logits(beside), logits(whole))).toBeLessThan(1e-5);
    expect(greatestDifference(logits(model), logits(whole))).toBeGreaterThan(1e-2);
  });

  test('is what its file holds, and is exported to the same tensors', () => {
    expect(decodeModel(encodeModel(model), 'x')).toEqual(model);
    const again = importSafetensors(bytesOf(model), 'x').model;
    expect(again.parameters).toEqual(model.parameters);
    expect(again.description).toEqual(model.description);
  });

  test('says where it comes from, and states neither accuracy nor temperatures', () => {
    const { provenance } = small.description;
    const accuracy = [{ part: 'test' as const, split: 's', sequences: 4, rates: [0], accuracies: [1] }];
    const stated = small.describedBy({ provenance: { ...provenance, accuracy } });
    for (const options of [{}, { like: stated }]) {
      const { description } = importSafetensors(bytesOf(stated), 'x', options).model;
      expect(description.provenance).toEqual({ ...provenance, imported: true });
      expect(description.temperatures).toBeUndefined();
    }
  });
});

describeWith('PyTorch', 'changed in PyTorch by the example of docs/export.md, and back', () => {
  const models = fc
    .sample(fc.tuple(layerLists, fc.nat(1000), fc.constantFrom(0, 0.5, 0.9)), { numRuns: 9, seed: 6 })
    .map(([layers, seed, rate]) => cut(randomModel(layers, seed), { rate }));
  const sequences = randomSequences(5, 1, 3);

  function compare(model: Model, logits: readonly number[][], before: Model): void {
    const expected = logits.flat();
    const answers = engineLogits(model, sequences).flatMap((row) => [...row]);
    expect(greatestDifference(answers, expected)).toBeLessThan(1e-4);
    expect(
      greatestDifference(
        runtimeLogits(model, sequences).flatMap((row) => Array.from(row)),
        expected,
      ),
    ).toBeLessThan(1e-4);
    const unchanged = engineLogits(before, sequences).flatMap((row) => [...row]);
    expect(greatestDifference(unchanged, expected)).toBeGreaterThan(1e-3);
  }

  let answers: { tuned: number[][]; saved: number[][] }[];
  beforeAll(() => {
    answers = runPytorch(folder, models, sequences, CODE);
  }, 300_000);

  test('its logits are those of PyTorch within 1e-4, and zeros stay pruned', () => {
    for (const [i, { tuned }] of answers.entries()) {
      const { model } = importSafetensors(readFileSync(join(folder, `tuned-${i}.safetensors`)), 'x');
      compare(model, tuned, models[i]);
      expect(nonzerosOf(model)).toBe(nonzerosOf(models[i]));
    }
  });

  test('saved as BF16, F16 or F64 without metadata, it is described by the model beside it', () => {
    for (const [i, { saved }] of answers.entries()) {
      const bytes = readFileSync(join(folder, `saved-${i}.safetensors`));
      expect(() => importSafetensors(bytes, 'x')).toThrow(/__metadata__: expected .* found none of them.*--like MODEL/);
      const { model } = importSafetensors(bytes, 'x', { like: models[i] });
      compare(model, saved, models[i]);
    }
  });
});

/** Runs the second example; then saves the layers' tensors in another type, as the package safetensors does. */
const CODE = `
import os
batches = [(features, torch.arange(len(features)) % 3)] * 3
exec(back, globals())
os.replace('tuned.safetensors', f'tuned-{index}.safetensors')
answer = {'tuned': logits(features).tolist()}
types = [('BF16', torch.bfloat16), ('F16', torch.float16), ('F64', torch.float64)]
dtype, own = types[index % 3]
entries, parts, end = {}, [], 0
for name, tensor in tensors.items():
    whole = name.startswith('features.')
    saved = tensor.detach() if whole else tensor.detach().to(own)
    parts.append(saved.contiguous().flatten().view(torch.uint8).numpy().tobytes())
    start, end = end, end + len(parts[-1])
    entries[name] = {'dtype': 'F32' if whole else dtype, 'shape': list(saved.shape), 'data_offsets': [start, end]}
    tensors[name] = saved.float()
head = json.dumps(entries).encode()
with open(f'saved-{index}.safetensors', 'wb') as file:
    file.write(struct.pack('<Q', len(head)) + head + b''.join(parts))
answer['saved'] = logits(features).tolist()
`;

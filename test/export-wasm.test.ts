import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeModel } from '../src/model/file/file.js';
import { quantise } from '../src/model/file/quantise.js';
import { cut } from '../src/pruning/cut/cut.js';
import { RuntimeModel } from '../src/runtime/model.js';
import { argmax, softmax } from '../src/runtime/view.js';
import { layerLists, randomModel } from './support/random-model.js';
import { preprocessings, randomSequences } from './support/random-preprocessing.js';
import { answersOfClip, loadWasm, moduleOf, place } from './support/wasm-module.js';

test('random networks and preprocessing: the logits of the runtime, to the bit', () => {
  const property = fc.property(
    layerLists,
    preprocessings,
    fc.constantFrom(1, 2, 3),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.constantFrom('float32' as const, 'float16' as const, 'int8' as const),
    fc.nat(1000),
    (layers, preprocessing, persons, rate, precision, seed) => {
      const model = cut(quantise(randomModel(layers, seed, preprocessing, persons), precision), { rate });
      const [wasm, runtime] = [loadWasm(model), new RuntimeModel(encodeModel(model)).view()];
      for (const sequence of randomSequences(5, persons, seed)) {
        const logits = [...runtime.logits(sequence)];
        const scores = softmax(logits, runtime.temperature);
        expect(answersOfClip(wasm, sequence, 3)).toEqual({ logits, label: argmax(logits), scores });
      }
    },
  );
  fc.assert(property, { numRuns: 15, seed: 1 });
});

test('the module tells its classes and joints, imports nothing, and refuses a single frame', () => {
  const model = randomModel([{ kind: 'dense', units: 2 }], 1);
  const module = moduleOf(model);
  const [section] = WebAssembly.Module.customSections(module, 'anyrate');
  const { classes, layout, persons } = model.description;
  expect(JSON.parse(new TextDecoder().decode(section))).toEqual({ classes, persons, joints: layout.joints });
  expect(WebAssembly.Module.imports(module)).toEqual([]);
  expect(loadWasm(model).predict(1)).toBe(-1);
});

test('a recording with an infinite number in it is refused, wherever it is; NaN is a lost joint', () => {
  const wasm = loadWasm(randomModel([{ kind: 'dense', units: 2 }], 1));
  const [sequence] = randomSequences(1, 1, 1);
  for (const [value, isTaken] of [
    [0.5, true],
    [Number.NaN, true],
    [Number.NEGATIVE_INFINITY, false],
  ] as const) {
    sequence.positions[sequence.positions.length - 1] = value;
    place(wasm, sequence);
    expect(wasm.predict(sequence.frames) >= 0).toBe(isTaken);
  }
});

test('a recording that is larger than the memory makes it grow', () => {
  const model = randomModel([{ kind: 'dense', units: 2 }], 1);
  const wasm = loadWasm(model);
  const before = wasm.memory.buffer.byteLength;
  const frames = 2 + Math.ceil(before / (21 * 12));
  const [short] = randomSequences(1, 1, 2);
  const positions = Float32Array.from({ length: frames * 63 }, (_, i) => short.positions[i % short.positions.length]);
  const sequence = { ...short, frames, positions };
  place(wasm, sequence);
  expect(wasm.memory.buffer.byteLength).toBeGreaterThan(before);
  expect(wasm.predict(frames)).toBe(new RuntimeModel(encodeModel(model)).view().predict(sequence).label);
});

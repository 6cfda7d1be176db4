import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportWasm } from '../src/export/wasm/export-wasm.js';
import { encodeModel, quantise } from '../src/model/file/file.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { RuntimeModel } from '../src/runtime/model.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import { argmax, softmax } from '../src/runtime/view.js';
import { layerLists, randomModel } from './support/random-model.js';
import { preprocessings, randomSequences } from './support/random-preprocessing.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  input(frames: number): number;
  predict(frames: number): number;
  probabilities(): number;
  run(frames: number): number;
}

const moduleOf = (model: Model) => new WebAssembly.Module(exportWasm(model).files[0] as Uint8Array<ArrayBuffer>);
const load = (model: Model) => new WebAssembly.Instance(moduleOf(model), {}).exports as unknown as Exports;
const doubles = ({ memory }: Exports, at: number, count: number) => [...new Float64Array(memory.buffer, at, count)];

function place({ input, memory }: Exports, { frames, positions }: SkeletonSequence): void {
  const at = input(frames);
  new Float32Array(memory.buffer, at, positions.length).set(positions);
}

test('random networks and preprocessing: the logits of the runtime within 1e-5', () => {
  const property = fc.property(
    layerLists,
    preprocessings,
    fc.constantFrom(1, 2, 3),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.constantFrom('float32' as const, 'float16' as const, 'int8' as const),
    fc.nat(1000),
    (layers, preprocessing, persons, rate, precision, seed) => {
      const model = cut(quantise(randomModel(layers, seed, preprocessing, persons), precision), { rate });
      const [wasm, runtime] = [load(model), new RuntimeModel(encodeModel(model)).view()];
      for (const sequence of randomSequences(5, persons, seed)) {
        const logits = [...runtime.logits(sequence)];
        place(wasm, sequence);
        const label = wasm.predict(sequence.frames);
        expect(label).toBe(argmax(logits));
        const scores = softmax(logits, runtime.temperature);
        for (const [i, score] of doubles(wasm, wasm.probabilities(), 3).entries())
          expect(score).toBeCloseTo(scores[i], 6);
        place(wasm, sequence);
        for (const [i, logit] of doubles(wasm, wasm.run(sequence.frames), 3).entries()) {
          expect(Math.abs(logit - logits[i])).toBeLessThan(1e-5);
        }
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
  expect(load(model).predict(1)).toBe(-1);
});

test('a recording with an infinite number in it is refused, wherever it is; NaN is a lost joint', () => {
  const wasm = load(randomModel([{ kind: 'dense', units: 2 }], 1));
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
  const wasm = load(model);
  const before = wasm.memory.buffer.byteLength;
  const frames = 2 + Math.ceil(before / (21 * 12));
  const [short] = randomSequences(1, 1, 2);
  const positions = Float32Array.from({ length: frames * 63 }, (_, i) => short.positions[i % short.positions.length]);
  const sequence = { ...short, frames, positions };
  place(wasm, sequence);
  expect(wasm.memory.buffer.byteLength).toBeGreaterThan(before);
  expect(wasm.predict(frames)).toBe(new RuntimeModel(encodeModel(model)).view().predict(sequence).label);
});

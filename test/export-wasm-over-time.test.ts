import { expect, test } from 'vitest';
import { exportWasm } from '../src/export/wasm/export-wasm.js';
import { encodeModel, quantise } from '../src/model/file/file.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { loadModel } from '../src/run/node/load-model.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import { RuntimeModel } from '../src/runtime-temporal.js';
import { irdsSamples } from './support/irds.js';
import { networksOverTime } from './support/networks-over-time.js';
import { randomModel } from './support/random-model.js';
import { randomSequences } from './support/random-preprocessing.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  input(frames: number): number;
  run(frames: number): number;
}

const preprocessing = (pose: object[], names: string[]) =>
  ({
    pose: [{ step: 'resample', frames: 12 }, ...pose],
    channels: names.map((name) => ({ step: `frame-${name}` })),
  }) as unknown as Model['description']['preprocessing'];
const EACH = preprocessing([{ step: 'center' }], ['positions', 'relative', 'bones', 'velocities']);
const RECORDED = preprocessing([], ['positions', 'relative', 'bones']);

function loaded(model: Model): Exports {
  const { files } = exportWasm(model);
  return new WebAssembly.Instance(new WebAssembly.Module(files[0] as Uint8Array<ArrayBuffer>), {}).exports as never;
}

/** The logits of both, one sequence after the other in the same memory. */
function expectAlike(model: Model, sequences: readonly SkeletonSequence[]): number[][] {
  const [{ memory, input, run }, view] = [loaded(model), new RuntimeModel(encodeModel(model)).view()];
  return sequences.map((sequence) => {
    const { frames, positions } = sequence;
    const room = input(frames); // which may make the memory larger, and its buffer another
    new Float32Array(memory.buffer, room, positions.length).set(positions);
    const at = run(frames);
    const logits = [...new Float64Array(memory.buffer, at, view.classes.length)];
    const expected = [...view.logits(sequence)];
    for (const [label, logit] of logits.entries()) expect(Math.abs(logit - expected[label])).toBeLessThan(1e-5);
    return logits;
  });
}

const models = Object.entries(networksOverTime).flatMap(([name, layers], seed) =>
  [0, 0.9].flatMap((rate) =>
    (['float32', 'int8'] as const).map((precision): [string, Model] => {
      const persons = 1 + (seed % 2);
      const whole = randomModel(layers, seed, rate ? EACH : RECORDED, persons);
      return [`${name}, rate ${rate}, ${precision}`, cut(quantise(whole, precision), { rate })];
    }),
  ),
);

test.each(models)('the logits of the runtime within 1e-5: %s', (_, model) => {
  const logits = expectAlike(model, randomSequences(6, model.description.persons, 5));
  // Of the networks at 0.9 one is dead: its logits are constants.
  if (model.rate < 0.9) expect(logits[0]).not.toEqual(logits[1]);
});

test('recordings of irds, some with lost joints: the logits of the runtime within 1e-5', async () => {
  const { stream: _, ...irds } = loadModel('examples/irds.anyrate').description;
  const layers = [
    { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum' },
    { kind: 'temporal-convolution', filters: 8, kernel: 5, stride: 2, residual: 2 },
    { kind: 'pool', over: 'both' },
  ];
  const samples = await irdsSamples(8);
  const lossy = samples.slice(0, 3).map(({ positions, ...sample }) => {
    return { ...sample, positions: positions.map((x, i) => (i >= 225 && i % 7 === 0 ? Number.NaN : x)) };
  });
  expectAlike(cut(randomModel(layers, 3, EACH, 1, irds), { rate: 0.5 }), [...samples, ...lossy]);
});

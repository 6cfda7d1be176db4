import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runOnCortex } from '../bench/small/cortex-m.js';
import { exportC } from '../src/export/c/export-c.js';
import { inWholeSteps } from '../src/export/code/encoding.js';
import { encodeModel } from '../src/model/file/file.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { loadModel } from '../src/run/node/load-model.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import { softmax } from '../src/runtime/view.js';
import { RuntimeModel } from '../src/runtime-temporal.js';
import { type CAnswer, runC, WARNINGS } from './support/c-program.js';
import { irdsSamples } from './support/irds.js';
import { networksOverTime } from './support/networks-over-time.js';
import { randomModel } from './support/random-model.js';
import { randomSequences } from './support/random-preprocessing.js';
import { describeWith } from './support/tools.js';

const steps = (...names: string[]) => names.map((name) => ({ step: `frame-${name}` }) as const);
const preprocessing = (pose: object[], names: string[]) =>
  ({
    pose: [{ step: 'resample', frames: 12 }, ...pose],
    channels: steps(...names),
  }) as unknown as Model['description']['preprocessing'];
const BY_WINDOW = preprocessing([{ step: 'center' }], ['positions', 'relative', 'bones', 'velocities']);
const BY_FRAME = preprocessing([], ['positions', 'relative', 'bones']);
const BY_WINDOW_OF_IRDS = preprocessing([{ step: 'body-frame', up: 'spine' }], ['relative', 'bones', 'velocities']);

const models = Object.entries(networksOverTime).flatMap(([name, layers], seed) =>
  [0, 0.9].map((rate): [string, Model] => {
    const persons = 1 + (seed % 2);
    return [`${name}, rate ${rate}`, cut(randomModel(layers, seed, rate ? BY_WINDOW : BY_FRAME, persons), { rate })];
  }),
);

/** A random network over the skeleton of irds. */
function irdsModel(channels = BY_FRAME, rate = 0.9): Model {
  const { stream: _, ...irds } = loadModel('examples/irds.anyrate').description;
  const layers = [
    { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum' },
    { kind: 'temporal-convolution', filters: 8, kernel: 5, stride: 2, residual: 2 },
    { kind: 'pool', over: 'both' },
  ];
  return cut(randomModel(layers, 3, channels, 1, irds), { rate });
}

function expectAlike(model: Model, sequences: readonly SkeletonSequence[], answers: readonly CAnswer[]): void {
  const view = new RuntimeModel(encodeModel(model)).view();
  for (const [i, { probabilities, logits }] of answers.entries()) {
    const expected = [...view.logits(sequences[i])];
    const shares = softmax(expected, view.temperature);
    for (const [label, logit] of expected.entries()) {
      expect(Math.abs(probabilities[label] - shares[label])).toBeLessThan(1e-4);
      expect(Math.abs(logits[label] - logit)).toBeLessThan(1e-3);
    }
  }
  // Of the networks at 0.9 one is dead: its logits are constants.
  if (model.rate < 0.9) expect(answers[0].logits).not.toEqual(answers[1].logits);
}

describeWith('gcc', 'C of networks over time, compiled by gcc without a warning', () => {
  test.each(models)('the probabilities of the runtime within 1e-4: %s', (_, model) => {
    const sequences = randomSequences(6, model.description.persons, 5);
    expectAlike(model, sequences, runC(model, {}, sequences, '-DTOY_REAL=double', '-O0'));
  });

  test('recordings of irds, some with lost joints: the probabilities of the runtime within 1e-4', async () => {
    const model = irdsModel(BY_FRAME, 0.5);
    const samples = await irdsSamples(12);
    const lossy = samples.slice(0, 3).map(({ positions, ...sample }) => {
      return { ...sample, positions: positions.map((x, i) => (i >= 225 && i % 7 === 0 ? Number.NaN : x)) };
    });
    const sequences = [...samples, ...lossy];
    expectAlike(model, sequences, runC(model, { name: 'net' }, sequences, '-DNET_REAL=double'));
  });

  test('valid C++, and C without the stream', () => {
    compileStrictly(models[0][1], 'float');
  });
});

function compileStrictly(model: Model, weights: 'float' | 'int8'): void {
  const [source, header] = exportC(model, { name: 'net', weights }).files;
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-cpp-'));
  try {
    writeFileSync(join(folder, 'net.c'), source);
    writeFileSync(join(folder, 'net.h'), header);
    const strict = ['-O1', ...WARNINGS, '-c', 'net.c'];
    execFileSync('g++', ['-std=c++11', '-x', 'c++', ...strict], { cwd: folder, stdio: 'pipe' });
    execFileSync('gcc', ['-std=c99', '-DNET_STREAM=0', ...strict], { cwd: folder, stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeWith('gcc', 'C of networks over time in whole numbers', () => {
  test.each(models)('weights on the steps of int8: the probabilities of the runtime within 0.01: %s', (_, any) => {
    const model = inWholeSteps(any);
    const usual = randomSequences(4, model.description.persons, 5);
    // Features at their limits: values greater than those that sums are laid out for.
    const far = usual.map((sequence) => ({ ...sequence, positions: sequence.positions.map((x) => x * 50) }));
    const sequences = [...usual, ...far];
    const view = new RuntimeModel(encodeModel(model)).view();
    for (const [i, { probabilities }] of runC(model, { weights: 'int8' }, sequences, '-O0').entries()) {
      const expected = softmax([...view.logits(sequences[i])], view.temperature);
      for (const [label, share] of expected.entries()) {
        expect(Math.abs(probabilities[label] - share)).toBeLessThan(0.01);
      }
    }
  });

  test('recordings of irds, some with lost joints: the decisions of the runtime, whatever came before', async () => {
    const model = inWholeSteps(irdsModel(BY_WINDOW_OF_IRDS, 0.8));
    const samples = await irdsSamples(40);
    const lossy = samples.slice(0, 3).map(({ positions, ...sample }) => {
      return { ...sample, positions: positions.map((x, i) => (i >= 225 && i % 7 === 0 ? Number.NaN : x)) };
    });
    const sequences = [...samples, ...lossy];
    const view = new RuntimeModel(encodeModel(model)).view();
    const answers = runC(model, { name: 'net', weights: 'int8' }, sequences);
    const isLike = answers.map(({ label }, i) => {
      const { scores } = view.predict(sequences[i]);
      return scores[label] > Math.max(...scores) - 0.01;
    });
    expect(isLike).not.toContain(false);
    const [last] = runC(model, { name: 'net', weights: 'int8' }, sequences.slice(-1));
    expect(last).toEqual(answers.at(-1));
  });

  test('valid C++, and C without the stream', () => {
    compileStrictly(models[0][1], 'int8');
  });
});

describeWith('arm-none-eabi-gcc and qemu-system-arm', 'C of networks over time on a Cortex-M4F, under qemu', () => {
  test('the answers of the runtime, in the memory that is stated', async () => {
    const model = irdsModel();
    const sequences = await irdsSamples(4);
    const { files, memory } = exportC(model, { name: 'net' });
    const recordings = bytesOfSequences(sequences);
    const { output, ownMemory, flash } = runOnCortex(files, 'Cortex-M4F', 'predict', recordings, ['-DNET_STREAM=0']);
    const view = new RuntimeModel(encodeModel(model)).view();
    const size = 12 + 4 * view.classes.length;
    for (const [i, sequence] of sequences.entries()) {
      const { scores } = view.predict(sequence);
      for (const [label, score] of scores.entries()) {
        expect(Math.abs(output.readFloatLE(i * size + 12 + 4 * label) - score)).toBeLessThan(1e-3);
      }
      expect(output.readInt32LE(i * size + 8)).toBeLessThan(memory!.stack);
    }
    expect(Math.abs(ownMemory - memory!.scratch - memory!.rings)).toBeLessThan(32);
    expect(flash).toBeGreaterThan(memory!.constants);
  });

  test.each(['Cortex-M0', 'Cortex-M4F'] as const)(
    'whole numbers: the bits of this machine, in the memory that is stated: %s',
    async (core) => {
      const model = irdsModel(BY_WINDOW_OF_IRDS, 0.8);
      const sequences = await irdsSamples(3);
      const { files, memory } = exportC(model, { name: 'net', weights: 'int8' });
      const { output, ownMemory, flash } = runOnCortex(files, core, 'predict', bytesOfSequences(sequences), [
        '-DNET_STREAM=0',
      ]);
      const here = runC(model, { name: 'net', weights: 'int8' }, sequences);
      const size = 12 + 4 * here[0].probabilities.length;
      for (const [i, { probabilities }] of here.entries()) {
        const shares = [...probabilities.keys()].map((label) => output.readFloatLE(i * size + 12 + 4 * label));
        expect(shares).toEqual([...probabilities]);
        expect(output.readInt32LE(i * size + 8)).toBeLessThan(memory!.stack);
      }
      expect(Math.abs(ownMemory - memory!.scratch - memory!.rings - memory!.clip)).toBeLessThan(32);
      expect(flash).toBeGreaterThan(memory!.constants);
    },
  );

  test('in a stream only new cells go through the network, if features are those of one frame', async () => {
    const frames = (await irdsSamples(4)).flatMap(({ positions }) =>
      Array.from({ length: positions.length / 75 }, (_, i) => bytesOf(positions.subarray(i * 75, (i + 1) * 75))),
    );
    const stream = Buffer.concat(frames.flatMap((frame, i) => [bytesOf(Uint32Array.of(i * 33)), frame]));
    const [byFrame, byWindow] = [BY_FRAME, preprocessing([{ step: 'center' }], ['positions', 'relative', 'bones'])].map(
      (channels) => {
        const { files, memory } = exportC(irdsModel(channels, 0.5), { name: 'net' });
        const { output, ownMemory } = runOnCortex(files, 'Cortex-M4F', 'stream', stream);
        expect(Math.abs(ownMemory - memory!.scratch - memory!.rings - memory!.stream)).toBeLessThan(32);
        return Math.max(...frames.slice(-60).map((_, i) => output.readInt32LE((frames.length - 60 + i) * 16 + 4)));
      },
    );
    expect(byFrame).toBeLessThan(byWindow / 2);
  });
});

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array | Uint32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function bytesOfSequences(sequences: readonly SkeletonSequence[]): Buffer {
  return Buffer.concat(
    sequences.flatMap(({ frames, positions }) => [bytesOf(Int32Array.of(frames)), bytesOf(positions)]),
  );
}

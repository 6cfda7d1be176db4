import { expect, test } from 'vitest';
import { encodeModel } from '../src/model/file/file.js';
import { quantise } from '../src/model/file/quantise.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { loadModel } from '../src/run/node/load-model.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import { RuntimeModel } from '../src/runtime-temporal.js';
import type { TimedFrame } from './support/c-stream.js';
import { irdsSamples } from './support/irds.js';
import { networksOverTime } from './support/networks-over-time.js';
import { randomModel } from './support/random-model.js';
import { randomSequences } from './support/random-preprocessing.js';
import { runtimeAnswers } from './support/runtime-stream.js';
import { answersOfClip, answersOfStream, loadWasm } from './support/wasm-module.js';

const preprocessing = (pose: object[], names: string[]) =>
  ({
    pose: [{ step: 'resample', frames: 12 }, ...pose],
    channels: names.map((name) => ({ step: `frame-${name}` })),
  }) as unknown as Model['description']['preprocessing'];
const EACH = preprocessing([{ step: 'center' }], ['positions', 'relative', 'bones', 'velocities']);
const RECORDED = preprocessing([], ['positions', 'relative', 'bones']);

/** The logits of both, one sequence after the other in the same memory. */
function expectAlike(model: Model, sequences: readonly SkeletonSequence[]): number[][] {
  const [wasm, view] = [loadWasm(model), new RuntimeModel(encodeModel(model)).view()];
  return sequences.map((sequence) => {
    const { logits } = answersOfClip(wasm, sequence, view.classes.length);
    expect(logits).toEqual([...view.logits(sequence)]);
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

test.each(models)('the logits of the runtime, to the bit: %s', (_, model) => {
  const logits = expectAlike(model, randomSequences(6, model.description.persons, 5));
  // Of the networks at 0.9 one is dead: its logits are constants.
  if (model.rate < 0.9) expect(logits[0]).not.toEqual(logits[1]);
});

test('recordings of irds, some with lost joints: the logits of the runtime, to the bit', async () => {
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

/** Whole poses, but for a joint that is lost in two stretches, a frame without anybody, and a jump over more than a window. */
function mostlyWhole(persons: number): TimedFrame[] {
  const size = persons * 21 * 3;
  const poses = randomSequences(21, persons, 8)
    .filter((_, i) => i % 5 === 0)
    .flatMap(({ frames, positions }) =>
      Array.from({ length: frames }, (_, i) => positions.slice(i * size, (i + 1) * size)),
    );
  let seconds = 0;
  return poses.map((pose, i) => {
    seconds += i === 90 ? 0.45 : 0.02 + 0.01 * (i % 4);
    if ([40, 41, 42, 70].includes(i)) pose.fill(Number.NaN, 15, 18);
    return { seconds, positions: i === 60 ? null : pose };
  });
}

/** A rule by which every answer is one. */
const NOBODY_REFUSED = {
  means: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  refused: [0.05],
  thresholds: [[-2]],
  share: 0.05,
};

test.each(Object.entries(networksOverTime))(
  'a stream whose new cells alone go through the network: the bits of the runtime: %s',
  (_, layers) => {
    for (const [seed, seconds] of [0.3, 0.8, 1.3].entries()) {
      const persons = 1 + (seed % 2);
      const whole = randomModel(layers, seed, RECORDED, persons);
      const model = cut(whole, { rate: 0.4 }).describedBy({ stream: { seconds, rejection: NOBODY_REFUSED } });
      const frames = mostlyWhole(persons);
      const [wasm, other] = [loadWasm(model), loadWasm(model)];
      const [recording] = randomSequences(1, persons, 3);
      const expected = runtimeAnswers(model, frames);
      expect(answersOfStream(wasm, frames)).toEqual(expected);
      expect(new Set(expected.map(({ probability }) => probability)).size).toBeGreaterThan(20);
      // A recording that is classified between two frames shares the memory of the frames that are kept.
      const disturb = (frame: number) => void (frame % 17 === 0 && answersOfClip(other, recording, 3));
      expect(answersOfStream(other, frames, disturb)).toEqual(expected);
    }
  },
);

import { expect, test } from 'vitest';
import { exportC } from '../src/export/c/export-c.js';
import { exportJavaScript } from '../src/export/js/export-js.js';
import { isOverTime } from '../src/export/over-time.js';
import { exportWasm } from '../src/export/wasm/export-wasm.js';
import { encodeModel } from '../src/model/file/file.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { RuntimeModel } from '../src/runtime/model.js';
import { ContinualRecognizer } from '../src/runtime/stream/continual-recognizer.js';
import { OneEuroFilter } from '../src/runtime/stream/one-euro.js';
import type { Recognizer } from '../src/runtime/stream/recognizer.js';
import { Spotter } from '../src/runtime/stream/spotter.js';
import { type StreamAnswer, streamC, type TimedFrame } from './support/c-stream.js';
import { randomModel } from './support/random-model.js';
import { randomSequences } from './support/random-preprocessing.js';
import { testWith } from './support/tools.js';

type Create = (options: ConstructorParameters<typeof Recognizer>[1]) => Recognizer;

/** What a recogniser of the runtime says of frames; the last answer is that of the stream's end. */
function answersOf(create: Create, { classes }: { classes: readonly string[] }, frames: readonly TimedFrame[]) {
  const answers: StreamAnswer[] = [];
  let movement: StreamAnswer['movement'];
  const recognizer = create({
    onMovement: ({ name, start, end, known }) => {
      movement = { label: classes.indexOf(name), start, end, known };
    },
  });
  for (const { seconds, positions } of frames) {
    movement = undefined;
    const isChanged = recognizer.push(positions, seconds) !== undefined;
    const { name, probability } = recognizer.current;
    const label = name === null ? -1 : classes.indexOf(name);
    answers.push({ isChanged, label, probability: label < 0 ? 0 : probability, movement });
  }
  movement = undefined;
  recognizer.finish();
  return [...answers, { isChanged: false, label: -1, probability: 0, movement }];
}

function runtimeAnswers(model: Model, frames: readonly TimedFrame[]): StreamAnswer[] {
  const view = new RuntimeModel(encodeModel(model)).view();
  const filter = view.stream.oneEuro && { oneEuro: OneEuroFilter };
  return answersOf(
    (options) => new ContinualRecognizer(view, { movements: Spotter, ...options, ...filter }),
    model.description,
    frames,
  );
}

interface StreamModule {
  readonly memory: WebAssembly.Memory;
  frame(): number;
  push(seconds: number, isAnybody: number): number;
  reset(): number;
  event(): number;
}

function wasmAnswers(model: Model, frames: readonly TimedFrame[]): StreamAnswer[] {
  const [bytes] = exportWasm(model).files;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>));
  const { memory, frame, push, reset, event } = instance.exports as unknown as StreamModule;
  const numbers = () => [...new Float64Array(memory.buffer, event(), 7)];
  const finished = (isOver: boolean) => {
    const [, , label, start, end, known] = numbers();
    return isOver ? { label, start, end, known } : undefined;
  };
  const answers = frames.map(({ seconds, positions }) => {
    if (positions) new Float32Array(memory.buffer, frame(), positions.length).set(positions);
    const result = push(seconds, +!!positions);
    const [label, probability] = numbers();
    return { isChanged: result % 2 === 1, label, probability, movement: finished(result >= 2) };
  });
  return [...answers, { isChanged: false, label: -1, probability: 0, movement: finished(reset() !== 0) }];
}

async function javascriptAnswers(model: Model, frames: readonly TimedFrame[]): Promise<StreamAnswer[]> {
  const code = Buffer.from(exportJavaScript(model).files[0]).toString('base64');
  const { recognizer } = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
  return answersOf(recognizer, model.description, frames);
}

/** Movements one after another at an uneven frame rate, with lost joints, frames without anybody, and a long absence. */
function randomStream(persons: number, seed: number): TimedFrame[] {
  let seconds = 1;
  return randomSequences(15, persons, seed).flatMap(({ frames, joints, positions }, i) => {
    seconds += i === 6 ? 2 : 0;
    const size = persons * joints * 3;
    return Array.from({ length: frames }, (_, frame) => {
      seconds += 0.02 + 0.03 * ((frame * 7 + i) % 3);
      const isLost = (frame * 5 + i) % 11 === 0;
      const pose = positions.slice(frame * size, (frame + 1) * size).map((x, at) => x + (i % 3) * Math.sin(at + i));
      return { seconds, positions: isLost ? null : pose };
    });
  });
}

/** A network that is sure of several classes in turn, one of which means nothing. */
function streamModel(persons: number): Model {
  const model = randomModel([{ kind: 'dense', units: 8 }], persons, undefined, persons);
  for (const tensor of model.parameters.latents) tensor.set(tensor.map((latent) => 6 * latent));
  const nothing = [model.description.classes[2]];
  return cut(model, { rate: 0.5 }).describedBy({ stream: { seconds: 0.8, framesPerSecond: 20, nothing } });
}

/** Over time, of features that are those of one frame, or not. */
function modelOverTime(pose: readonly object[], ...channels: string[]): Model {
  const preprocessing = {
    pose: [{ step: 'resample', frames: 12 }, ...pose],
    channels: channels.map((name) => ({ step: `frame-${name}` })),
  } as unknown as Model['description']['preprocessing'];
  const layers = [
    { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum' },
    { kind: 'temporal-convolution', filters: 6, kernel: 3, stride: 2, residual: 2 },
    { kind: 'pool', over: 'both' },
  ];
  const model = randomModel(layers, 1, preprocessing);
  for (const tensor of model.parameters.latents) tensor.set(tensor.map((latent) => 3 * latent));
  return cut(model, { rate: 0.5 }).describedBy({ stream: { seconds: 0.8, framesPerSecond: 20 } });
}

/** By a rule of likeness, which refuses some of the answers. */
function ruledModel(persons: number): Model {
  const model = streamModel(persons);
  const means = model.description.classes.map((_, label, { length }) =>
    Array.from({ length }, (_, c) => (c === label ? 100 : ((c + label) % 3) * 20 - 60)),
  );
  const rejection = { means, refused: [0.05], thresholds: [[0.45]], share: 0.05 };
  return model.describedBy({ stream: { ...model.description.stream, rejection } });
}

/** Of smoothed landmarks, and with thresholds of its own. */
function smoothModel(persons: number): Model {
  const model = streamModel(persons);
  const oneEuro = { minCutoff: 1.5, beta: 0.4, derivativeCutoff: 1 };
  const spotting = { enter: 0.7, leave: 0.3, shortest: 0.1, rest: 0.2 };
  return model.describedBy({ stream: { ...model.description.stream, oneEuro, spotting } });
}

const models = [
  ...[streamModel(1), streamModel(2), streamModel(3), ruledModel(1), smoothModel(2)],
  modelOverTime([], 'positions', 'bones'),
  modelOverTime([{ step: 'center' }], 'velocities'),
];
const cases = models.map((model) => {
  const { persons, stream } = model.description;
  const frames = randomStream(persons, 3);
  const kind = isOverTime(model)
    ? ', over time'
    : stream?.rejection
      ? ', with a rule'
      : stream?.oneEuro
        ? ', smoothed'
        : '';
  return { persons: `${persons}${kind}`, model, frames, expected: runtimeAnswers(model, frames) };
});

test('the rule refuses answers', () => {
  const named = ({ expected }: (typeof cases)[number]) => expected.filter(({ label }) => label >= 0).length;
  expect(named(cases[3])).toBeGreaterThan(3);
  expect(named(cases[3])).toBeLessThan(named(cases[0]) - 3);
});

test('smoothing and thresholds change answers', () => {
  expect(cases[4].expected).not.toEqual(cases[1].expected);
  const { oneEuro: _, ...unsmoothed } = cases[4].model.description.stream!;
  expect(runtimeAnswers(cases[4].model.describedBy({ stream: unsmoothed }), cases[4].frames)).not.toEqual(
    cases[4].expected,
  );
});

test('the streams have answers of several kinds, and movements', () => {
  const labels = new Set(cases.flatMap(({ expected }) => expected.map(({ label }) => label)));
  expect([...labels].sort()).toEqual([-1, 0, 1]);
  const answers = cases.flatMap(({ expected }) => expected);
  expect(answers.filter(({ movement }) => movement).length).toBeGreaterThan(5);
  expect(answers.filter(({ isChanged }) => isChanged).length).toBeGreaterThan(10);
});

/** The same answers and movements, probabilities within 1e-4, times to the microsecond. */
function expectAlike(found: readonly StreamAnswer[], expected: readonly StreamAnswer[]): void {
  const exact = ({ isChanged, label, movement }: StreamAnswer) => [isChanged, label, movement?.label];
  expect(found.map(exact)).toEqual(expected.map(exact));
  for (const [i, { isChanged, label, probability, movement }] of found.entries()) {
    // Between changes the runtime's `current` keeps the probability of the change.
    if (isChanged && label >= 0) expect(Math.abs(probability - expected[i].probability)).toBeLessThan(1e-4);
    for (const key of ['start', 'end', 'known'] as const) {
      if (movement) expect(movement[key]).toBeCloseTo(expected[i].movement![key], 6);
    }
  }
}

test.each(cases)(
  'JavaScript, $persons persons: what the runtime says, to the bit',
  async ({ model, frames, expected }) => {
    expect(await javascriptAnswers(model, frames)).toEqual(expected);
  },
);

test.each(cases)('WebAssembly, $persons persons: what the runtime says', ({ model, frames, expected }) => {
  expectAlike(wasmAnswers(model, frames), expected);
});

testWith('gcc', 'C: what the runtime says, in the memory that the header states', () => {
  for (const { model, frames, expected } of cases) {
    const { answers, statedBytes, bytes } = streamC(model, frames);
    expectAlike(answers, expected);
    expect(statedBytes).toBe(bytes);
  }
});

testWith(
  'gcc',
  'C in whole numbers: nearly always the class that the runtime says, in the memory that is stated',
  () => {
    for (const { model, frames, expected } of cases.slice(0, 4)) {
      const { answers, statedBytes, bytes } = streamC(model, frames, 'int8');
      const alike = answers.filter(({ label }, i) => label === expected[i].label).length;
      expect(alike / answers.length).toBeGreaterThan(0.95);
      expect(statedBytes).toBe(bytes);
    }
  },
);

testWith(
  'gcc',
  'C refuses a time before the last and an infinite position, and goes on as if they had not come',
  () => {
    const [{ model, frames, expected }] = cases;
    const infinite = Float32Array.from(frames[1].positions!, () => Infinity);
    const faults: TimedFrame[] = [
      { seconds: frames[4].seconds - 1, positions: frames[4].positions },
      { seconds: frames[4].seconds, positions: infinite },
      { seconds: Number.NaN, positions: null },
    ];
    const { answers } = streamC(model, [...frames.slice(0, 5), ...faults, ...frames.slice(5)]);
    expect(answers.slice(5, 8)).toEqual(Array(3).fill(undefined));
    expectAlike(answers.toSpliced(5, 3), expected);
  },
);

test('C in whole numbers does not smooth, and says so', () => {
  expect(() => exportC(smoothModel(1), { weights: 'int8' })).toThrow(/oneEuro.*Export with weights as float/s);
});

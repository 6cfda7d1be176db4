import { expect, test } from 'vitest';
import { exportC } from '../src/export/c/export-c.js';
import { exportJavaScript } from '../src/export/js/export-js.js';
import { isOverTime } from '../src/export/over-time.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { type StreamAnswer, streamC, type TimedFrame } from './support/c-stream.js';
import { randomModel } from './support/random-model.js';
import { answersOf, randomStream, runtimeAnswers } from './support/runtime-stream.js';
import { testWith } from './support/tools.js';
import { answersOfStream, loadWasm } from './support/wasm-module.js';

async function javascriptAnswers(model: Model, frames: readonly TimedFrame[]): Promise<StreamAnswer[]> {
  const code = Buffer.from(exportJavaScript(model).files[0]).toString('base64');
  const { recognizer } = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
  return answersOf(recognizer, model.description, frames);
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

/** Of so few frames that the first answer comes before the first whole step. */
function shortModel(): Model {
  const preprocessing = { pose: [{ step: 'resample', frames: 2 }], channels: [{ step: 'statistics' }] } as const;
  const model = randomModel([{ kind: 'dense', units: 8 }], 2, preprocessing);
  for (const tensor of model.parameters.latents) tensor.set(tensor.map((latent) => 6 * latent));
  return cut(model, { rate: 0.5 }).describedBy({ stream: { seconds: 0.8, nothing: ['z'] } });
}

const models = [
  ...[streamModel(1), streamModel(2), streamModel(3), ruledModel(1), smoothModel(2)],
  modelOverTime([], 'positions', 'bones'),
  modelOverTime([{ step: 'center' }], 'velocities'),
  shortModel(),
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
  for (const [i, { label, probability, movement }] of found.entries()) {
    if (label >= 0) expect(Math.abs(probability - expected[i].probability)).toBeLessThan(1e-4);
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

test.each(cases)('WebAssembly, $persons persons: what the runtime says, to the bit', ({ model, frames, expected }) => {
  expect(answersOfStream(loadWasm(model), frames)).toEqual(expected);
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

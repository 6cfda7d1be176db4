import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../src/core/errors.js';
import type { LabelledSequence } from '../src/evaluate/evaluate.js';
import { exportC } from '../src/export/c/export-c.js';
import type { ExportOptions } from '../src/export/exporter.js';
import { encodeModel } from '../src/model/file/file.js';
import { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { RuntimeModel } from '../src/runtime/model.js';
import type { Preprocessing } from '../src/runtime/skeleton/pipeline.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import { argmax, softmax } from '../src/runtime/view.js';
import { type CAnswer, runC } from './support/c-program.js';
import { trainIrds } from './support/irds.js';
import { layerLists, randomModel } from './support/random-model.js';
import { preprocessings, randomSequences } from './support/random-preprocessing.js';
import { describeWith } from './support/tools.js';

/** The greatest difference from the runtime: of features that are used, of logits, and of probabilities. */
function compare(model: Model, sequences: readonly SkeletonSequence[], ...defines: string[]) {
  const answers = runC(model, {}, sequences, ...defines);
  const view = new RuntimeModel(encodeModel(model)).view();
  const greatest = { features: 0, logits: 0, probabilities: 0 };
  for (const [i, answer] of answers.entries()) {
    const logits = [...view.logits(sequences[i])];
    const features = view.features(sequences[i]).map((feature, at) => (answer.features[at] === 0 ? 0 : feature));
    const probabilities = softmax(logits, view.temperature);
    widen(greatest, { ...answer, features: answer.features }, { features, logits, probabilities });
    expect(answer.label).toBe(argmax(answer.logits));
  }
  return greatest;
}

function widen(
  greatest: Record<'features' | 'logits' | 'probabilities', number>,
  found: CAnswer,
  expected: Record<'features' | 'logits' | 'probabilities', ArrayLike<number>>,
): void {
  for (const key of ['features', 'logits', 'probabilities'] as const) {
    for (let i = 0; i < found[key].length; i++) {
      greatest[key] = Math.max(greatest[key], Math.abs(found[key][i] - expected[key][i]));
    }
  }
}

describeWith('gcc', 'C, compiled by gcc without a warning', () => {
  test('random networks and preprocessing: the logits of the runtime within 1e-4, the features within 1e-6', () => {
    const property = fc.property(
      layerLists,
      preprocessings,
      fc.constantFrom(1, 2, 3),
      fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      fc.nat(1000),
      (layers, preprocessing, persons, rate, seed) => {
        const model = cut(randomModel(layers, seed, preprocessing, persons), { rate });
        const sequences = randomSequences(6, persons, seed);
        const { features, logits, probabilities } = compare(model, sequences, '-DTOY_REAL=double', ...quickly(seed));
        expect(features).toBeLessThan(1e-6);
        expect(logits).toBeLessThan(1e-4);
        expect(probabilities).toBeLessThan(1e-4);
      },
    );
    fc.assert(property, { numRuns: 12, seed: 1 });
  });

  test('whole numbers: random networks whose weights are on the steps of int8 have the probabilities of the runtime', () => {
    const differences: number[] = [];
    const property = fc.property(
      layerLists,
      wholePreprocessings,
      fc.constantFrom(1, 2),
      fc.nat(1000),
      (layers, preprocessing, persons, seed) => {
        const model = onSteps(cut(randomModel(layers, seed, preprocessing, persons), { rate: 0.7 }));
        const sequences = randomSequences(6, persons, seed);
        const view = new RuntimeModel(encodeModel(model)).view();
        for (const [i, { probabilities }] of runC(model, { weights: 'int8' }, sequences, ...quickly(seed)).entries()) {
          const expected = softmax([...view.logits(sequences[i])], view.temperature);
          differences.push(...[...probabilities].map((p, at) => Math.abs(p - expected[at])));
        }
      },
    );
    fc.assert(property, { numRuns: 10, seed: 1 });
    const sorted = differences.sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(1e-3);
    expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThan(0.02);
    expect(sorted.at(-1)).toBeLessThan(0.15);
  });

  test.each([
    ['one graph convolution', 0.5, { heads: 2, filters: 4, combine: 'concatenate' }],
    ['heads that are summed', 0.5, { heads: 2, filters: 4, combine: 'sum' }],
    ['filters of which few nodes want the same', 0.9, { heads: 3, filters: 12, combine: 'concatenate' }],
    ['heads that are summed, of which few nodes want the same', 0.9, { heads: 3, filters: 12, combine: 'sum' }],
    ['more filters than a word has bits', 0.9, { heads: 1, filters: 40, combine: 'concatenate' }],
  ])('whole numbers: %s has the probabilities of the runtime', (_, rate, layer) => {
    const model = onSteps(cut(randomModel([{ kind: 'graph-convolution', ...layer }], 3), { rate }));
    const sequences = randomSequences(6, 1, 3);
    const view = new RuntimeModel(encodeModel(model)).view();
    for (const [i, { probabilities }] of runC(model, { weights: 'int8' }, sequences).entries()) {
      const expected = softmax([...view.logits(sequences[i])], view.temperature);
      for (const [at, probability] of probabilities.entries())
        expect(Math.abs(probability - expected[at])).toBeLessThan(0.1);
    }
  });

  describe('a network trained on irds, cut to 98 %', () => {
    let irds: { model: Model; sequences: readonly LabelledSequence[] };
    beforeAll(async () => {
      const { model, sequences } = await trainIrds(2);
      irds = { model: cut(model, { rate: 0.98 }), sequences };
    });

    const decide = (options: ExportOptions, ...defines: string[]) =>
      runC(irds.model, options, irds.sequences, ...defines);
    const accuracy = (answers: readonly CAnswer[]) =>
      answers.filter(({ label }, i) => label === irds.sequences[i].label).length / answers.length;

    test('every decision on all test sequences is that of the runtime', () => {
      const view = new RuntimeModel(encodeModel(irds.model)).view();
      const expected = irds.sequences.map((sequence) => view.predict(sequence).label);
      expect(decide({}, '-DIRDS_REAL=double').map(({ label }) => label)).toEqual(expected);
    });

    test('whole numbers, or preprocessing in double, change accuracy by at most 0.5 points', () => {
      const whole = accuracy(decide({}));
      expect(whole - accuracy(decide({ weights: 'int8' }))).toBeLessThanOrEqual(0.005);
      expect(Math.abs(whole - accuracy(decide({}, '-DIRDS_REAL=double')))).toBeLessThanOrEqual(0.005);
    });
  });

  test('one frame is refused, and more than the most where a step is before resample', () => {
    const dense = [{ kind: 'dense', units: 2 }];
    const [one, ...more] = [1, 2, 64, 65].map((frames) => ofLength(frames));
    const labels = (pose: Preprocessing['pose']) => {
      const model = randomModel(dense, 1, { pose, channels: [{ step: 'statistics' }] });
      const answers = runC(model, { name: '9 lives' }, [one, ...more], '-DMODEL_9_LIVES_MAX_FRAMES=64');
      return answers.map(({ label }) => Math.sign(label + 0.5));
    };
    expect(labels([{ step: 'resample', frames: 8 }])).toEqual([-1, 1, 1, 1]);
    expect(
      labels([
        { step: 'body-frame', up: 'spine' },
        { step: 'resample', frames: 8 },
      ]),
    ).toEqual([-1, 1, 1, -1]);
  });

  test('infinite positions are refused, wherever they are; NaN is a lost joint', () => {
    const model = randomModel([{ kind: 'dense', units: 2 }], 1);
    const recordings = [undefined, Number.NaN, Number.POSITIVE_INFINITY].map((bad) => {
      const recording = ofLength(8);
      if (bad !== undefined) recording.positions[recording.positions.length - 1] = bad;
      return recording;
    });
    expect(runC(model, {}, recordings).map(({ label }) => Math.sign(label + 0.5))).toEqual([1, 1, -1]);
  });

  test.each(['we"ird', 'a/b', 'two\nlines', 'back\\slash', ''])('the name %j is an InputError', (name) => {
    const model = randomModel([{ kind: 'dense', units: 2 }], 1);
    expect(() => exportC(model, { name })).toThrow(InputError);
  });
});

/** Without optimising, which takes most of the time and finds more warnings, for three programs of four. */
function quickly(seed: number): string[] {
  return seed % 4 === 0 ? [] : ['-O0'];
}

/** Those that whole numbers do: no pose step but the order of persons before resample. */
const wholePreprocessings = preprocessings.filter(({ pose }) =>
  pose
    .slice(
      0,
      pose.findIndex(({ step }) => step === 'resample'),
    )
    .every(({ step }) => step === 'order-persons'),
);

/** The model with every weight rounded to a 127th of the greatest of its tensor. */
function onSteps(model: Model): Model {
  const { description, parameters, rate, precision, quantum } = model;
  const { weights } = model.atRate(rate);
  const latents = parameters.latents.map((tensor, t) => {
    const step = weights[t].reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1;
    return tensor.map((latent, i) =>
      latent === 0 ? 0 : (latent * Math.round(weights[t][i] / step) * step) / weights[t][i],
    );
  });
  return new Model(description, { ...parameters, latents }, rate, precision, quantum);
}

function ofLength(frames: number): SkeletonSequence {
  const [few] = randomSequences(1, 1, 5);
  const positions = Float32Array.from({ length: frames * 21 * 3 }, (_, i) => few.positions[i % few.positions.length]);
  return { ...few, frames, positions };
}

import { expect, test } from 'vitest';
import { toyDataset, toyModel } from '../../../test/support/toy.js';
import { Random } from '../../core/random.js';
import { decodeModel, encodeModel } from '../../model/file/file.js';
import { Model } from '../../model/model.js';
import { RuntimeModel } from '../../runtime/model.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { likeness, shareFor, thresholdAt } from '../../runtime/stream/rejection.js';
import { argmax, softmax } from '../../runtime/view.js';
import { runCuts } from '../evaluate.js';
import { countAlarms } from './alarms.js';
import { thresholdFor } from './detection.js';
import { fitRejection } from './fit.js';
import { scoresOf } from './scores.js';

const plain = toyModel((random) => random.normal() || 1);
const model = plain.describedBy({ stream: { seconds: 0.5, framesPerSecond: 20, nothing: ['z'] } });
const { samples, layout } = toyDataset(60);
const joints = layout.joints.length;
const known = samples.filter(({ label }) => label < 2);

/** Hands that fidget, 20 frames a second. */
function fidgeting(frames: number): SkeletonSequence {
  const random = new Random(5);
  const positions = Float32Array.from({ length: frames * joints * 3 }, (_, i) => {
    const [frame, place] = [Math.floor(i / (joints * 3)), i % (joints * 3)];
    return Math.sin(place) + 2 * Math.sin(frame / 9 + place) * Math.sin(frame / 31) + 0.1 * random.normal();
  });
  return { frames, persons: 1, joints, positions };
}

test('thresholds refuse their shares of the known ones at every knot, and the file keeps them', () => {
  const fitted = fitRejection(model, samples);
  const { rejection } = fitted.description.stream!;
  expect(decodeModel(encodeModel(fitted), 'file').description.stream).toEqual(fitted.description.stream);
  for (const rate of [0, 0.5, 0.75]) {
    const scores = scoresOf(fitted, runCuts(fitted, known, [rate])[0]);
    const rule = new RuntimeModel(encodeModel(fitted)).view(rate).stream.rejection!;
    for (const share of [0.05, 0.2]) expect(thresholdAt(rule, rate, share)).toBeCloseTo(thresholdFor(scores, share), 4);
  }
  expect(rejection!.thresholds).toHaveLength(9);
});

test('means are those of the classes, apart from the temperature; of a class without sequences, one peak', () => {
  const ofTwo = fitRejection(plain, known).description.stream!.rejection!.means!;
  expect(ofTwo).toHaveLength(3);
  expect(ofTwo[2]).toEqual([-50, -50, 100]);
  const hot = fitRejection(plain.describedBy({ temperatures: [7] }), known).description.stream!.rejection!;
  expect(hot.means).toEqual(ofTwo);
  for (const [label, mean] of ofTwo.slice(0, 2).entries()) {
    const logits = runCuts(plain, known, [0, 0.5, 0.75, 0.875, 0.9375]).flatMap((outputs) =>
      outputs.logits.filter((_, i) => known[i].label === label),
    );
    const sum = [0, 1, 2].map((c) => logits.reduce((total, row) => total + row[c], 0));
    expect(likeness(softmax(sum, logits.length), mean)).toBeGreaterThan(0.7);
  }
});

test('with more than 32 classes, probabilities decide', () => {
  const classes = Array.from({ length: 33 }, (_, i) => `${i}`);
  const { description, parameters, network } = plain;
  const latents = parameters.latents.map((tensor, t) =>
    t < network.weights.length - 1 ? tensor : spread(tensor, 33 / 3),
  );
  const biases = parameters.biases.map((curve, t) =>
    t < parameters.biases.length - 1 ? curve : { ...curve, size: 33, values: spread(curve.values, 11) },
  );
  const many = new Model({ ...description, classes }, { ...parameters, latents, biases });
  const { rejection } = fitRejection(many, known).description.stream!;
  expect(rejection!.means).toBeUndefined();
  expect(rejection!.thresholds.flat().every((value) => value > 0 && value <= 1)).toBe(true);
});

function spread<Values extends Float32Array | Float64Array>(values: Values, times: number): Values {
  const wide = new (values.constructor as { new (length: number): Values })(values.length * times);
  for (let i = 0; i < times; i++) wide.set(values, i * values.length);
  return wide;
}

test('a class that means nothing is no answer: its probability does not count', () => {
  const [outputs] = runCuts(plain, samples, [0]);
  const probabilities = softmax(outputs.logits[0]);
  const best = plain.description.classes[argmax(probabilities)];
  const [first] = scoresOf(plain.describedBy({ stream: { nothing: [best] } }), outputs);
  expect(first).toBe(probabilities.toSorted((a, b) => b - a)[1]);
  expect(scoresOf(plain, outputs)[0]).toBe(Math.max(...probabilities));
});

test('without sequences of classes that mean something there is no rule', () => {
  expect(fitRejection(model, []).description.stream).toEqual(model.description.stream);
});

test('alarms are rises above the threshold in windows of background, a minute', () => {
  const recording = fidgeting(201); // 10 s
  const counter = countAlarms(model, [recording], [0])!;
  expect(counter.minutes).toBeCloseTo(1 / 6, 12);
  // 10 s of windows of 0.5 s, four of which begin during one
  const windows = Array.from({ length: 77 }, (_, i) => {
    const from = Math.ceil(i * 2.5 - 1e-9);
    const to = Math.floor(i * 2.5 + 10 + 1e-9) + 1;
    const positions = recording.positions.slice(from * joints * 3, to * joints * 3);
    return { ...recording, frames: to - from, positions };
  });
  const scores = scoresOf(model, runCuts(model, windows, [0])[0]);
  const threshold = scores.toSorted((a, b) => a - b)[38];
  const rises = scores.filter((score, i) => score >= threshold && (i === 0 || scores[i - 1] < threshold)).length;
  expect(rises).toBeGreaterThan(1);
  expect(counter.perMinute([threshold])).toBeCloseTo(6 * rises, 9);
  expect(counter.perMinute([0])).toBeCloseTo(6, 9);
  expect(counter.perMinute([1.1])).toBe(0);
});

test('background of the validation part becomes alarms a minute; what is shorter than a window does not', () => {
  const long = { ...fidgeting(201), label: 2 };
  const { rejection } = fitRejection(model, [...known, long]).description.stream!;
  expect(rejection!.alarms).toHaveLength(rejection!.refused.length);
  expect(shareFor(rejection!, 1000)).toBe(0);
  const brief = { ...fidgeting(9), label: 2 };
  expect(fitRejection(model, [...known, brief]).description.stream!.rejection!.alarms).toBeUndefined();
});

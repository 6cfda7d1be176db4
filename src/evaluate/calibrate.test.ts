import { expect, test } from 'vitest';
import { toyDataset, toyModel, toyRecipe, toySplit } from '../../test/support/toy.js';
import { decodeModel, encodeModel } from '../model/file/file.js';
import { RuntimeModel } from '../runtime/model.js';
import { softmax } from '../runtime/view.js';
import { Training } from '../train/training.js';
import { calibrate, stateAccuracy } from './calibrate.js';
import { evaluate, runCuts } from './evaluate.js';
import { predict } from './predict.js';
import { smallestKeeping } from './smallest.js';
import { negativeLogLikelihood } from './temperature.js';

const { samples } = toyDataset(40);
const plain = toyModel((random) => random.normal() || 1);
const labels = samples.map(({ label }) => label);
const facts = { part: 'validation', split: 'quarter', sequences: 40 } as const;

/** With temperatures, and a statement of what was measured. */
function calibrated() {
  return stateAccuracy(calibrate(plain, samples), facts, evaluate(plain, samples, [0, 0.9]));
}

test('a file states one thing after another, to four digits', () => {
  const first = stateAccuracy(plain, facts, [{ rate: 0.5, accuracy: 2 / 3 }]);
  const second = stateAccuracy(first, { ...facts, part: 'test' }, [{ rate: 0, accuracy: 1 }]);
  expect(second.description.provenance.accuracy).toEqual([
    { ...facts, rates: [0.5], accuracies: [0.6667] },
    { ...facts, part: 'test', rates: [0], accuracies: [1] },
  ]);
});

test('temperatures do not raise the loss at a knot, and change no answer', () => {
  const model = calibrated();
  expect(model.description.temperatures).toHaveLength(9);
  for (const { rate, logits } of runCuts(model, samples, [0, 0.5, 0.75])) {
    const loss = (temperature: number) => negativeLogLikelihood(logits, labels, temperature);
    expect(loss(model.temperatureAt(rate))).toBeLessThanOrEqual(loss(1) + 1e-6);
    expect(predict(model, samples[0], { rate }).label).toBe(predict(plain, samples[0], { rate }).label);
  }
});

test('engine and runtime divide logits by the temperature of the file, and read what it states', () => {
  const model = calibrated();
  const file = encodeModel(model);
  expect(decodeModel(file, 'file').description).toEqual(model.description);
  const runtime = new RuntimeModel(file);
  expect(runtime.accuracy).toEqual(model.description.provenance.accuracy);
  for (const rate of [0, 0.6, 0.98]) {
    const view = runtime.view(rate);
    expect(view.temperature).toBe(model.temperatureAt(rate));
    expect(view.temperature).not.toBe(1);
    const { scores } = view.predict(samples[0]);
    expect(scores).toEqual(softmax(view.logits(samples[0]), view.temperature));
    for (const [i, score] of predict(model, samples[0], { rate }).scores.entries()) {
      expect(Math.abs(scores[i] - score)).toBeLessThan(1e-5);
    }
  }
});

test('a file without temperatures and accuracies has temperature 1 and states none', () => {
  const runtime = new RuntimeModel(encodeModel(plain));
  expect(runtime.view(0.5).temperature).toBe(1);
  expect(runtime.accuracy).toEqual([]);
});

function trainedToy(largest: number) {
  const rates = { draw: 'sandwich', largest };
  const training = new Training(toyRecipe({ pruning: { rates } }, { epochs: 40 }), toyDataset(), toySplit());
  while (!training.done) training.runEpoch();
  const trained = training.model();
  training.close();
  return trained;
}

test('no network beyond the largest trained rate is taken, though it keep the share by luck', () => {
  expect(smallestKeeping(trainedToy(0.5), samples, 0.01).rate).toBe(0.5);
});

test('of a model that was trained at no rate, all are tried', () => {
  expect(smallestKeeping(plain, samples, 0.01).rate).toBeGreaterThan(0.99);
});

test('a network that is never right has no smaller one that keeps a share of that', () => {
  const predicted = samples.map((sample) => predict(plain, sample).label);
  const wrong = samples.map((sample, i) => ({ ...sample, label: (predicted[i] + 1) % 3 }));
  const message =
    /^validation sequences: .* classifies some of them correctly, found one .* none of 40 .*Train longer/s;
  expect(() => smallestKeeping(plain, wrong, 0.9)).toThrow(message);
});

test('the smallest network keeps the share, and the next that is tried does not', () => {
  const trained = trainedToy(0.995);
  const found = smallestKeeping(trained, samples, 0.9);
  const beyond = 1 - (1 - found.rate) * 2 ** (-1 / 8);
  const [unpruned, smallest, next] = evaluate(trained, samples, [0, found.rate, beyond]);
  expect(found).toMatchObject({ sequences: 40, unpruned: unpruned.accuracy, accuracy: smallest.accuracy });
  expect(smallest.accuracy / unpruned.accuracy).toBeGreaterThanOrEqual(0.9);
  expect(next.accuracy / unpruned.accuracy).toBeLessThan(0.9);
  expect(found.interval[0]).toBeLessThanOrEqual(found.kept);
  expect(found.interval[1]).toBeGreaterThanOrEqual(found.kept);
  expect(smallestKeeping(trained, samples, found.kept).rate).toBe(found.rate); // a share that is just kept is kept
});

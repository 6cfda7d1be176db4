import { expect, test } from 'vitest';
import { toyDataset, toyModel } from '../../test/support/toy.js';
import { evaluate, evaluationFeatures, runCuts, tally } from './evaluate.js';

const model = toyModel((random) => random.normal());
const sequences = toyDataset(70).samples; // more than are run at a time

test('right answers and the mean cross-entropy, by hand', () => {
  const logits = [Float32Array.of(0, 0, 0), Float32Array.of(Math.log(2), 0, 0), Float32Array.of(0, -100, 0)];
  const labelled = [0, 1, 1].map((label, i) => ({ ...sequences[i], label }));
  const { rate, correct, total, accuracy, loss } = tally({ rate: 0.5, logits }, labelled);
  expect([rate, correct, total, accuracy]).toEqual([0.5, 1, 3, 1 / 3]);
  // ln 3, ln 4, and what is nearly impossible counts as 1e-12.
  expect(loss).toBeCloseTo((Math.log(3) + Math.log(4) - Math.log(1e-12)) / 3, 5);
});

test('each sequence is answered once, in its place, however many there are', () => {
  const [whole] = runCuts(model, sequences, [0]);
  expect(whole.logits).toHaveLength(70);
  for (const i of [0, 63, 64, 69]) {
    const [alone] = runCuts(model, [sequences[i]], [0]);
    expect([...whole.logits[i]]).toEqual([...alone.logits[0]]);
  }
});

test('given features are taken for the sequences', () => {
  const features = evaluationFeatures(model, sequences);
  expect(evaluate(model, sequences, [0, 0.9], features)).toEqual(evaluate(model, sequences, [0, 0.9]));
  const others = [...features.slice(1), features[0]];
  expect(runCuts(model, sequences, [0], others)[0].logits[64]).toEqual(runCuts(model, sequences, [0])[0].logits[65]);
});

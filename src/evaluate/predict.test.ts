import { expect, test } from 'vitest';
import { toyDataset, toyModel } from '../../test/support/toy.js';
import { createPredictor, predict } from './predict.js';

const model = toyModel((random) => random.normal());
const [sample] = toyDataset(3).samples;
const { frames, joints, positions } = sample;
const width = joints * 3;

test('a predictor gives the answer of predict, sequence after sequence', () => {
  const predictor = createPredictor(model);
  for (const sequence of toyDataset(3).samples) expect(predictor(sequence)).toEqual(predict(model, sequence));
});

test.each([
  ['two persons', { persons: 2 }, /^sequence: expected 1 x 21 joints \(mediapipe-hand\), found 2 x 21 joints/],
  ['other joints', { joints: 20 }, /found 1 x 20 joints/],
  ['one frame', { frames: 1, positions: positions.slice(0, width) }, /^sequence.*frames.*found.*1/],
  ['an infinite position', { positions: positions.map((x, i) => (i === 4 ? -Infinity : x)) }, /finite.*-Infinity/],
])('%s is refused', (_, change, message) => {
  expect(() => predict(model, { ...sample, ...change })).toThrow(message);
});

test('the fewest frames are taken', () => {
  const shortest = { ...sample, frames: 2, positions: positions.slice(0, 2 * width) };
  expect(predict(model, shortest).scores).toHaveLength(3);
  expect(frames).toBeGreaterThan(2);
});

import { expect, test } from 'vitest';
import { randomModel } from '../../test/support/random-model.js';
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
  [
    'two persons',
    { persons: 2 },
    /^sequence: expected 1 x 21 joints \(mediapipe-hand\), found 2 x 21 joints.*Give sequences of that layout/s,
  ],
  ['other joints', { joints: 20 }, /found 1 x 20 joints/],
  [
    'one frame',
    { frames: 1, positions: positions.slice(0, width) },
    /^sequence: expected a movement of at least 2 frames, found 1.*Record it again/s,
  ],
  ['an infinite position', { positions: positions.with(4, -Infinity) }, /finite.*-Infinity.*Write NaN where a joint/s],
  ['an infinite first position', { positions: positions.with(0, Infinity) }, /finite.*Infinity/],
])('%s is refused', (_, change, message) => {
  expect(() => predict(model, { ...sample, ...change })).toThrow(message);
});

test('the fewest frames are taken', () => {
  const shortest = { ...sample, frames: 2, positions: positions.slice(0, 2 * width) };
  expect(predict(model, shortest).scores).toHaveLength(3);
  expect(frames).toBeGreaterThan(2);
});

test('a model of still poses takes one frame, and no less', () => {
  const pose = [{ step: 'resample', frames: 8 } as const];
  const still = randomModel([{ kind: 'dense', units: 2 }], 1, { pose, channels: [{ step: 'positions', chunks: 1 }] });
  const none = { ...sample, frames: 0, positions: positions.slice(0, 0) };
  expect(predict(still, { ...sample, frames: 1, positions: positions.slice(0, width) }).scores).toHaveLength(3);
  expect(() => predict(still, none)).toThrow(/^sequence: expected a pose: 1 frame or more, found 0/);
});

test('logits of which one is infinite are refused, with all of them', () => {
  const broken = toyModel((random) => random.normal());
  const bias = broken.parameters.biases.at(-1)!;
  for (let knot = 0; knot < bias.knots; knot++) bias.values[knot * bias.size] = Infinity;
  const message = /^model: expected weights that give finite logits, found NaN, .*Copy the file again/s;
  expect(() => predict(broken, sample)).toThrow(message);
});

import { describe, expect, it, test } from 'vitest';
import { dice } from '../../test/support/dice.js';
import { Random } from '../core/random.js';
import { lose } from './lose.js';

const skeleton = {
  mirror: [0, 1],
  bones: [[1, 0]] as const,
  anchors: { root: [0], top: [1], left: [0], right: [1] },
};

/** x of the nodes, frame by frame, after joints were lost; y and z are 2 and −4 times x. */
function left(loss: { joints: number; frames: number }, frames: readonly (readonly number[])[], random: Random) {
  const nodes = frames[0].length;
  const positions = Float32Array.from(frames.flat().flatMap((x) => [x, 2 * x, -4 * x]));
  lose({ frames: frames.length, nodes, positions }, random, loss, skeleton);
  const xs = Array.from({ length: frames.length * nodes }, (_, i) => positions[i * 3]);
  for (const [i, x] of xs.entries())
    expect([positions[i * 3 + 1] + 0, positions[i * 3 + 2] + 0]).toEqual([2 * x + 0, -4 * x + 0]);
  return frames.map((_, frame) => xs.slice(frame * nodes, (frame + 1) * nodes));
}

const squares = [0, 1, 4, 9, 16].map((x) => [x, 10 + x]);

describe('frames', () => {
  it('are lost in one span, all joints of all persons: straight between its ends', () => {
    // Of 0.8 · 5 frames at most, half: 2; they may begin at 0 to 3, here at 1.
    const pair = squares.map(([a, b]) => [a, b, -a, -b]);
    const line = [0, 3, 6, 9, 16].map((x) => [x, 10 + x, -x, -10 - x]);
    expect(left({ joints: 0, frames: 0.8 }, pair, dice([0.5, 0.3, 0, 0.5, 0.5, 0.5, 0.5]))).toEqual(line);
  });

  it('at an end are held', () => {
    const held = [4, 4, 4, 9, 16].map((x) => [x, 10 + x]);
    expect(left({ joints: 0, frames: 1 }, squares, dice([0.4, 0, 0, 0.5, 0.5]))).toEqual(held);
  });

  it('are never all lost', () => {
    const held = [16, 16, 16, 16, 16].map((x) => [x, 10 + x]);
    expect(left({ joints: 0, frames: 1 }, squares, dice([0.99, 0.4, 0, 0.5, 0.5]))).toEqual(held);
  });
});

describe('joints', () => {
  it('are lost each with a chance up to the share, in a span of its own', () => {
    // No frame; the chance is half of 0.6; of two joints the second, at 0.29, in 3 frames (0.6 · 5) from 1 on.
    const found = left({ joints: 0.6, frames: 0 }, squares, dice([0.9, 0.5, 0.5, 0.31, 0.29, 0.6, 0.4]));
    expect(found).toEqual([0, 1, 4, 9, 16].map((x, i) => [x, 10 + [0, 4, 8, 12, 16][i]]));
  });
});

test('no share loses nothing', () => {
  expect(left({ joints: 0, frames: 0 }, squares, new Random(1))).toEqual(squares);
});

test('as many joints as asked are lost: half of the share of them on average', () => {
  const random = new Random(3);
  let lost = 0;
  const moving = Array.from({ length: 40 }, (_, i) => Array.from({ length: 2 }, () => i * i));
  for (let i = 0; i < 4000; i++) {
    const after = left({ joints: 0.5, frames: 0 }, moving, random);
    for (const node of [0, 1]) if (after.some((frame, t) => frame[node] !== moving[t][node])) lost++;
  }
  // A span of no frame or, of one between others, none: 1 of 40 has no length.
  expect(lost / 8000).toBeCloseTo(0.25 * (39 / 40), 1);
});

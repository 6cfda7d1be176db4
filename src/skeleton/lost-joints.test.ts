import { expect, test } from 'vitest';
import type { Layout } from './layouts/layout.js';
import { fillLostJoints } from './lost-joints.js';

const layout: Layout = {
  name: 'stick',
  joints: ['root', 'middle', 'tip'],
  bones: [
    [1, 0],
    [2, 1],
  ],
  anchors: { root: [0], top: [1], left: [2], right: [2] },
  mirror: [0, 1, 2],
};

/** One person whose joints move along x as given; 0 is lost. */
function stick(...frames: readonly (readonly number[])[]) {
  const positions = Float32Array.from(frames.flat().flatMap((x) => [x, 0, 0]));
  return { frames: frames.length, persons: 1, joints: 3, positions };
}

function filled(...frames: readonly (readonly number[])[]): number[] {
  return [...fillLostJoints(stick(...frames), layout).positions].filter((_, i) => i % 3 === 0);
}

test('a gap is bridged in a straight line; the ends are held', () => {
  expect(filled([1, 1, 0], [1, 1, 2], [1, 1, 0], [1, 1, 0], [1, 1, 8], [1, 1, 0])).toEqual(
    [2, 2, 4, 6, 8, 8].flatMap((tip) => [1, 1, tip]),
  );
});

test('a joint never seen stands at its nearest ancestor that was', () => {
  expect(filled([5, 0, 0], [6, 0, 0])).toEqual([5, 5, 5, 6, 6, 6]);
});

test('a skeleton never seen stays at zero, and the input is not changed', () => {
  expect(filled([0, 0, 3])).toEqual([0, 0, 3]);
  const sequence = stick([1, 0, 3], [1, 2, 3]);
  fillLostJoints(sequence, layout);
  expect(sequence.positions[3]).toBe(0);
});

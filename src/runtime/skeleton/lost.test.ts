import { expect, test } from 'vitest';
import { fillLostJoints, isMissing, isZero } from './lost.js';
import type { Skeleton } from './sequence.js';

const skeleton: Skeleton = {
  joints: ['root', 'middle', 'tip'],
  bones: [
    [1, 0],
    [2, 1],
  ],
  anchors: { root: [0], top: [1], left: [2], right: [2] },
};

/** One person whose joints move along x as given; 0 is lost. */
function stick(...frames: readonly (readonly number[])[]) {
  const positions = Float32Array.from(frames.flat().flatMap((x) => [x, 0, 0]));
  return { frames: frames.length, persons: 1, joints: 3, positions };
}

function filled(...frames: readonly (readonly number[])[]): number[] {
  return [...fillLostJoints(stick(...frames), skeleton, isZero).positions].filter((_, i) => i % 3 === 0);
}

test('a gap is bridged in a straight line; the ends are held', () => {
  expect(filled([1, 1, 0], [1, 1, 2], [1, 1, 0], [1, 1, 0], [1, 1, 8], [1, 1, 0])).toEqual(
    [2, 2, 4, 6, 8, 8].flatMap((tip) => [1, 1, tip]),
  );
});

test('a joint never seen is at its nearest ancestor that was', () => {
  expect(filled([5, 0, 0], [6, 0, 0])).toEqual([5, 5, 5, 6, 6, 6]);
});

test('a skeleton never seen stays at zero, and the input is not changed', () => {
  expect(filled([0, 0, 3])).toEqual([0, 0, 3]);
  const sequence = stick([1, 0, 3], [1, 2, 3]);
  fillLostJoints(sequence, skeleton, isZero);
  expect(sequence.positions[3]).toBe(0);
});

test('a joint that is not a number in memory is filled in the same way, and one at the origin is seen', () => {
  const sequence = stick([1, 0, Number.NaN], [1, Number.NaN, 2], [1, 4, Number.NaN]);
  const xs = [...fillLostJoints(sequence, skeleton, isMissing).positions].filter((_, i) => i % 3 === 0);
  expect(xs).toEqual([1, 0, 2, 1, 2, 2, 1, 4, 2]);
});

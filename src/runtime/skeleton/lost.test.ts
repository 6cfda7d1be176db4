import { describe, expect, test } from 'vitest';
import { fillInPlace, fillLostJoints } from './lost.js';
import type { Skeleton } from './sequence.js';

const skeleton: Skeleton = {
  joints: ['root', 'middle', 'tip'],
  bones: [
    [1, 0],
    [2, 1],
  ],
  anchors: { root: [0], top: [1], left: [2], right: [2] },
};

const none = Number.NaN;

/** Persons of three joints that move along x as given, a list a frame; y and z are 2 and −4 times x. */
function stick(frames: readonly (readonly number[])[], persons = 1, seconds?: readonly number[]) {
  const positions = Float32Array.from(frames.flat().flatMap((x) => [x, 2 * x, -4 * x]));
  const sequence = { frames: frames.length, persons, joints: 3, positions };
  return seconds ? { ...sequence, seconds: Float64Array.from(seconds) } : sequence;
}

/** x of every joint once filled. */
function filled(...given: Parameters<typeof stick>): number[] {
  const { positions } = fillLostJoints(stick(...given), skeleton);
  const xs = [...positions].filter((_, i) => i % 3 === 0);
  expect(positions.map((x) => x + 0)).toEqual(Float32Array.from(xs.flatMap((x) => [x, 2 * x, -4 * x + 0])));
  return xs;
}

test('a gap is bridged in a straight line; the ends are held', () => {
  const frames = [
    [1, 1, none],
    [1, 1, 2],
    [1, 1, none],
    [1, 1, none],
    [1, 1, 8],
    [1, 1, none],
  ];
  expect(filled(frames)).toEqual([2, 2, 4, 6, 8, 8].flatMap((tip) => [1, 1, tip]));
});

test('the line is straight in time', () => {
  const frames = [
    [1, 1, 0],
    [1, 1, none],
    [1, 1, none],
    [1, 1, 8],
  ];
  expect(filled(frames, 1, [5, 6, 6.5, 9])).toEqual([0, 2, 3, 8].flatMap((tip) => [1, 1, tip]));
  expect(filled(frames.slice(1), 1, [5, 5, 5])).toEqual([8, 8, 8].flatMap((tip) => [1, 1, tip]));
});

describe('a joint never seen', () => {
  test('is at its nearest ancestor that was', () => {
    const frames = [
      [5, none, none],
      [6, none, none],
    ];
    expect(filled(frames)).toEqual([5, 5, 5, 6, 6, 6]);
    expect(
      filled([
        [5, 7, none],
        [6, none, none],
      ]),
    ).toEqual([5, 7, 7, 6, 7, 7]);
  });

  test("is at the person's first joint that was seen where no ancestor was", () => {
    expect(filled([[none, none, 3]])).toEqual([3, 3, 3]);
    expect(filled([[none, 4, 3]])).toEqual([4, 4, 3]);
  });
});

describe('a person never seen', () => {
  test('is at the root of the first person who was', () => {
    const frames = [
      [none, none, none, none, 4, 5, 7, 8, 9],
      [none, none, none, 2, 5, 6, 7, 8, 9],
    ];
    expect(filled(frames, 3)).toEqual([2, 2, 2, 2, 4, 5, 7, 8, 9, 2, 2, 2, 2, 5, 6, 7, 8, 9]);
  });

  test('also if the first person is the one who was', () => {
    expect(filled([[3, 4, 5, none, none, none]], 2)).toEqual([3, 4, 5, 3, 3, 3]);
  });

  test('is at zero if nobody was seen', () => {
    expect(filled([[none, none, none, none, none, none]], 2)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

test('a joint at the origin is seen; one coordinate that is no number is enough to be lost', () => {
  const sequence = stick([
    [1, 0, none],
    [1, 2, 2],
    [1, 4, none],
  ]);
  sequence.positions[14] = none; // joint 1 of frame 1: its z
  const xs = [...fillLostJoints(sequence, skeleton).positions].filter((_, i) => i % 3 === 0);
  expect(xs).toEqual([1, 0, 2, 1, 2, 2, 1, 4, 2]);
});

test('the input is not changed, and is given back where nothing is lost', () => {
  const sequence = stick([[1, none, 3]]);
  const whole = stick([[1, 2, 3]]);
  fillLostJoints(sequence, skeleton);
  expect(sequence.positions[3]).toBeNaN();
  expect(fillLostJoints(whole, skeleton)).toBe(whole);
});

test('infinite coordinates are refused', () => {
  for (const bad of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(() => fillLostJoints(stick([[1, bad, none]]), skeleton)).toThrow(RangeError);
  }
});

test('a long recording in which joints flicker takes time in proportion to its length', () => {
  const frames = 200_000;
  const positions = Float32Array.from({ length: frames * 9 }, (_, i) => ((i / 9) & 1 || i % 9 > 5 ? none : i % 7));
  const start = performance.now();
  const { positions: all } = fillLostJoints({ frames, persons: 1, joints: 3, positions }, skeleton);
  expect(performance.now() - start).toBeLessThan(5000);
  expect(all.every(Number.isFinite)).toBe(true);
});

test('bones in a circle, none of whose joints was seen, do not keep anybody waiting', () => {
  const positions = Float32Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 1, 2, 3);
  const bones = [
    [0, 1],
    [1, 0],
  ] as const;
  const sequence = { frames: 1, persons: 1, joints: 3, positions };
  fillInPlace(sequence, { bones, anchors: { root: [2], top: [2], left: [2], right: [2] } });
  expect([...positions.slice(6)]).toEqual([1, 2, 3]);
});

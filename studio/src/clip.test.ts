import { expect, test } from 'vitest';
import { type Clip, keptPart, secondsOf, speedsOf, trimmed, withoutRest } from './clip.js';

/** One joint on a line, at x of each frame. */
function line(...xs: readonly number[]): Clip {
  const positions = Float32Array.from(xs.flatMap((x) => [x, 0, Number.isNaN(x) ? Number.NaN : 0]));
  const seconds = Float64Array.from(xs, (_, i) => 10 + i * 0.5);
  const shape = { frames: xs.length, persons: 1, joints: 1, positions, seconds };
  return { id: '0001', label: 'a', person: '', source: 'file', ...shape, start: 0, end: xs.length };
}

test('the kept part is a sequence of its own, whose time begins at 0', () => {
  const clip = { ...line(0, 1, 2, 3, 4), start: 1, end: 4 };
  expect(keptPart(clip)).toEqual({
    frames: 3,
    persons: 1,
    joints: 1,
    positions: Float32Array.from([1, 0, 0, 2, 0, 0, 3, 0, 0]),
    seconds: Float64Array.from([0, 0.5, 1]),
  });
  expect(secondsOf(clip)).toBe(1);
});

test.each([
  [
    [-3, 99],
    [0, 5],
  ],
  [
    [4, 4],
    [3, 5],
  ],
  [
    [1.6, 3.2],
    [2, 4],
  ],
  [
    [5, 0],
    [3, 5],
  ],
])('a span of %j is kept inside, and long enough: %j', ([start, end], [from, to]) => {
  expect(trimmed(line(0, 1, 2, 3, 4), start, end)).toMatchObject({ start: from, end: to });
});

test('speed is the mean way of the joints that were seen in both frames', () => {
  expect(speedsOf(line(0, 3, Number.NaN, 4, 4))).toEqual([3, 0, 0, 0]);
});

test('rest before and after a movement is left out, but for three frames', () => {
  const rest = (x: number) => Array.from({ length: 10 }, () => x);
  const { start, end } = withoutRest(line(...rest(0), 1, 2, 3, 4, 5, ...rest(5)));
  expect([start, end]).toEqual([5, 19]); // the way begins from frame 9 and ends in 14; means of three reach one frame further
});

test('without a movement everything is kept', () => {
  expect(withoutRest(line(1, 1, 1))).toMatchObject({ start: 0, end: 3 });
});

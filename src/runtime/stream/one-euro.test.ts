import { describe, expect, test } from 'vitest';
import { OneEuroFilter, smoothed } from './one-euro.js';

const LOST = Number.NaN;
/** A cutoff at which a low-pass takes a half of what is new after one second, two thirds after two. */
const HALF = 1 / (2 * Math.PI);

/** x of one joint, frame by frame, at times of a second each unless told. */
function filter(
  options: readonly [number, number, number],
  xs: readonly number[],
  times?: readonly number[],
): number[] {
  const [minCutoff, beta, derivativeCutoff] = options;
  const subject = new OneEuroFilter({ minCutoff, beta, derivativeCutoff }, 1);
  return xs.map((x, i) => {
    const pose = Float32Array.of(x, 0, 0);
    subject.smooth(pose, times?.[i] ?? i);
    return pose[0];
  });
}

/** To float32. */
const near = (values: readonly number[]) =>
  values.map((value) => (Number.isNaN(value) ? value : expect.closeTo(value, 6)));

describe('by hand', () => {
  test('a low-pass of one cutoff, where beta is 0', () => {
    expect(filter([HALF, 0, HALF], [0, 1, 1, 0])).toEqual(near([0, 1 / 2, 3 / 4, 3 / 8]));
  });

  test('knows the time between frames', () => {
    expect(filter([HALF, 0, HALF], [0, 1, 1], [0, 2, 2.5])).toEqual(near([0, 2 / 3, 2 / 3 + 1 / 9]));
  });

  test('follows the faster the faster it goes', () => {
    // 1: the velocity is a half, the angle 1 + 2 · 1/2; 2: half + (1/3 − 1/2) / 2 = 5/12, angle 11/6, share 11/17 of a third
    expect(filter([HALF, 2 * HALF, HALF], [0, 1, 1])).toEqual(near([0, 2 / 3, 2 / 3 + 11 / 51]));
  });

  test('the first frame stays as it is, and one at the same time as the last changes nothing', () => {
    expect(filter([HALF, 1, HALF], [5, 9], [3, 3])).toEqual([5, 5]);
  });

  test('a lost joint stays lost and goes on from where it was seen', () => {
    expect(filter([HALF, 0, HALF], [0, LOST, 3])).toEqual(near([0, LOST, 2]));
    expect(filter([HALF, 0, HALF], [LOST, 4, 6])).toEqual(near([LOST, 4, 5]));
  });

  test('infinite positions are left to whoever refuses them, and spoil nothing', () => {
    expect(filter([HALF, 0, HALF], [0, Infinity, 3])).toEqual(near([0, Infinity, 2]));
  });
});

test('the filter as its authors write it, at a changing rate', () => {
  const [minCutoff, beta, derivativeCutoff] = [0.8, 3, 1.2];
  const xs = Array.from({ length: 60 }, (_, i) => Math.sin(i / 5) + ((i * 7919) % 13) / 100);
  const times = xs.map((_, i) => i / 30 + ((i * 31) % 7) / 500);
  const alpha = (cutoff: number, period: number) => 1 / (1 + 1 / (2 * Math.PI * cutoff) / period);
  let [hat, speed] = [xs[0], 0];
  const expected = xs.map((x, i) => {
    const period = i === 0 ? 1 : times[i] - times[i - 1];
    const a = alpha(derivativeCutoff, period);
    speed = a * ((x - hat) / period) + (1 - a) * speed;
    const b = alpha(minCutoff + beta * Math.abs(speed), period);
    hat = b * x + (1 - b) * hat;
    return hat;
  });
  const found = filter([minCutoff, beta, derivativeCutoff], xs, times);
  expect(found).toEqual(expected.map((value) => expect.closeTo(value, 5)));
});

test('a turned skeleton is smoothed alike', () => {
  const [along, across] = [0, 1].map((axis) => {
    const subject = new OneEuroFilter({ minCutoff: 1, beta: 4, derivativeCutoff: 1 }, 1);
    return [0, 0.3, 0.9, 1].map((way, i) => {
      const pose = axis === 0 ? Float32Array.of(way, 0, 0) : Float32Array.of(0.6 * way, 0, 0.8 * way);
      subject.smooth(pose, i / 30);
      return Math.hypot(...pose);
    });
  });
  expect(across).toEqual(along.map((value) => expect.closeTo(value, 6)));
});

test('a recorded sequence, by its times or at 30 frames a second', () => {
  const options = { minCutoff: HALF, beta: 0, derivativeCutoff: 1 };
  const positions = Float32Array.of(0, 0, 0, 1, 0, 0);
  const recording = { frames: 2, persons: 1, joints: 1, positions };
  expect(smoothed({ ...recording, seconds: Float64Array.of(4, 5) }, options).positions[3]).toBe(0.5);
  expect(smoothed(recording, options).positions[3]).toBeCloseTo(1 / 31, 6);
  expect([...positions]).toEqual([0, 0, 0, 1, 0, 0]);
});

test('starts anew', () => {
  const subject = new OneEuroFilter({ minCutoff: 1, beta: 0, derivativeCutoff: 1 }, 1);
  subject.smooth(Float32Array.of(9, 9, 9), 0);
  subject.clear();
  const pose = Float32Array.of(1, 2, 3);
  subject.smooth(pose, 1);
  expect([...pose]).toEqual([1, 2, 3]);
});

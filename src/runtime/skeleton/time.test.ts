import { expect, test } from 'vitest';
import { Pipeline } from './pipeline.js';

const skeleton = { joints: ['point'], bones: [], anchors: { root: [0], top: [0], left: [0], right: [0] } };

/** x of a point, resampled. */
function resampled(values: readonly number[], seconds: readonly number[] | undefined, frames: number): number[] {
  const pipeline = new Pipeline(
    { pose: [{ step: 'resample', frames }], channels: [{ step: 'positions', chunks: 1 }] },
    skeleton,
    1,
  );
  const positions = Float32Array.from(values.flatMap((x) => [x, 0 - x, 2 * x]));
  const recording = { frames: values.length, persons: 1, joints: 1, positions };
  const timed = seconds === undefined ? recording : { ...recording, seconds: Float64Array.from(seconds) };
  const clip = pipeline.clip(timed).positions;
  const xs = [...clip].filter((_, i) => i % 3 === 0);
  expect([...clip]).toEqual(xs.flatMap((x) => [x, 0 - x, 2 * x]));
  return xs;
}

test.each([
  // Held from −0.5 to 0.5, to 2 (midway of 1 and 3), to 4 (1 s behind 3 as before it): 4.5 s in 3 parts of 1.5 s.
  ['a gap', [2, 6, 12], [10, 11, 13], [(2 + 6 * 0.5) / 1.5, (6 + 12 * 0.5) / 1.5, 12]],
  // Held from −1 to 1, to 2.5, to 3 and, the last, not at all: 4 s in parts of 2 s.
  ['frames that come faster, two at the same time', [4, 8, 10, 2], [0, 2, 3, 3], [4, (1.5 * 8 + 0.5 * 10) / 2]],
] as const)('means over equal spans of time: %s', (_, values, seconds, expected) => {
  for (const [i, value] of resampled(values, seconds, expected.length).entries()) {
    expect(value).toBeCloseTo(expected[i], 5);
  }
});

test('frames equally far apart give the same bits as without time stamps, at any rate and start', () => {
  const values = Array.from({ length: 37 }, (_, i) => Math.sin(i * i));
  const expected = resampled(values, undefined, 16);
  for (const [start, step] of [
    [0, 1 / 30],
    [1.7e9, 0.04],
    [-3, 7],
    [5, 0],
  ]) {
    expect(
      resampled(
        values,
        values.map((_, i) => start + i * step),
        16,
      ),
    ).toEqual(expected);
  }
  const milliseconds = values.map((_, i) => Number((i / 30).toFixed(5)));
  expect(resampled(values, milliseconds, 16)).toEqual(expected);
  expect(
    resampled(
      values,
      values.map((_, i) => (i / 30) * (1 + i / 10)),
      16,
    ),
  ).not.toEqual(expected);
});

test('one frame has no distances', () => {
  expect(resampled([7], [3], 2)).toEqual([7, 7]);
});

test('the mean over the whole recording does not depend on the parts', () => {
  const values = Array.from({ length: 37 }, (_, i) => Math.sin(i * i));
  const seconds = values.map((_, i) => i + 3 * Math.sin(i / 3));
  const [mean] = resampled(values, seconds, 1);
  for (const frames of [2, 8, 36, 37, 64]) {
    const parts = resampled(values, seconds, frames);
    expect(parts.reduce((sum, x) => sum + x, 0) / frames).toBeCloseTo(mean, 5);
  }
});

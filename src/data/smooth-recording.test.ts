import { expect, test } from 'vitest';
import { smoothRecording } from './smooth-recording.js';

/** After a second a half of what is new counts. */
const oneEuro = { minCutoff: 1 / (2 * Math.PI), beta: 0, derivativeCutoff: 1 };

/** One joint that moves along x. */
const recording = (...xs: number[]) => ({
  frames: xs.length,
  persons: 1,
  joints: 1,
  positions: Float32Array.from(xs.flatMap((x) => [x, 0, 0])),
});
const along = ({ positions }: { positions: Float32Array }) => [...positions].filter((_, i) => i % 3 === 0);

test('without a filter a recording is itself', () => {
  const one = recording(0, 1);
  expect(smoothRecording(one, {})).toBe(one);
});

test('a shortened recording lasts as long as it did, and is given no times', () => {
  const short = { ...recording(0, 1), recordedFrames: 60 };
  expect(along(smoothRecording(short, { oneEuro }))).toEqual([0, 0.5]);
  expect(smoothRecording(short, { oneEuro })).not.toHaveProperty('seconds');
});

test('a segment is a part of the smoothed recording around it', () => {
  const seconds = Float64Array.of(0, 1, 2);
  const sequence = { ...recording(0, 1, 1), seconds };
  const segment = { ...recording(1, 1), seconds: seconds.slice(1), within: { sequence, first: 1 } };
  const found = smoothRecording(segment, { oneEuro });
  expect(along(found)).toEqual([0.5, 0.75]);
  expect(along(found.within.sequence)).toEqual([0, 0.5, 0.75]);
});

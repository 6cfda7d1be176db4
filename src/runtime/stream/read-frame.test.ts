import { expect, test } from 'vitest';
import { type Frame, type FrameFormat, FrameReader } from './read-frame.js';

const LOST = Number.NaN;

/** Of one person of two joints unless told otherwise. */
function read(frame: Frame, format: Partial<FrameFormat> = {}): { seen: number; positions: number[] } {
  const usual = { persons: 1, joints: 2, mirrored: false, partners: [1, 0], aspect: 0, visibility: 0.5 };
  const reader = new FrameReader({ ...usual, ...format });
  const seen = reader.read(frame);
  return { seen, positions: [...reader.positions.subarray(0, seen * 6)] };
}

const landmarks = (...visibilities: readonly (number | undefined)[]) =>
  visibilities.map((visibility, i) => ({ x: i + 1, y: 2, z: 3, visibility }));

test('landmarks that are hardly visible are lost, but not where all visibilities are 0 or none is told', () => {
  expect(read(landmarks(0.5, 0.49)).positions).toEqual([1, 2, 3, LOST, LOST, LOST]);
  expect(read(landmarks(0, 0.9)).positions).toEqual([LOST, LOST, LOST, 2, 2, 3]);
  expect(read(landmarks(0, 0)).positions).toEqual([1, 2, 3, 2, 2, 3]);
  expect(read(landmarks(undefined, undefined)).positions).toEqual([1, 2, 3, 2, 2, 3]);
  expect(read(landmarks(0.3, 0.9), { visibility: 0.2 }).positions).toEqual([1, 2, 3, 2, 2, 3]);
});

test('each person is judged apart: the hand that tells nothing, and the body that does', () => {
  const { seen, positions } = read([landmarks(0, 0), landmarks(0.9, 0)], { persons: 2 });
  expect([seen, positions]).toEqual([2, [1, 2, 3, 2, 2, 3, 1, 2, 3, LOST, LOST, LOST]]);
});

test('a joint is lost where a landmark or a coordinate is; a picture without depth has z 0', () => {
  expect(read([null, { x: 1, y: 2 }]).positions).toEqual([LOST, LOST, LOST, 1, 2, 0]);
  expect(read([1, 2, 3, 4, null, 6]).positions).toEqual([1, 2, 3, LOST, LOST, LOST]);
  expect(read([undefined, []]).positions).toEqual(Array(12).fill(LOST));
  expect(read(undefined).seen + read([]).seen + read([null]).seen).toBe(0);
});

test('mirrored, joints change places and x is turned round, within the picture where it has an aspect', () => {
  expect(read([1, 2, 3, 4, 5, 6], { mirrored: true }).positions).toEqual([-4, 5, 6, -1, 2, 3]);
  // x is a share of the width, which is twice the height.
  expect(read([0.25, 0, 0, 1, 0, 0], { mirrored: true, aspect: 2 }).positions).toEqual([0, 0, 0, 1.5, 0, 0]);
  expect(read([0.25, 0, 0, 1, 0, 0], { aspect: 2 }).positions).toEqual([0.5, 0, 0, 2, 0, 0]);
});

import { expect, test } from 'vitest';
import { cutSegment } from './cut-segments.js';

const sequence = { frames: 5, persons: 1, joints: 1, positions: Float32Array.from({ length: 15 }, (_, i) => i) };
const numbers = [10, 12, 12, 20, 22];

test('a segment holds the frames from its first number to its last one', () => {
  const cut = cutSegment(sequence, numbers, { label: 'a', first: 11, last: 20 });
  expect(cut?.frames).toBe(3);
  expect([...cut!.positions]).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('a segment that goes on after the recording ends with it', () => {
  expect(cutSegment(sequence, numbers, { label: 'a', first: 22, last: 99 })?.positions[0]).toBe(12);
});

test('a segment in a gap, or turned round, has no frames', () => {
  expect(cutSegment(sequence, numbers, { label: 'a', first: 13, last: 19 })).toBeUndefined();
  expect(cutSegment(sequence, numbers, { label: 'a', first: 20, last: 12 })).toBeUndefined();
});

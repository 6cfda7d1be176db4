import { expect, test } from 'vitest';
import type { Pose } from './assemble.js';
import { followPersons } from './follow-persons.js';

/** Two joints, a unit apart, so that a person's size is 1. */
const at = (x: number): Pose => Float32Array.of(x, 0, 0, x, 1, 0);
const placesOf = (frames: readonly (readonly (Pose | undefined)[])[]) =>
  frames.map((frame) => frame.map((pose) => pose?.[0]));

test('persons keep their slots when the detector exchanges them', () => {
  const { frames } = followPersons([
    [at(0), at(3)],
    [at(3.1), at(0.1)],
    [at(0.2), at(3.2)],
  ]);
  expect(placesOf(frames)).toEqual([
    [0, 3],
    [Math.fround(0.1), Math.fround(3.1)],
    [Math.fround(0.2), Math.fround(3.2)],
  ]);
});

test('the nearest pair is matched first, whatever the order', () => {
  // 0.9 is 0.1 from slot 1 (at 1) and 0.9 from slot 0; 0.5 is left for slot 0
  expect(
    placesOf(
      followPersons([
        [at(0), at(1)],
        [at(0.9), at(0.5)],
      ]).frames,
    )[1],
  ).toEqual([0.5, Math.fround(0.9)]);
});

test('who is farther away than a person is large is another person', () => {
  expect(placesOf(followPersons([[at(0)], [at(1.5)]]).frames)).toEqual([[0], [undefined, 1.5]]);
});

test('a slot is kept for 30 frames, and then for whoever comes', () => {
  const gap = (frames: number) => [[at(0)], ...Array.from({ length: frames }, () => [at(9)]), [at(9), at(5)]];
  expect(placesOf(followPersons(gap(29)).frames).at(-1)).toEqual([undefined, 9, 5]);
  expect(placesOf(followPersons(gap(30)).frames).at(-1)).toEqual([5, 9]);
});

test('lost joints do not count; a person without any is not there', () => {
  const half = Float32Array.of(0.2, 0, 0, Number.NaN, Number.NaN, Number.NaN);
  const nobody = new Float32Array(6).fill(Number.NaN);
  expect(placesOf(followPersons([[at(0)], [nobody, half]]).frames)).toEqual([[0], [Math.fround(0.2)]]);
});

test('of whom one joint is left, he is as large as he was before', () => {
  const oneJoint = (x: number) => Float32Array.of(x, 0, 0, Number.NaN, Number.NaN, Number.NaN);
  expect(
    placesOf(followPersons([[at(0)], [oneJoint(0.3)], [oneJoint(0.8)]]).frames).map(({ length }) => length),
  ).toEqual([1, 1, 1]);
});

test('the seventeenth person at a time is dropped and counted', () => {
  const crowd = Array.from({ length: 17 }, (_, i) => at(i * 10));
  const { frames, dropped } = followPersons([crowd]);
  expect([frames[0].length, dropped]).toEqual([16, 1]);
});

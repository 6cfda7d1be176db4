import { expect, test } from 'vitest';
import { Follower } from './follow.js';

const LOST = Number.NaN;

/** Persons of one joint, each at x; the x of every place after the frame. */
function places(follower: Follower, ...persons: readonly number[]): number[] {
  const frame = Float32Array.from(persons.flatMap((x) => (Number.isNaN(x) ? [LOST, LOST, LOST] : [x, 0, 0])));
  follower.place(frame, persons.length);
  return [...follower.positions].filter((_, i) => i % 3 === 0);
}

test('persons whom the tracker exchanges keep their places', () => {
  const follower = new Follower(2, 1, true);
  expect(places(follower, 1, 9)).toEqual([1, 9]);
  expect(places(follower, 8, 2)).toEqual([2, 8]);
  expect(places(follower, 7)).toEqual([LOST, 7]);
  expect(places(follower, 6, 3)).toEqual([3, 6]);
});

test('the nearest pair goes first, though another person comes first in the frame', () => {
  const follower = new Follower(2, 1, true);
  places(follower, 0, 10);
  // 6 is nearer to 10 (4) than to 0 (6), but 9 is nearer to 10 still.
  expect(places(follower, 6, 9)).toEqual([6, 9]);
});

test('who is new goes to the place of their order in the frame, or to another that is free', () => {
  expect(places(new Follower(2, 1, true), LOST, 5)).toEqual([LOST, 5]);
  expect(places(new Follower(2, 1, true), LOST, LOST, 5)).toEqual([5, LOST]);
  const follower = new Follower(2, 1, true);
  places(follower, LOST, 5);
  expect(places(follower, 5, 1)).toEqual([1, 5]);
});

test('persons beyond the places are left out, and a cleared follower knows nobody', () => {
  const follower = new Follower(2, 1, true);
  expect(places(follower, 1, 9, 5)).toEqual([1, 9]);
  expect(places(follower, 5, 9, 1)).toEqual([1, 9]);
  follower.clear();
  expect(places(follower, 9, 1)).toEqual([9, 1]);
});

test('without following, the order of the frame counts', () => {
  const follower = new Follower(2, 1, false);
  places(follower, 1, 9);
  expect(places(follower, 9, 1)).toEqual([9, 1]);
  expect(places(follower, LOST, 1)).toEqual([LOST, 1]);
});

test('whether anybody is there', () => {
  const follower = new Follower(2, 1, true);
  expect(follower.place(Float32Array.of(LOST, LOST, LOST, 1, 1, 1), 2)).toBe(true);
  expect(follower.place(Float32Array.of(LOST, LOST, LOST), 1)).toBe(false);
  expect(follower.place(new Float32Array(0), 0)).toBe(false);
});

import { expect, test } from 'vitest';
import { RepetitionCounter } from './repetitions.js';

/** Three joints: a root, a shoulder above it, and a hand that a movement displaces; all of it somewhere. */
function pose(x: number, y = 0, [right, up] = [0, 0]): number[] {
  return [right, up, 2, right, up + 1, 2, right + x, up + y + 1, 2];
}

/** Counts of a stream of poses; the first one is where repetitions begin. */
function counts(poses: readonly number[][]): number[] {
  const counter = new RepetitionCounter(9);
  counter.start(poses[0]);
  return poses.slice(1).map((next) => counter.update(next));
}

const lift = [0, 0.2, 0.5, 0.8, 1, 0.8, 0.5, 0.2];

test('a repetition is counted as it comes back: once a third of the way is left', () => {
  const poses = [...lift, ...lift, 0].map((x) => pose(x as number));
  expect(counts(poses)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2]);
});

test('from the middle of a movement to and fro, once for each', () => {
  const swing = Array.from({ length: 41 }, (_, i) => pose(Math.sin((i / 10) * 2 * Math.PI)));
  expect(counts(swing).at(-1)).toBe(4);
});

test('circles are counted', () => {
  const circle = Array.from({ length: 61 }, (_, i) =>
    pose(Math.cos((i / 20) * 2 * Math.PI), Math.sin((i / 20) * 2 * Math.PI)),
  );
  expect(counts(circle).at(-1)).toBe(3);
});

test('walking about without moving counts nothing, and changes no count', () => {
  const walk = Array.from({ length: 50 }, (_, i) => pose(0, 0, [Math.sin(i), i / 10]));
  expect(counts(walk).at(-1)).toBe(0);
  const both = [...lift, ...lift, 0].map((x, i) => pose(x as number, 0, [i, -i]));
  expect(counts(both).at(-1)).toBe(2);
});

test('trembling counts nothing: a tenth of the size of the skeleton is too little', () => {
  // about their mean the joints are 2/3, 1/3 and 1/3 high: their size is the root of 2/3; a hand of 0.09 moves it by 0.0735
  const tremble = Array.from({ length: 50 }, (_, i) => pose(i % 2 ? 0.09 : 0));
  expect(counts(tremble).at(-1)).toBe(0);
  expect(counts(tremble.map((_, i) => pose(i % 2 ? 0.2 : 0))).at(-1)).toBe(24);
});

test('a joint that is lost in some frames, or in the first, is left out there', () => {
  const poses = [...lift, ...lift, 0].map((x) => pose(x as number));
  const shoulderless = (one: number[]) => one.with(3, Number.NaN).with(4, Number.NaN).with(5, Number.NaN);
  expect(counts(poses.map((one, i) => (i % 3 ? one : shoulderless(one)))).at(-1)).toBe(2);
  const handless = (one: number[]) => [...one.slice(0, 6), ...Array(3).fill(Number.NaN)];
  expect(counts(poses.map((one, i) => (i % 8 === 3 ? handless(one) : one))).at(-1)).toBe(2);
  const lost = Array(9).fill(Number.NaN);
  expect(counts([...poses.slice(0, 5), lost, ...poses.slice(5)]).at(-1)).toBe(2);
});

test('starts anew', () => {
  const counter = new RepetitionCounter(9);
  counter.start(pose(0));
  for (const x of lift) counter.update(pose(x));
  expect(counter.count).toBe(1);
  counter.start(pose(1));
  expect(counter.count).toBe(0);
  expect([1, 1.5, 1].map((x) => counter.update(pose(x)))).toEqual([0, 0, 1]);
});

test('the newest poses of a window are looked at, from the start where a movement is new', () => {
  const poses = [...lift, ...lift, 0].map((x) => pose(x as number));
  const window = Float32Array.from([...Array(4).fill(pose(5)), ...poses.slice(0, -1)].flat());
  const counter = new RepetitionCounter(9);
  expect(counter.watch(window, poses.length - 1, true)).toBe(true);
  const count = counter.count;
  expect(counter.watch(Float32Array.from(poses.at(-1)!), 1, false)).toBe(counter.count > count);
  expect(counter.count).toBe(2);
  expect(counter.watch(window, 2, true)).toBe(false);
  expect(counter.count).toBe(0);
});

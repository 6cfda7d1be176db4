import { expect, test } from 'vitest';
import { positionsOf, SHAPES, subjectOf } from './detector/landmarks.js';
import { Recorder } from './recorder.js';

const shape = { layout: 'mediapipe-hand', persons: 1, joints: 1 } as const;
const at = (x: number, seconds: number) => ({ positions: Float32Array.from([x, x, x]), seconds });

test('a movement begins with the first picture in which something was seen', () => {
  const recorder = new Recorder(shape);
  for (const [i, x] of [Number.NaN, 1, 2, Number.NaN, 3, Number.NaN].entries()) recorder.add(at(x, 5 + i / 10));
  const [clip] = recorder.movement('wave', 'ada');
  expect(clip).toMatchObject({ label: 'wave', person: 'ada', source: 'camera', frames: 4 });
  expect([...clip.positions].filter((_, i) => i % 3 === 0)).toEqual([1, 2, Number.NaN, 3]);
  expect(clip.seconds![3]).toBeCloseTo(0.3);
});

test('where nobody was seen nothing is kept', () => {
  const recorder = new Recorder(shape);
  recorder.add(at(Number.NaN, 0));
  expect(recorder.movement('wave', '')).toEqual([]);
  expect(new Recorder(shape).movement('wave', '')).toEqual([]);
});

test('ordinary motion is cut into pieces of two seconds', () => {
  const recorder = new Recorder(shape);
  for (let i = 0; i < 50; i++) recorder.add(at(i, 100 + i / 10));
  expect(recorder.pieces('rest', '').map(({ frames }) => frames)).toEqual([20, 20, 10]);
});

const landmark = (x: number, visibility?: number) => ({
  x,
  y: 0.5,
  z: -0.1,
  ...(visibility !== undefined && { visibility }),
});

test('x is in shares of the height; hands lie at their sides, whatever visibility they are said to have', () => {
  const hand = (x: number) => Array.from({ length: 21 }, () => landmark(x, 0));
  const hands = [
    { side: 'Right' as const, landmarks: hand(0.75) },
    { side: 'Left' as const, landmarks: hand(0.25) },
  ];
  const positions = positionsOf('hands', { hands, body: undefined }, 4 / 3);
  expect([positions[0], positions[63]]).toEqual([Math.fround(1 / 3), 1]);
  const both = positionsOf('hands', { hands: [hands[0], { ...hands[1], side: 'Right' }], body: undefined }, 1);
  expect([both[0], both[63]]).toEqual([0.25, 0.75]);
  const lost = positionsOf('hands', { hands: [hands[0]], body: undefined }, 1);
  expect([lost[0], lost[63]]).toEqual([Number.NaN, 0.75]);
});

test('joints of a body that are hardly visible are lost', () => {
  const body = Array.from({ length: 33 }, (_, i) => landmark(0.5, i === 4 ? 0.4 : 0.6));
  const positions = positionsOf('holistic', { hands: [], body }, 2);
  expect(positions).toHaveLength(75 * 3);
  expect([positions[0], positions[12], positions[99]]).toEqual([1, Number.NaN, Number.NaN]);
});

test('a subject is known by its skeleton', () => {
  for (const [subject, { layout, persons }] of Object.entries(SHAPES)) expect(subjectOf(layout, persons)).toBe(subject);
  expect(subjectOf('kinect-v2', 1)).toBeUndefined();
});

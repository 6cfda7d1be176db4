import { expect, test } from 'vitest';
import { layouts } from './layouts/layouts.js';
import { mediapipePose } from './layouts/mediapipe-pose.js';
import { boneVariation, jointKey, layoutsWithin, matchJoints } from './match-joints.js';

test.each([
  ['LEFT_WRIST', 'LeftWrist'],
  ['left wrist', 'WristLeft'],
  ['Wrist.L', 'l_wrist'],
  ['LElbow', 'LeftElbow'],
  ['LeftFootIndex', 'left_foot_index'],
  ['ThumbTIP', 'THUMB_TIP'],
  ['LEFT_PINKY', 'LeftPinkie'],
  ['INDEX_FINGER_TIP', 'IndexTIP'],
  ['PINKY_MCP', 'LittleMCP'],
])('%s and %s are one joint', (a, b) => {
  expect(jointKey(a)).toBe(jointKey(b));
});

test.each([
  ['LeftWrist', 'RightWrist'],
  ['LeftEyeInner', 'LeftEyeOuter'],
  ['Spine1', 'Spine2'],
])('%s and %s are two', (a, b) => {
  expect(jointKey(a)).not.toBe(jointKey(b));
});

test('no layout has two joints of one key', () => {
  for (const { name, joints } of layouts)
    expect([name, new Set(joints.map(jointKey)).size]).toEqual([name, joints.length]);
});

test('a recording with all joints of MediaPipe in capitals, and others between, is one of it', () => {
  const names = [
    'time',
    ...mediapipePose.joints.map((joint) => joint.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()),
  ];
  expect(layoutsWithin(names, layouts)[0]).toBe(mediapipePose);
  const { indices, missing } = matchJoints(names, mediapipePose);
  expect(indices).toEqual(mediapipePose.joints.map((_, joint) => joint + 1));
  expect(missing).toEqual([]);
});

test('what lacks is named', () => {
  expect(matchJoints(['Nose', 'left_wrist'], { joints: ['LeftWrist', 'Neck'] })).toEqual({
    indices: [1, -1],
    missing: ['Neck'],
  });
});

test('bones that keep their lengths vary by nothing, whatever the size; lengths of 1 and 3 in parts of a pose vary by half', () => {
  const chain = {
    joints: ['a', 'b', 'c'],
    bones: [
      [1, 0],
      [2, 1],
    ] as const,
  };
  const pose = (first: number, second: number) => [0, 0, 0, first, 0, 0, first, second, 0];
  expect(boneVariation(new Float32Array([...pose(1, 2), ...pose(3, 6), ...pose(0.5, 1)]), chain)).toBe(0);
  // In parts of the mean length 2: first bones of 0.5 and 1.5, second bones of 1.5 and 0.5; mean 1, deviation 0.5.
  expect(boneVariation(new Float32Array([...pose(1, 3), ...pose(3, 1)]), chain)).toBeCloseTo(0.5, 12);
  expect(boneVariation(new Float32Array([...pose(1, 3), ...pose(Number.NaN, 1)]), chain)).toBe(0);
});

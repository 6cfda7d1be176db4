import { expect, test } from 'vitest';
import { kinectV2 } from './layouts/kinect-v2.js';
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

test('bones that keep their lengths vary by nothing, one that grows from 1 to 3 by half of its mean', () => {
  const stick = { joints: ['a', 'b'], bones: [[1, 0]] as const };
  const still = new Float32Array([0, 0, 0, 3, 4, 0, 1, 1, 1, 4, 5, 1]);
  expect(boneVariation(still, stick)).toBe(0);
  expect(boneVariation(new Float32Array([0, 0, 0, 1, 0, 0, 0, 0, 0, 3, 0, 0]), stick)).toBeCloseTo(0.5, 12);
  expect(boneVariation(new Float32Array([0, 0, 0, Number.NaN, 0, 0, 0, 0, 0, 3, 0, 0]), stick)).toBe(0);
  expect(kinectV2.joints).toHaveLength(25);
});

import { expect, test } from 'vitest';
import { swapSides } from './define.js';

test.each([
  ['left_wrist', 'right_wrist'],
  ['WristLeft', 'WristRight'],
  ['LeftHandWrist', 'RightHandWrist'],
  ['LEFT_WRIST', 'RIGHT_WRIST'],
  ['ELBOW_LEFT', 'ELBOW_RIGHT'],
])('the partner of %s is %s, and the other way round', (left, right) => {
  expect(swapSides(left)).toBe(right);
  expect(swapSides(right)).toBe(left);
});

test.each(['NOSE', 'Spine', 'neck'])('%s has no side', (joint) => {
  expect(swapSides(joint)).toBe(joint);
});

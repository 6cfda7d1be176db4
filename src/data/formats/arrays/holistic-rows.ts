import { LEAST_VISIBILITY } from '../../../runtime/stream/read-frame.js';
import { checkShape } from '../assemble.js';
import type { Extracted, Grid } from './grid.js';

const POSE = 33;
const HAND = 21;
const JOINTS = POSE + 2 * HAND;

/**
 * Rows of MediaPipe Holistic (pose with visibility, face or none, left hand, right hand) as the layout mediapipe-holistic: 75 joints, the face left out. What was not detected is
 * written as zeros: a pose or a hand that is all zeros is lost, as is a joint of the pose below a visibility of 0.5.
 */
export function holisticRows({ values, offset, sizes, strides }: Grid, source: string, place: string): Extracted {
  const frames = sizes.T;
  checkShape(frames, 1, JOINTS, source, place);
  const positions = new Float32Array(frames * JOINTS * 3);
  const hands = sizes.F - 2 * HAND * 3;
  for (let t = 0; t < frames; t++) {
    const at = (column: number): number => values[offset + t * strides.T + column * strides.F];
    const frame = positions.subarray(t * JOINTS * 3, (t + 1) * JOINTS * 3);
    for (let joint = 0; joint < POSE; joint++) {
      const isSeen = at(joint * 4 + 3) >= LEAST_VISIBILITY;
      for (let axis = 0; axis < 3; axis++) frame[joint * 3 + axis] = isSeen ? at(joint * 4 + axis) : Number.NaN;
    }
    for (let i = 0; i < 2 * HAND * 3; i++) frame[POSE * 3 + i] = at(hands + i);
    for (let hand = POSE; hand < JOINTS; hand += HAND) loseIfZero(frame.subarray(hand * 3, (hand + HAND) * 3));
  }
  return { frames, persons: 1, joints: JOINTS, dimensions: 3, positions };
}

function loseIfZero(hand: Float32Array): void {
  if (hand.every((value) => value === 0)) hand.fill(Number.NaN);
}

import { defineLayout, type LayoutSketch, swapSides } from './define.js';
import { mediapipeHand } from './hands.js';
import type { Layout } from './layout.js';
import { mediapipePose } from './mediapipe-pose.js';

type Joints = LayoutSketch['joints'];

/**
 * MediaPipe Holistic without its face: 33 landmarks of the pose, 21 of the left hand, 21 of the right. The 468 of the face
 * would outweigh them and hardly move in a gesture; the pose keeps nose, eyes, ears and mouth.
 */
export const mediapipeHolistic = defineLayout({
  name: 'mediapipe-holistic',
  joints: [...jointsOf(mediapipePose), ...handOf('Left', 'LeftWrist'), ...handOf('Right', 'RightWrist')],
  anchors: {
    root: ['LeftHip', 'RightHip'],
    top: ['LeftShoulder', 'RightShoulder'],
    left: ['LeftShoulder'],
    right: ['RightShoulder'],
  },
  opposite: swapSides,
});

/** Two of MediaPipe's hands, the left one first, each 21 landmarks, named as in mediapipe-holistic. */
export const mediapipeTwoHands = defineLayout({
  name: 'mediapipe-two-hands',
  joints: [...handOf('Left', undefined), ...handOf('Right', 'LeftHandWrist')],
  anchors: {
    root: ['LeftHandWrist', 'RightHandWrist'],
    top: ['LeftHandMiddleMCP', 'RightHandMiddleMCP'],
    left: ['LeftHandWrist'],
    right: ['RightHandWrist'],
  },
  opposite: swapSides,
});

/** The joints of a layout with their parents, as a sketch has them. */
function jointsOf({ joints, bones }: Layout): Joints {
  const parents = new Map(bones);
  return joints.map((joint, i) => {
    const parent = parents.get(i);
    return [joint, parent === undefined ? undefined : joints[parent]];
  });
}

/** The hand of a side, hanging from a joint: `LeftHandWrist`, `LeftHandThumbCMC` ... */
function handOf(side: 'Left' | 'Right', from: string | undefined): Joints {
  const named = (joint: string): string => `${side}Hand${joint}`;
  return jointsOf(mediapipeHand).map(([joint, parent]) => [named(joint), parent === undefined ? from : named(parent)]);
}

import { defineLayout, swapSides } from './define.js';

/** OpenNI/NITE skeleton of the first Kinect, 15 joints, as in SBU Kinect Interaction. */
export const kinectV1Joints15 = defineLayout({
  name: 'kinect-v1-15',
  joints: [
    ['Head', 'Neck'],
    ['Neck', 'Torso'],
    ['Torso', undefined],
    ['LeftShoulder', 'Neck'],
    ['LeftElbow', 'LeftShoulder'],
    ['LeftHand', 'LeftElbow'],
    ['RightShoulder', 'Neck'],
    ['RightElbow', 'RightShoulder'],
    ['RightHand', 'RightElbow'],
    ['LeftHip', 'Torso'],
    ['LeftKnee', 'LeftHip'],
    ['LeftFoot', 'LeftKnee'],
    ['RightHip', 'Torso'],
    ['RightKnee', 'RightHip'],
    ['RightFoot', 'RightKnee'],
  ],
  anchors: { root: ['LeftHip', 'RightHip'], top: ['Neck'], left: ['LeftShoulder'], right: ['RightShoulder'] },
  opposite: swapSides,
});

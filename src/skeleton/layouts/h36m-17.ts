import { defineLayout, swapSides } from './define.js';

/**
 * Human3.6M in the 17 joints that pose estimators lift to (VideoPose3D, MotionBERT); `Neck` is the joint that they also
 * call neck base or nose.
 */
export const h36m17 = defineLayout({
  name: 'h36m-17',
  joints: [
    ['Pelvis', undefined],
    ['RightHip', 'Pelvis'],
    ['RightKnee', 'RightHip'],
    ['RightAnkle', 'RightKnee'],
    ['LeftHip', 'Pelvis'],
    ['LeftKnee', 'LeftHip'],
    ['LeftAnkle', 'LeftKnee'],
    ['Spine', 'Pelvis'],
    ['Thorax', 'Spine'],
    ['Neck', 'Thorax'],
    ['Head', 'Neck'],
    ['LeftShoulder', 'Thorax'],
    ['LeftElbow', 'LeftShoulder'],
    ['LeftWrist', 'LeftElbow'],
    ['RightShoulder', 'Thorax'],
    ['RightElbow', 'RightShoulder'],
    ['RightWrist', 'RightElbow'],
  ],
  anchors: { root: ['Pelvis'], top: ['Thorax'], left: ['LeftShoulder'], right: ['RightShoulder'] },
  opposite: swapSides,
});

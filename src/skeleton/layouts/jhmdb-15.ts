import { defineLayout, swapSides } from './define.js';

/** The puppet of JHMDB, 15 joints in pictures. */
export const jhmdb15 = defineLayout({
  name: 'jhmdb-15',
  joints: [
    ['Neck', 'Belly'],
    ['Belly', undefined],
    ['Face', 'Neck'],
    ['RightShoulder', 'Neck'],
    ['LeftShoulder', 'Neck'],
    ['RightHip', 'Belly'],
    ['LeftHip', 'Belly'],
    ['RightElbow', 'RightShoulder'],
    ['LeftElbow', 'LeftShoulder'],
    ['RightKnee', 'RightHip'],
    ['LeftKnee', 'LeftHip'],
    ['RightWrist', 'RightElbow'],
    ['LeftWrist', 'LeftElbow'],
    ['RightAnkle', 'RightKnee'],
    ['LeftAnkle', 'LeftKnee'],
  ],
  anchors: { root: ['LeftHip', 'RightHip'], top: ['Neck'], left: ['LeftShoulder'], right: ['RightShoulder'] },
  opposite: swapSides,
});

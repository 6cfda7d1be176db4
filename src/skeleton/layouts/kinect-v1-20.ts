import { defineLayout, swapSides } from './define.js';

/** Microsoft Kinect for Windows SDK 1, 20 joints (enumeration JointType), as in UTKinect-Action3D and NW-UCLA. */
export const kinectV1Joints20 = defineLayout({
  name: 'kinect-v1-20',
  joints: [
    ['HipCenter', undefined],
    ['Spine', 'HipCenter'],
    ['ShoulderCenter', 'Spine'],
    ['Head', 'ShoulderCenter'],
    ['ShoulderLeft', 'ShoulderCenter'],
    ['ElbowLeft', 'ShoulderLeft'],
    ['WristLeft', 'ElbowLeft'],
    ['HandLeft', 'WristLeft'],
    ['ShoulderRight', 'ShoulderCenter'],
    ['ElbowRight', 'ShoulderRight'],
    ['WristRight', 'ElbowRight'],
    ['HandRight', 'WristRight'],
    ['HipLeft', 'HipCenter'],
    ['KneeLeft', 'HipLeft'],
    ['AnkleLeft', 'KneeLeft'],
    ['FootLeft', 'AnkleLeft'],
    ['HipRight', 'HipCenter'],
    ['KneeRight', 'HipRight'],
    ['AnkleRight', 'KneeRight'],
    ['FootRight', 'AnkleRight'],
  ],
  anchors: { root: ['HipCenter'], top: ['ShoulderCenter'], left: ['ShoulderLeft'], right: ['ShoulderRight'] },
  opposite: swapSides,
});

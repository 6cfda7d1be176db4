import { defineLayout, swapSides } from './define.js';

/**
 * Microsoft Kinect for Windows SDK 2.0, 25 joints (enumeration JointType), as in IRDS and NTU RGB+D.
 * Left and right are the sensor's names; the gestures of IRDS are named the other way round.
 */
export const kinectV2 = defineLayout({
  name: 'kinect-v2',
  joints: [
    ['SpineBase', undefined],
    ['SpineMid', 'SpineBase'],
    ['Neck', 'SpineShoulder'],
    ['Head', 'Neck'],
    ['ShoulderLeft', 'SpineShoulder'],
    ['ElbowLeft', 'ShoulderLeft'],
    ['WristLeft', 'ElbowLeft'],
    ['HandLeft', 'WristLeft'],
    ['ShoulderRight', 'SpineShoulder'],
    ['ElbowRight', 'ShoulderRight'],
    ['WristRight', 'ElbowRight'],
    ['HandRight', 'WristRight'],
    ['HipLeft', 'SpineBase'],
    ['KneeLeft', 'HipLeft'],
    ['AnkleLeft', 'KneeLeft'],
    ['FootLeft', 'AnkleLeft'],
    ['HipRight', 'SpineBase'],
    ['KneeRight', 'HipRight'],
    ['AnkleRight', 'KneeRight'],
    ['FootRight', 'AnkleRight'],
    ['SpineShoulder', 'SpineMid'],
    ['HandTipLeft', 'HandLeft'],
    ['ThumbLeft', 'HandLeft'],
    ['HandTipRight', 'HandRight'],
    ['ThumbRight', 'HandRight'],
  ],
  anchors: { root: ['SpineBase'], top: ['SpineShoulder'], left: ['ShoulderLeft'], right: ['ShoulderRight'] },
  opposite: swapSides,
});

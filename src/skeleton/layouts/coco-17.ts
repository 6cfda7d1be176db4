import { defineLayout, swapSides } from './define.js';

/**
 * COCO keypoints, 17, as of RTMPose, AlphaPose, MoveNet and YOLO pose, in pictures. There is neither neck nor pelvis: the
 * tree is rooted in the left hip and crosses there and in the left shoulder, as that of mediapipe-pose does.
 */
export const coco17 = defineLayout({
  name: 'coco-17',
  joints: [
    ['Nose', 'LeftShoulder'],
    ['LeftEye', 'Nose'],
    ['RightEye', 'Nose'],
    ['LeftEar', 'LeftEye'],
    ['RightEar', 'RightEye'],
    ['LeftShoulder', 'LeftHip'],
    ['RightShoulder', 'LeftShoulder'],
    ['LeftElbow', 'LeftShoulder'],
    ['RightElbow', 'RightShoulder'],
    ['LeftWrist', 'LeftElbow'],
    ['RightWrist', 'RightElbow'],
    ['LeftHip', undefined],
    ['RightHip', 'LeftHip'],
    ['LeftKnee', 'LeftHip'],
    ['RightKnee', 'RightHip'],
    ['LeftAnkle', 'LeftKnee'],
    ['RightAnkle', 'RightKnee'],
  ],
  anchors: {
    root: ['LeftHip', 'RightHip'],
    top: ['LeftShoulder', 'RightShoulder'],
    left: ['LeftShoulder'],
    right: ['RightShoulder'],
  },
  opposite: swapSides,
});

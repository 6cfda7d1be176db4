import { defineLayout, swapSides } from './define.js';

/**
 * MediaPipe Pose Landmarker (BlazePose), 33 landmarks. It has neither neck nor pelvis: the tree is rooted in the left hip
 * and crosses there and in the left shoulder, which BlazePose also joins to their right partners.
 */
export const mediapipePose = defineLayout({
  name: 'mediapipe-pose',
  joints: [
    ['Nose', 'LeftShoulder'],
    ['LeftEyeInner', 'Nose'],
    ['LeftEye', 'LeftEyeInner'],
    ['LeftEyeOuter', 'LeftEye'],
    ['RightEyeInner', 'Nose'],
    ['RightEye', 'RightEyeInner'],
    ['RightEyeOuter', 'RightEye'],
    ['LeftEar', 'LeftEyeOuter'],
    ['RightEar', 'RightEyeOuter'],
    ['MouthLeft', 'Nose'],
    ['MouthRight', 'Nose'],
    ['LeftShoulder', 'LeftHip'],
    ['RightShoulder', 'LeftShoulder'],
    ['LeftElbow', 'LeftShoulder'],
    ['RightElbow', 'RightShoulder'],
    ['LeftWrist', 'LeftElbow'],
    ['RightWrist', 'RightElbow'],
    ['LeftPinky', 'LeftWrist'],
    ['RightPinky', 'RightWrist'],
    ['LeftIndex', 'LeftWrist'],
    ['RightIndex', 'RightWrist'],
    ['LeftThumb', 'LeftWrist'],
    ['RightThumb', 'RightWrist'],
    ['LeftHip', undefined],
    ['RightHip', 'LeftHip'],
    ['LeftKnee', 'LeftHip'],
    ['RightKnee', 'RightHip'],
    ['LeftAnkle', 'LeftKnee'],
    ['RightAnkle', 'RightKnee'],
    ['LeftHeel', 'LeftAnkle'],
    ['RightHeel', 'RightAnkle'],
    ['LeftFootIndex', 'LeftHeel'],
    ['RightFootIndex', 'RightHeel'],
  ],
  anchors: {
    root: ['LeftHip', 'RightHip'],
    top: ['LeftShoulder', 'RightShoulder'],
    left: ['LeftShoulder'],
    right: ['RightShoulder'],
  },
  opposite: swapSides,
});

import { InputError } from '../../core/errors.js';
import { azureKinect32 } from './azure-kinect-32.js';
import { coco17 } from './coco-17.js';
import { h36m17 } from './h36m-17.js';
import { fphaHand, hololensHand, leapHand, mediapipeHand, shrecHand22 } from './hands.js';
import { jhmdb15 } from './jhmdb-15.js';
import { kinectV1Joints15 } from './kinect-v1-15.js';
import { kinectV1Joints20 } from './kinect-v1-20.js';
import { kinectV2 } from './kinect-v2.js';
import type { Layout } from './layout.js';
import { mediapipeHolistic, mediapipeTwoHands } from './mediapipe-holistic.js';
import { mediapipePose } from './mediapipe-pose.js';
import { openposeBody25, openposeCoco18 } from './openpose.js';
import { viconPlugInGait } from './vicon-plug-in-gait.js';

/** Every layout the package knows. */
export const layouts: readonly Layout[] = [
  kinectV2,
  kinectV1Joints15,
  kinectV1Joints20,
  azureKinect32,
  viconPlugInGait,
  h36m17,
  coco17,
  openposeBody25,
  openposeCoco18,
  jhmdb15,
  mediapipePose,
  mediapipeHolistic,
  mediapipeTwoHands,
  mediapipeHand,
  fphaHand,
  leapHand,
  hololensHand,
  shrecHand22,
];

/** Finds a layout by its name; `source` is the file or flag that named it. */
export function layoutNamed(name: string, source = 'layout'): Layout {
  const layout = layouts.find((candidate) => candidate.name === name);
  if (layout !== undefined) return layout;
  throw new InputError({
    source,
    expected: `a layout: ${layouts.map((known) => known.name).join(', ')}`,
    found: `"${name}"`,
    mend: 'Use one of these names.',
  });
}

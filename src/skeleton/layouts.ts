import { InputError } from '../core/errors.js';
import type { Layout } from './layout.js';
import { fphaHand, mediapipeHand } from './layouts/hands.js';
import { kinectV1Joints15 } from './layouts/kinect-v1-15.js';
import { kinectV2 } from './layouts/kinect-v2.js';
import { mediapipePose } from './layouts/mediapipe-pose.js';
import { viconPlugInGait } from './layouts/vicon-plug-in-gait.js';

/** Every layout the package knows. */
export const layouts: readonly Layout[] = [
  kinectV2,
  kinectV1Joints15,
  viconPlugInGait,
  fphaHand,
  mediapipeHand,
  mediapipePose,
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

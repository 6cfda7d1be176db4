import { InputError } from '../../core/errors.js';
import { fphaHand, mediapipeHand } from './hands.js';
import { kinectV1Joints15 } from './kinect-v1-15.js';
import { kinectV2 } from './kinect-v2.js';
import type { Layout } from './layout.js';
import { mediapipePose } from './mediapipe-pose.js';
import { viconPlugInGait } from './vicon-plug-in-gait.js';

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

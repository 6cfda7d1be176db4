import { InputError } from '../../core/errors.js';
import { allOf, Registry } from '../../core/registry.js';
import { azureKinect32 } from './azure-kinect-32.js';
import { coco17 } from './coco-17.js';
import { type BuiltinLayout, isSame } from './described.js';
import { h36m17 } from './h36m-17.js';
import { fphaHand, hololensHand, leapHand, mediapipeHand, shrecHand22 } from './hands.js';
import { jhmdb15 } from './jhmdb-15.js';
import { kinectV1Joints15 } from './kinect-v1-15.js';
import { kinectV1Joints20 } from './kinect-v1-20.js';
import { kinectV2 } from './kinect-v2.js';
import { findLayoutFault, type Layout } from './layout.js';
import { mediapipeHolistic, mediapipeTwoHands } from './mediapipe-holistic.js';
import { mediapipePose } from './mediapipe-pose.js';
import { openposeBody25, openposeCoco18 } from './openpose.js';
import { viconPlugInGait } from './vicon-plug-in-gait.js';

const builtin: Readonly<Record<BuiltinLayout, Layout>> = {
  'kinect-v2': kinectV2,
  'kinect-v1-15': kinectV1Joints15,
  'kinect-v1-20': kinectV1Joints20,
  'azure-kinect-32': azureKinect32,
  'vicon-plug-in-gait': viconPlugInGait,
  'h36m-17': h36m17,
  'coco-17': coco17,
  'openpose-body-25': openposeBody25,
  'openpose-coco-18': openposeCoco18,
  'jhmdb-15': jhmdb15,
  'mediapipe-pose': mediapipePose,
  'mediapipe-holistic': mediapipeHolistic,
  'mediapipe-two-hands': mediapipeTwoHands,
  'mediapipe-hand': mediapipeHand,
  'fpha-hand': fphaHand,
  'leap-hand': leapHand,
  'hololens-hand': hololensHand,
  'shrec-hand-22': shrecHand22,
};

const registry = /* @__PURE__ */ new Registry('layout', Object.values(builtin));

/** Every layout that anyrate knows: those that are built in, then those that were registered. */
export const layouts: readonly Layout[] = /* @__PURE__ */ allOf(registry);

/**
 * Makes a layout known by its name, to data sets that say it and to models. Models and data sets of a layout of one's own
 * need no registration: their files hold it.
 * @throws InputError on a name that is taken, and on joints, bones, anchors or mirror images that do not fit each other
 * @example
 * registerLayout({
 *   name: 'thumb',
 *   joints: ['wrist', 'knuckle', 'tip'],
 *   bones: [[1, 0], [2, 1]],
 *   anchors: { root: [0], top: [2], left: [1], right: [1] },
 *   mirror: [0, 1, 2],
 * });
 */
export function registerLayout(layout: Layout): void {
  checkShape(layout, 'layout to register');
  registry.add(layout);
}

/** Finds a layout by its name; `source` is the file or flag that named it. @throws InputError on an unknown name */
export function layoutNamed(name: string, source = 'layout'): Layout {
  return registry.named(name, source);
}

/**
 * Checks a layout that a program gives: its parts fit each other, and its name is not that of another.
 * @throws InputError that names the part
 */
export function checkLayout(layout: Layout, source: string): void {
  const known = registry.find(layout?.name);
  if (known === layout) return;
  checkShape(layout, source);
  if (known === undefined || isSame(known, layout)) return;
  throw new InputError({
    source,
    place: 'layout.name',
    expected: `the joints, bones, anchors and mirror images of ${known.name}, or another name`,
    found: 'others',
    mend: 'Give your layout a different name.',
  });
}

function checkShape(layout: Layout, source: string): void {
  const fault = findLayoutFault(layout);
  if (fault === undefined) return;
  throw new InputError({ source, ...fault, place: `layout.${fault.place}`, mend: 'Fix the layout.' });
}

import { InputError } from '../../core/errors.js';
import { allOf, Registry } from '../../core/registry.js';
import { azureKinect32 } from './azure-kinect-32.js';
import { coco17 } from './coco-17.js';
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

const builtin: readonly Layout[] = [
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

const registry = /* @__PURE__ */ new Registry('layout', builtin);

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

/** A layout as files have it: with `mirror` if it is not built in, since it then has nowhere else to be read from. */
export type DescribedLayout = Omit<Layout, 'mirror'> & { readonly mirror?: Layout['mirror'] | undefined };

/** What a file says of a layout. */
export function describeLayout(layout: Layout): DescribedLayout {
  return isBuiltin(layout) ? skeletonOf(layout) : wholeLayout(layout);
}

/** Whether files may refer to a layout by its name, since every anyrate has it. */
export function isBuiltin({ name }: Layout): boolean {
  return builtin.some((layout) => layout.name === name);
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

/** Whether two layouts say the same. */
export function isSame(a: Layout, b: Layout): boolean {
  return JSON.stringify(wholeLayout(a)) === JSON.stringify(wholeLayout(b));
}

/** What a layout tells the runtime, in the order of files. */
export function skeletonOf({ name, joints, bones, anchors: { root, top, left, right } }: Layout) {
  return { name, joints, bones, anchors: { root, top, left, right } };
}

/** All of a layout, in the order of files. */
export function wholeLayout(layout: Layout) {
  return { ...skeletonOf(layout), mirror: layout.mirror };
}

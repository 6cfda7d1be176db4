/** Layouts as files write them; apart from the layouts themselves, so that what writes or measures a file need not load these. */
import type { Layout } from './layout.js';

/** Names that files may refer to, since every anyrate has the layouts. */
export const BUILTIN_LAYOUTS = [
  'kinect-v2',
  'kinect-v1-15',
  'kinect-v1-20',
  'azure-kinect-32',
  'vicon-plug-in-gait',
  'h36m-17',
  'coco-17',
  'openpose-body-25',
  'openpose-coco-18',
  'jhmdb-15',
  'mediapipe-pose',
  'mediapipe-holistic',
  'mediapipe-two-hands',
  'mediapipe-hand',
  'fpha-hand',
  'leap-hand',
  'hololens-hand',
  'shrec-hand-22',
] as const;

export type BuiltinLayout = (typeof BUILTIN_LAYOUTS)[number];

/** A layout as files have it: with `mirror` if it is not built in, since it then has nowhere else to be read from. */
export type DescribedLayout = Omit<Layout, 'mirror'> & { readonly mirror?: Layout['mirror'] | undefined };

/** What a file says of a layout. */
export function describeLayout(layout: Layout): DescribedLayout {
  return isBuiltin(layout) ? skeletonOf(layout) : wholeLayout(layout);
}

/** Whether files may refer to a layout by its name. */
export function isBuiltin({ name }: Layout): boolean {
  return (BUILTIN_LAYOUTS as readonly string[]).includes(name);
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

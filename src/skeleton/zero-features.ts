import { type ChannelName, type ChannelStepOf, targetsOf } from '../runtime/skeleton/channels.js';
import type { Preprocessing } from '../runtime/skeleton/pipeline.js';
import type { PoseName, PoseStepOf } from '../runtime/skeleton/pose.js';
import type { Skeleton } from '../runtime/skeleton/sequence.js';

/**
 * Features that are zero in every sequence, over time in every frame, before standardisation: 1 in [nodes][channels]. The joint without a parent
 * has no bone, a joint is at no distance from itself, and the root is at the origin of a frame of reference.
 */
export function zeroFeatures(
  { pose, channels, dimensions = 3 }: Preprocessing,
  skeleton: Skeleton,
  persons: number,
): Uint8Array {
  const { root } = skeleton.anchors;
  const isOrigin = pose.some((step) => putsRootAtOrigin[step.step](step as never));
  const still = isOrigin && root.length === 1 ? root[0] : -1;
  const { joints, bones } = skeleton;
  const targets = (names: readonly string[]) => targetsOf(names, skeleton, persons);
  const nodes = Array.from({ length: persons * joints.length }, (_, node) => {
    const joint = node % joints.length;
    const isRoot = !bones.some(([child]) => child === joint);
    const place = { node, dimensions, isStill: joint === still, isRoot, isOrigin: joint === root[0], targets };
    return channels.flatMap((step) => zeros[step.step](step as never, place));
  });
  return Uint8Array.from(nodes.flat());
}

/** Whether a pose step makes every person's root the origin of each frame. */
const putsRootAtOrigin: { readonly [Name in PoseName]: (step: PoseStepOf<Name>) => boolean } = {
  'order-persons': () => false,
  resample: () => false,
  center: ({ persons }) => persons === 'each',
  'body-frame': () => true,
  heading: () => false,
};

/** A node, and the nodes that a step measures distances to. */
interface Place {
  readonly node: number;
  /** Coordinates that are looked at. */
  readonly dimensions: number;
  /** Whether it never leaves the origin. */
  readonly isStill: boolean;
  /** Whether it has no parent. */
  readonly isRoot: boolean;
  /** Whether others are measured from it. */
  readonly isOrigin: boolean;
  readonly targets: (names: readonly string[]) => readonly number[];
}

/** Which channels of a step are zero for a node. */
const zeros: { readonly [Name in ChannelName]: (step: ChannelStepOf<Name>, place: Place) => readonly number[] } = {
  positions: ({ chunks }, { isStill, dimensions }) => all(isStill, dimensions * chunks),
  velocities: ({ chunks }, { isStill, dimensions }) => all(isStill, dimensions * (chunks - 1)),
  statistics: (_, { isStill, dimensions }) => all(isStill, 4 * dimensions),
  'bone-statistics': (_, { isRoot, dimensions }) => all(isRoot, 4 * dimensions),
  distances: ({ joints, chunks }, { node, targets }) => {
    const once = targets(joints).map((target) => (target === node ? 1 : 0));
    return Array.from({ length: 4 + chunks }, () => once).flat();
  },
  'frame-positions': (_, { isStill, dimensions }) => all(isStill, dimensions),
  'frame-relative': (_, { isOrigin, dimensions }) => all(isOrigin, dimensions),
  'frame-bones': (_, { isRoot, dimensions }) => all(isRoot, dimensions),
  'frame-velocities': (_, { isStill, dimensions }) => all(isStill, dimensions),
};

function all(isZero: boolean, count: number): readonly number[] {
  return Array<number>(count).fill(isZero ? 1 : 0);
}

import { type ChannelStep, channelSteps, type StillChannelName, targetsOf } from '../../runtime/skeleton/channels.js';
import type { Up } from '../../runtime/skeleton/pose.js';
import type { Skeleton } from '../../runtime/skeleton/sequence.js';

/** Coordinates, those of the bone to the parent, or distances to named joints. */
export type SignalKind = 'position' | 'bone' | 'distance';

const signalKinds: Readonly<Record<StillChannelName, SignalKind>> = {
  positions: 'position',
  velocities: 'position',
  statistics: 'position',
  'bone-statistics': 'bone',
  distances: 'distance',
};

/** What a channel step follows through the frames of a node, and how it describes each of these numbers. */
export interface Signal {
  readonly kind: SignalKind;
  /** The nodes that distances are measured to. */
  readonly targets: readonly number[];
  /** Numbers that are followed: coordinates, or distances. */
  readonly width: number;
  /** Statistics of each, 0 or 4; then means of so many chunks, or the steps between them. */
  readonly statistics: number;
  readonly chunks: number;
  readonly isSteps: boolean;
}

export function signalOf(step: ChannelStep, skeleton: Skeleton, persons: number, dimensions: number = 3): Signal {
  const targets = 'joints' in step ? targetsOf(step.joints, skeleton, persons) : [];
  const [statistics, isSteps] = channelSteps[step.step];
  return {
    kind: signalKinds[step.step as StillChannelName],
    targets,
    width: targets.length || dimensions,
    statistics,
    chunks: 'chunks' in step ? step.chunks : 0,
    isSteps: isSteps === 1,
  };
}

/** The up axis of a body frame as C and WebAssembly number it. */
export const upCodes: Readonly<Record<Up, number>> = { x: 0, y: 1, z: 2, spine: 3 };

/** The parent of each joint; −1 of the root. */
export function parentsOf({ joints, bones }: Skeleton): number[] {
  return joints.map((_, joint) => bones.find(([child]) => child === joint)?.[1] ?? -1);
}

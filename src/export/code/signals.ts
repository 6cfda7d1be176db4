import { type ChannelStep, channelSteps, targetsOf } from '../../runtime/skeleton/channels.js';
import type { Skeleton } from '../../runtime/skeleton/skeleton.js';

/** What a channel step follows through the frames of a node, and how it describes each of these numbers. */
export interface Signal {
  readonly kind: 'position' | 'bone' | 'distance';
  /** The nodes that distances are measured to. */
  readonly targets: readonly number[];
  /** Numbers that are followed: coordinates, or distances. */
  readonly width: number;
  /** Statistics of each, 0 or 4; then means of so many chunks, or the steps between them. */
  readonly statistics: number;
  readonly chunks: number;
  readonly isSteps: boolean;
}

export function signalOf(step: ChannelStep, skeleton: Skeleton, persons: number): Signal {
  const targets = 'joints' in step ? targetsOf(step.joints, skeleton, persons) : [];
  const [statistics, isSteps] = channelSteps[step.step];
  return {
    kind: step.step === 'distances' ? 'distance' : step.step === 'bone-statistics' ? 'bone' : 'position',
    targets,
    width: targets.length || 3,
    statistics,
    chunks: 'chunks' in step ? step.chunks : 0,
    isSteps: isSteps === 1,
  };
}

/** The parent of each joint; −1 of the root. */
export function parentsOf({ joints, bones }: Skeleton): number[] {
  return joints.map((_, joint) => bones.find(([child]) => child === joint)?.[1] ?? -1);
}

import { type ChannelStep, targetsOf } from '../runtime/skeleton/channels.js';
import type { Preprocessing } from '../runtime/skeleton/pipeline.js';
import type { Skeleton } from '../runtime/skeleton/skeleton.js';

/**
 * Features that are zero in every sequence, before standardisation: 1 in [nodes][channels]. The joint without a parent
 * has no bone, a joint is at no distance from itself, and the root stands at the origin of a frame of reference.
 */
export function zeroFeatures({ pose, channels }: Preprocessing, skeleton: Skeleton, persons: number): Uint8Array {
  const { root } = skeleton.anchors;
  const isOrigin = pose.some(
    ({ step, ...own }) => step === 'body-frame' || ('persons' in own && own.persons === 'each'),
  );
  const still = isOrigin && root.length === 1 ? root[0] : -1;
  const nodes = Array.from({ length: persons * skeleton.joints.length }, (_, node) =>
    channels.flatMap((step) => zerosOf(step, node, skeleton, persons, still)),
  );
  return Uint8Array.from(nodes.flat());
}

/** Which channels of a step are zero for a node; `still` is the joint that never leaves the origin. */
function zerosOf(step: ChannelStep, node: number, skeleton: Skeleton, persons: number, still: number): number[] {
  const { joints, bones } = skeleton;
  const joint = node % joints.length;
  const all = (zero: boolean, count: number) => Array<number>(count).fill(zero ? 1 : 0);
  switch (step.step) {
    case 'positions':
      return all(joint === still, 3 * step.chunks);
    case 'velocities':
      return all(joint === still, 3 * (step.chunks - 1));
    case 'statistics':
      return all(joint === still, 12);
    case 'bone-statistics':
      return all(!bones.some(([child]) => child === joint), 12);
    case 'distances': {
      const targets = targetsOf(step.joints, skeleton, persons);
      return Array.from({ length: 4 + step.chunks }, () => targets.map((target) => (target === node ? 1 : 0))).flat();
    }
  }
}

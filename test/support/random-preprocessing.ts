import fc from 'fast-check';
import { Random } from '../../src/core/random.js';
import type { ChannelStep, StillChannelName } from '../../src/runtime/skeleton/channels.js';
import type { Preprocessing } from '../../src/runtime/skeleton/pipeline.js';
import type { PoseStep } from '../../src/runtime/skeleton/pose.js';
import type { SkeletonSequence } from '../../src/runtime/skeleton/sequence.js';

const chunks = fc.constantFrom(2, 4, 8);

/** Every pose step but `resample`, which each pipeline has once; a new step has to be tried here too. */
const poseSteps: { readonly [Name in Exclude<PoseStep['step'], 'resample'>]: fc.Arbitrary<PoseStep & { step: Name }> } =
  {
    'order-persons': fc.record({ step: fc.constant('order-persons' as const) }),
    center: fc.record({
      step: fc.constant('center' as const),
      persons: fc.constantFrom('each' as const, 'all' as const),
      scale: fc.constantFrom('none' as const, 'spine' as const),
    }),
    'body-frame': fc.record({ step: fc.constant('body-frame' as const), up: fc.constantFrom('spine', 'x', 'y', 'z') }),
    heading: fc.record({
      step: fc.constant('heading' as const),
      up: fc.constantFrom('x' as const, 'y' as const, 'z' as const),
    }),
  };

/** Every channel step without time. */
const channelSteps: { readonly [Name in StillChannelName]: fc.Arbitrary<ChannelStep & { step: Name }> } = {
  positions: fc.record({ step: fc.constant('positions' as const), chunks }),
  velocities: fc.record({ step: fc.constant('velocities' as const), chunks }),
  statistics: fc.record({ step: fc.constant('statistics' as const) }),
  'bone-statistics': fc.record({ step: fc.constant('bone-statistics' as const) }),
  distances: fc.record({
    step: fc.constant('distances' as const),
    joints: fc.constant(['Wrist', 'ThumbTIP', 'IndexTIP']),
    chunks,
  }),
};

const poseStep: fc.Arbitrary<PoseStep> = fc.oneof(...Object.values<fc.Arbitrary<PoseStep>>(poseSteps));
const channelStep: fc.Arbitrary<ChannelStep> = fc.oneof(...Object.values<fc.Arbitrary<ChannelStep>>(channelSteps));

/** Steps of hands in any order, around `resample`. */
export const preprocessings: fc.Arbitrary<Preprocessing> = fc
  .tuple(
    fc.array(poseStep, { maxLength: 2 }),
    fc.constantFrom(8, 16, 40),
    fc.array(poseStep, { maxLength: 2 }),
    fc.array(channelStep, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(undefined, undefined, 2 as const, 3 as const),
  )
  .map(([before, frames, after, channels, dimensions]) => ({
    pose: [...before, { step: 'resample', frames }, ...after],
    channels,
    ...(dimensions && { dimensions }),
  }));

/**
 * Sequences of moving hands, or of other joints, 2 to 60 frames long. Of each five, one loses some joints in some frames, one loses frames, one a
 * joint and its parent throughout, and one its first person in every frame and the root in one.
 */
export function randomSequences(count: number, persons: number, seed: number, joints = 21): SkeletonSequence[] {
  const random = new Random(seed, 1);
  return Array.from({ length: count }, (_, i) => {
    const frames = 2 + random.integer(59);
    const positions = Float32Array.from({ length: frames * persons * joints * 3 }, (_, i) => {
      const place = i % (persons * joints * 3);
      return Math.sin(place) + 0.3 * Math.sin(i / 999 + place) + 0.05 * random.normal();
    });
    lose[i % 5]?.({ frames, persons, joints, positions }, random);
    return { frames, persons, joints, positions };
  });
}

type Loss = (sequence: SkeletonSequence, random: Random) => void;

const lose: Readonly<Record<number, Loss>> = {
  1: (sequence, random) => loseWhere(sequence, () => random.uniform() < 0.3),
  2: (sequence, random) => {
    const frames = Array.from({ length: sequence.frames }, () => random.uniform() < 0.4);
    loseWhere(sequence, (frame) => frames[frame]);
  },
  3: (sequence) => loseWhere(sequence, (_, __, joint) => joint === 0 || joint === 7 || joint === 8),
  4: (sequence) => loseWhere(sequence, (frame, person, joint) => person === 0 || (frame === 1 && joint === 0)),
};

function loseWhere(
  { persons, joints, positions }: SkeletonSequence,
  isLost: (frame: number, person: number, joint: number) => boolean,
): void {
  for (let node = 0; node < positions.length / 3; node++) {
    const pose = Math.floor(node / joints);
    const lost = isLost(Math.floor(pose / persons), pose % persons, node % joints);
    if (lost) positions.fill(Number.NaN, node * 3, node * 3 + 3);
  }
}

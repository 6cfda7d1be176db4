import { expect, test } from 'vitest';
import type { ChannelStep } from './channels.js';
import { Pipeline } from './pipeline.js';
import type { Skeleton } from './sequence.js';

const skeleton: Skeleton = {
  joints: ['root', 'tip'],
  bones: [[1, 0]],
  anchors: { root: [0], top: [1], left: [1], right: [0] },
};

function pipelineOf(...channels: ChannelStep[]): Pipeline {
  return new Pipeline({ pose: [{ step: 'resample', frames: 4 }], channels }, skeleton, 1);
}

test.each<[number, ChannelStep[]]>([
  [1, [{ step: 'positions', chunks: 1 }]],
  [2, [{ step: 'positions', chunks: 2 }]],
  [2, [{ step: 'velocities', chunks: 2 }]],
  [2, [{ step: 'statistics' }]],
  [2, [{ step: 'positions', chunks: 1 }, { step: 'bone-statistics' }]],
  [2, [{ step: 'distances', joints: ['tip'], chunks: 1 }]],
])('at least %i frames for %j', (frames, channels) => {
  expect(pipelineOf(...channels).leastFrames).toBe(frames);
});

test.each([
  ['no resample', []],
  ['two of them', [{ step: 'resample', frames: 4 } as const, { step: 'resample', frames: 4 } as const]],
])('%s is refused', (_, pose) => {
  const create = () => new Pipeline({ pose, channels: [{ step: 'positions', chunks: 1 }] }, skeleton, 1);
  expect(create).toThrow('pose: expected one resample');
});

test('features are those of the clip, a node after the other', () => {
  const positions = Float32Array.of(0, 0, 0, 1, 2, 3, 2, 0, 0, 3, 2, 5);
  const pipeline = pipelineOf({ step: 'positions', chunks: 1 });
  const features = pipeline.features({ frames: 2, persons: 1, joints: 2, positions });
  expect([...features]).toEqual([1, 0, 0, 2, 2, 4]); // means over time of x, y, z of root, then of tip
});

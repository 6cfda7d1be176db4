import { expect, test } from 'vitest';
import { Random } from '../core/random.js';
import { Pipeline, type Preprocessing } from '../runtime/skeleton/pipeline.js';
import '../runtime/temporal-kinds.js';
import { kinectV1Joints15 } from './layouts/kinect-v1-15.js';
import { kinectV2 } from './layouts/kinect-v2.js';
import { zeroFeatures } from './zero-features.js';

const channels: Preprocessing['channels'] = [
  { step: 'positions', chunks: 2 },
  { step: 'velocities', chunks: 4 },
  { step: 'statistics' },
  { step: 'bone-statistics' },
  { step: 'distances', joints: ['Head', 'HandLeft'], chunks: 2 },
];

const channelsOfFrames: Preprocessing['channels'] = [
  { step: 'frame-positions' },
  { step: 'frame-relative' },
  { step: 'frame-bones' },
  { step: 'frame-velocities' },
];

const poses: Preprocessing['pose'][] = [
  [{ step: 'resample', frames: 8 }],
  [
    { step: 'resample', frames: 8 },
    { step: 'body-frame', up: 'spine' },
  ],
  [
    { step: 'resample', frames: 8 },
    { step: 'heading', up: 'y' },
  ],
  [{ step: 'order-persons' }, { step: 'center', persons: 'each', scale: 'spine' }, { step: 'resample', frames: 8 }],
  [
    { step: 'resample', frames: 8 },
    { step: 'center', persons: 'all', scale: 'none' },
  ],
];

test.each(poses)('exactly the features that are zero in random sequences: %j', (...pose) => {
  const random = new Random(3);
  for (const [layout, persons, steps] of [
    [kinectV2, 1, channels],
    [kinectV1Joints15, 2, channels],
    [kinectV2, 1, channelsOfFrames],
    [kinectV1Joints15, 2, channelsOfFrames],
  ] as const) {
    const joints = layout.joints.length;
    const named = steps.map((step) => (step.step === 'distances' ? { ...step, joints: [layout.joints[3]] } : step));
    const preprocessing = { pose, channels: named };
    const pipeline = new Pipeline(preprocessing, layout, persons);
    const seen = new Uint8Array(pipeline.nodes * pipeline.channels);
    for (let i = 0; i < 3; i++) {
      const positions = new Float32Array(11 * persons * joints * 3).map(() => random.normal());
      const features = pipeline.features({ frames: 11, persons, joints, positions });
      for (const [at, value] of features.entries()) if (value !== 0) seen[at % seen.length] = 1;
    }
    expect(zeroFeatures(preprocessing, layout, persons)).toEqual(seen.map((one) => 1 - one));
  }
});

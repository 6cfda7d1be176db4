import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import { type ChannelStep, channelSteps } from '../../runtime/skeleton/channels.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { augmentationSchema, augmentClip } from '../../skeleton/augmentation.js';
import { kinectV1Joints15 } from '../../skeleton/layouts/kinect-v1-15.js';
import { SampleRows } from './sample-rows.js';

const FRAMES = 12;
const { joints, anchors, bones } = kinectV1Joints15;
const context = { mirror: joints.map((_, i) => (i * 7) % joints.length), classes: ['one'], anchors, bones };

const step: fc.Arbitrary<ChannelStep> = fc.record({
  step: fc.constantFrom(...(Object.keys(channelSteps) as ChannelStep['step'][])),
  chunks: fc.constantFrom(1, 2, 4, 6),
  joints: fc.subarray(
    ['Head', 'LeftHand', 'Torso'].filter((name) => joints.includes(name)),
    { minLength: 1 },
  ),
}) as fc.Arbitrary<never>;

const augmentation = v.parse(v.array(augmentationSchema), [
  { step: 'mirror', persons: 'swap' },
  { step: 'time-warp', crop: 0.2, bend: 0.3 },
  { step: 'amplitude', least: 0.5, most: 2 },
  { step: 'rotate', angle: 1 },
  { step: 'scale', amount: 0.2 },
  { step: 'body', deviation: 0.1 },
  { step: 'jitter', deviation: 0.1 },
  { step: 'lose', joints: 0.2, frames: 0.1 },
]);

test('clips are changed and described to the bit as augmentation and pipeline do it, clip after clip', () => {
  const property = fc.property(
    fc.integer(),
    fc.integer({ min: 1, max: 2 }),
    fc.array(step, { minLength: 1, maxLength: 5 }),
    fc.constantFrom(2 as const, 3 as const),
    (seed, persons, channels, dimensions) => {
      const chosen = channels.map((one) =>
        one.step === 'velocities' && one.chunks === 1 ? { ...one, chunks: 2 } : one,
      );
      const pose = [{ step: 'resample', frames: FRAMES }] as const;
      const pipeline = new Pipeline({ pose, channels: chosen, dimensions }, kinectV1Joints15, persons);
      const rows = new SampleRows(pipeline, 0);
      for (let sample = 0; sample < 3; sample++) {
        const random = new Random(seed, sample);
        const positions = Float32Array.from({ length: FRAMES * pipeline.nodes * 3 }, () => random.normal());
        rows.clip.positions.set(positions);
        augmentClip(augmentation, rows.clip, 0, new Random(seed, sample), context, rows.changes);
        rows.writeFeatures();
        const clip = { frames: FRAMES, nodes: pipeline.nodes, positions };
        augmentClip(augmentation, clip, 0, new Random(seed, sample), context);
        expect(rows.clip.positions).toEqual(positions);
        const features = new Float32Array(pipeline.nodes * pipeline.channels);
        pipeline.writeFeatures(clip, features);
        expect(rows.features).toEqual(features);
      }
    },
  );
  fc.assert(property, { numRuns: 60, seed: 1 });
});

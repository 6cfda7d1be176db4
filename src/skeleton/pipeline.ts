import { z } from 'zod';
import type { Random } from '../core/random.js';
import type { Clip } from './clip.js';
import type { Layout } from './layout.js';
import type { SkeletonSequence } from './sequence.js';
import { type AugmentationContext, augment, augmentationSchema } from './steps/augmentation.js';
import { type ChannelGroup, channelStepSchema, createChannels } from './steps/channels.js';
import { applyPoseStep, poseStepSchema } from './steps/pose.js';

/** From a recorded sequence to the network's input, as named steps that are stored with the model. */
export const preprocessingSchema = z.strictObject({
  /** Sequence to normalised sequence; one of them must be `resample`. */
  pose: z.array(poseStepSchema).min(1),
  /** Normalised sequence to channels of each node. */
  channels: z.array(channelStepSchema).min(1),
});

export const augmentationsSchema = z.array(augmentationSchema);

export type Preprocessing = z.output<typeof preprocessingSchema>;
export type Augmentations = z.output<typeof augmentationsSchema>;

/** A skeleton pipeline: recorded sequence → clip (→ augmented clip) → features [nodes][channels]. */
export class Pipeline {
  readonly nodes: number;
  readonly channels: number;
  /** Frames of a clip. */
  readonly frames: number;
  private readonly options: Preprocessing;
  private readonly layout: Layout;
  private readonly groups: readonly ChannelGroup[];

  /** @param persons persons of every sequence */
  constructor(options: Preprocessing, layout: Layout, persons: number) {
    this.options = options;
    this.layout = layout;
    this.frames = clipFrames(options);
    this.nodes = persons * layout.joints.length;
    const context = { layout, persons, frames: this.frames };
    this.groups = options.channels.map((step) => createChannels(step, context));
    this.channels = this.groups.reduce((sum, group) => sum + group.channels, 0);
  }

  /** Applies the pose steps. */
  clip(sequence: SkeletonSequence): Clip {
    const posed = this.options.pose.reduce((now, step) => applyPoseStep(step, now, this.layout), sequence);
    return { frames: posed.frames, nodes: this.nodes, positions: posed.positions };
  }

  /** Writes the features of a clip, [nodes][channels]. */
  writeFeatures(clip: Clip, out: Float32Array): void {
    let offset = 0;
    for (const group of this.groups) {
      group.write(clip, out, offset, this.channels);
      offset += group.channels;
    }
  }

  /** The features of a recorded sequence, [nodes][channels]. */
  features(sequence: SkeletonSequence): Float32Array {
    const out = new Float32Array(this.nodes * this.channels);
    this.writeFeatures(this.clip(sequence), out);
    return out;
  }
}

/** Applies augmentations to a clip in place; returns its label. */
export function augmentClip(
  steps: Augmentations,
  clip: Clip,
  label: number,
  random: Random,
  context: AugmentationContext,
): number {
  return steps.reduce((now, step) => augment(step, clip, now, random, context), label);
}

function clipFrames({ pose }: Preprocessing): number {
  const resampling = pose.find((step) => step.step === 'resample');
  if (resampling === undefined) throw new RangeError('preprocessing.pose needs a step "resample"');
  return resampling.frames;
}

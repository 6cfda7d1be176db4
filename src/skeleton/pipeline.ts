import { z } from 'zod';
import type { Random } from '../core/random.js';
import { type AugmentationContext, augment, augmentationSchema } from './augmentation.js';
import type { Clip } from './clip.js';
import { channelStepSchema } from './schemas/channels.js';
import { poseStepSchema } from './schemas/pose.js';

export { Pipeline, type Preprocessing } from '../runtime/skeleton/pipeline.js';

/** From a recorded sequence to the network's input, as named steps that are stored with the model. */
export const preprocessingSchema = z.strictObject({
  /** Sequence to normalised sequence; one of them must be `resample`. */
  pose: z.array(poseStepSchema).min(1),
  /** Normalised sequence to channels of each node. */
  channels: z.array(channelStepSchema).min(1),
});

export const augmentationsSchema = z.array(augmentationSchema);

export type Augmentations = z.output<typeof augmentationsSchema>;

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

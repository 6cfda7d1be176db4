import { z } from 'zod';
import type { PoseStep } from '../../runtime/skeleton/pose.js';

/** Steps from a recorded sequence to a normalised one. */
export const poseStepSchema = z.discriminatedUnion('step', [
  /** The person who stands left (smaller x of the root in the first frames) becomes the first. */
  z.strictObject({ step: z.literal('order-persons') }),
  /** Averages over equal spans of time, to a fixed number of frames. */
  z.strictObject({ step: z.literal('resample'), frames: z.int().min(2).max(1024) }),
  /**
   * Moves the origin, without rotation: to each person's own root in every frame (`each`), or to the mean root of all
   * persons and frames (`all`). `scale: spine` divides by the mean distance root → top.
   */
  z.strictObject({
    step: z.literal('center'),
    persons: z.enum(['each', 'all']).default('each'),
    scale: z.enum(['none', 'spine']).default('none'),
  }),
  /**
   * One frame of reference for the whole sequence, from the mean pose of each person: side axis right → left, up axis
   * along the spine or the vertical; scaled by the distance root → top. Each frame's origin is its root.
   */
  z.strictObject({
    step: z.literal('body-frame'),
    up: z.enum(['spine', 'x', 'y', 'z']).default('spine'),
  }),
]) satisfies z.ZodType<PoseStep>;

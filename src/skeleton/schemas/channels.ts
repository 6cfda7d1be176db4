import { z } from 'zod';
import type { ChannelStep } from '../../runtime/skeleton/channels.js';

const chunks = z.int().min(1).max(256);

/** Steps that describe a clip's nodes by numbers, one group of channels each. */
export const channelStepSchema = z.discriminatedUnion('step', [
  /** Mean position in each of `chunks` parts of the clip. */
  z.strictObject({ step: z.literal('positions'), chunks }),
  /** Difference of the mean positions of neighbouring parts. */
  z.strictObject({ step: z.literal('velocities'), chunks: chunks.min(2) }),
  /** Mean, standard deviation, least and greatest of each coordinate over time. */
  z.strictObject({ step: z.literal('statistics') }),
  /** The same of the vector from each joint's parent to the joint. */
  z.strictObject({ step: z.literal('bone-statistics') }),
  /** Distances to named joints (of every person): their statistics over time and their means in each part. */
  z.strictObject({ step: z.literal('distances'), joints: z.array(z.string()).min(1), chunks }),
]) satisfies z.ZodType<ChannelStep>;

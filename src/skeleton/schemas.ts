/**
 * Preprocessing as recipes and files write it: a list of pose steps, from a recorded sequence to a normalised one, and a
 * list of channel steps, from that to the numbers of each node. What a step does is in runtime/skeleton/; here is what it
 * may be told, its defaults, and whether the steps of a list fit each other.
 */
import * as z from 'zod/mini';
import { MOST_FRAMES, MOST_STEPS } from '../runtime/file/limits.js';
import type { ChannelName, ChannelStepOf } from '../runtime/skeleton/channels.js';
import type { Preprocessing } from '../runtime/skeleton/pipeline.js';
import type { PoseName, PoseStepOf } from '../runtime/skeleton/pose.js';
import type { Layout } from './layouts/layout.js';

/** The options of every pose step. */
const poseSchemas = {
  /** The person who stands left (smaller x of the root in the first frames) becomes the first. */
  'order-persons': z.strictObject({ step: z.literal('order-persons') }),
  /** Averages over equal spans of time, to a fixed number of frames. */
  resample: z.strictObject({
    step: z.literal('resample'),
    frames: z.int().check(z.minimum(2), z.maximum(MOST_FRAMES)),
  }),
  /**
   * Moves the origin, without rotation: to each person's own root in every frame (`each`), or to the mean root of all
   * persons and frames (`all`). `scale: spine` divides by the mean distance root → top.
   */
  center: z.strictObject({
    step: z.literal('center'),
    persons: z._default(z.enum(['each', 'all']), 'each'),
    scale: z._default(z.enum(['none', 'spine']), 'none'),
  }),
  /**
   * One frame of reference for the whole sequence, from the mean pose of each person: side axis right → left, up axis
   * along the spine or the vertical; scaled by the distance root → top. Each frame's origin is its root.
   */
  'body-frame': z.strictObject({
    step: z.literal('body-frame'),
    up: z._default(z.enum(['spine', 'x', 'y', 'z']), 'spine'),
  }),
  /**
   * Turns the whole sequence, all persons together, once about the vertical `up`: the side axis right → left of the first
   * person in the first frames becomes x, up y, forward z. It moves no origin, and later turns of the body stay.
   */
  heading: z.strictObject({ step: z.literal('heading'), up: z._default(z.enum(['x', 'y', 'z']), 'y') }),
} satisfies { readonly [Name in PoseName]: z.ZodMiniType<PoseStepOf<Name>> };

const chunks = z.int().check(z.minimum(1), z.maximum(256));

/** The options of every channel step: one group of channels each. */
const channelSchemas = {
  /** Mean position in each of `chunks` parts of the clip. */
  positions: z.strictObject({ step: z.literal('positions'), chunks }),
  /** Difference of the mean positions of neighbouring parts. */
  velocities: z.strictObject({ step: z.literal('velocities'), chunks: chunks.check(z.minimum(2)) }),
  /** Mean, standard deviation, least and greatest of each coordinate over time. */
  statistics: z.strictObject({ step: z.literal('statistics') }),
  /** The same of the vector from each joint's parent to the joint. */
  'bone-statistics': z.strictObject({ step: z.literal('bone-statistics') }),
  /** Distances to named joints (of every person): their statistics over time and their means in each part. */
  distances: z.strictObject({
    step: z.literal('distances'),
    joints: z.array(z.string()).check(z.minLength(1)),
    chunks,
  }),
  /** Over time: the position in every frame; that from the root; that from the parent; the step from the frame before. */
  'frame-positions': z.strictObject({ step: z.literal('frame-positions') }),
  'frame-relative': z.strictObject({ step: z.literal('frame-relative') }),
  'frame-bones': z.strictObject({ step: z.literal('frame-bones') }),
  'frame-velocities': z.strictObject({ step: z.literal('frame-velocities') }),
} satisfies { readonly [Name in ChannelName]: z.ZodMiniType<ChannelStepOf<Name>> };

type PoseSchema = (typeof poseSchemas)[PoseName];
type ChannelSchema = (typeof channelSchemas)[ChannelName];

/** From a recorded sequence to the network's input, as named steps that are stored with the model. */
export const preprocessingSchema = z.strictObject({
  /** Sequence to normalised sequence; one of them must be `resample`. */
  pose: z
    .array(z.discriminatedUnion('step', Object.values(poseSchemas) as [PoseSchema, ...PoseSchema[]]))
    .check(z.minLength(1), z.maxLength(MOST_STEPS)),
  /** Normalised sequence to channels of each node. */
  channels: z
    .array(z.discriminatedUnion('step', Object.values(channelSchemas) as [ChannelSchema, ...ChannelSchema[]]))
    .check(z.minLength(1), z.maxLength(MOST_STEPS)),
  /** Coordinates that channels look at: 2 are x and y. By default 2 where the data have no depth, else 3. */
  dimensions: z.optional(z.literal([2, 3])),
});

/** What is wrong with preprocessing steps that are each valid. */
export interface PreprocessingFault {
  /** Path of the key, as in a recipe. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** Finds the first step that does not fit the others or the layout. */
export function findPreprocessingFault(
  { pose, channels }: Preprocessing,
  layout?: Layout,
): PreprocessingFault | undefined {
  const [resampling, ...others] = pose.filter((step) => step.step === 'resample');
  if (resampling === undefined || others.length > 0) {
    return {
      place: 'preprocessing.pose',
      expected: 'one step "resample"',
      found: pose.map(({ step }) => step).join(', ') || 'no step',
    };
  }
  const { frames } = resampling;
  const over = channels.filter(({ step }) => step.startsWith('frame-')).length;
  if (over > 0 && over < channels.length) {
    return {
      place: 'preprocessing.channels',
      expected: 'steps of frames alone ("frame-…"), or none of them',
      found: channels.map(({ step }) => step).join(', '),
    };
  }
  for (const [i, step] of channels.entries()) {
    const place = `preprocessing.channels[${i}]`;
    if ('chunks' in step && frames % step.chunks !== 0) {
      const expected = `a number of chunks that divides the ${frames} resampled frames`;
      return { place: `${place}.chunks`, expected, found: String(step.chunks) };
    }
    const unknown =
      'joints' in step ? step.joints.find((joint) => layout?.joints.includes(joint) === false) : undefined;
    if (layout !== undefined && unknown !== undefined) {
      return {
        place: `${place}.joints`,
        expected: `joints of ${layout.name}: ${layout.joints.join(', ')}`,
        found: unknown,
      };
    }
  }
  return undefined;
}

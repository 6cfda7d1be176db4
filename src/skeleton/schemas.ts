/**
 * Preprocessing as recipes and files write it: a list of pose steps, from a recorded sequence to a normalised one, and a
 * list of channel steps, from that to the numbers of each node. What a step does is in runtime/skeleton/; here is what it
 * may be told, its defaults, and whether the steps of a list fit each other.
 */
import * as v from 'valibot';
import { MOST_FRAMES, MOST_STEPS } from '../runtime/file/limits.js';
import type { ChannelName, ChannelStepOf } from '../runtime/skeleton/channels.js';
import type { Preprocessing } from '../runtime/skeleton/pipeline.js';
import type { PoseName, PoseStepOf } from '../runtime/skeleton/pose.js';
import type { Layout } from './layouts/layout.js';
import { int, strictObject, variant } from './shapes.js';

/** The options of every pose step. */
const poseSchemas = {
  /** The person who stands left (smaller x of the root in the first frames) becomes the first. */
  'order-persons': strictObject({ step: v.literal('order-persons') }),
  /** Averages over equal spans of time, to a fixed number of frames. */
  resample: strictObject({
    step: v.literal('resample'),
    frames: v.pipe(int, v.minValue(2), v.maxValue(MOST_FRAMES)),
  }),
  /**
   * Moves the origin, without rotation: to each person's own root in every frame (`each`), or to the mean root of all
   * persons and frames (`all`). `scale: spine` divides by the mean distance root → top.
   */
  center: strictObject({
    step: v.literal('center'),
    persons: v.optional(v.picklist(['each', 'all']), 'each'),
    scale: v.optional(v.picklist(['none', 'spine']), 'none'),
  }),
  /**
   * One frame of reference for the whole sequence, from the mean pose of each person: side axis right → left, up axis
   * along the spine or the vertical; scaled by the distance root → top. Each frame's origin is its root.
   */
  'body-frame': strictObject({
    step: v.literal('body-frame'),
    up: v.optional(v.picklist(['spine', 'x', 'y', 'z']), 'spine'),
  }),
  /**
   * Turns the whole sequence, all persons together, once about the vertical `up`: the side axis right → left of the first
   * person in the first frames becomes x, up y, forward z. It moves no origin, and later turns of the body stay.
   */
  heading: strictObject({ step: v.literal('heading'), up: v.optional(v.picklist(['x', 'y', 'z']), 'y') }),
} satisfies { readonly [Name in PoseName]: v.GenericSchema<unknown, PoseStepOf<Name>> };

const chunks = v.pipe(int, v.minValue(1), v.maxValue(256));

/** The options of every channel step: one group of channels each. */
const channelSchemas = {
  /** Mean position in each of `chunks` parts of the clip. */
  positions: strictObject({ step: v.literal('positions'), chunks }),
  /** Difference of the mean positions of neighbouring parts. */
  velocities: strictObject({ step: v.literal('velocities'), chunks: v.pipe(chunks, v.minValue(2)) }),
  /** Mean, standard deviation, least and greatest of each coordinate over time. */
  statistics: strictObject({ step: v.literal('statistics') }),
  /** The same of the vector from each joint's parent to the joint. */
  'bone-statistics': strictObject({ step: v.literal('bone-statistics') }),
  /** Distances to named joints (of every person): their statistics over time and their means in each part. */
  distances: strictObject({
    step: v.literal('distances'),
    joints: v.pipe(v.array(v.string()), v.minLength(1)),
    chunks,
  }),
  /** Over time: the position in every frame; that from the root; that from the parent; the step from the frame before. */
  'frame-positions': strictObject({ step: v.literal('frame-positions') }),
  'frame-relative': strictObject({ step: v.literal('frame-relative') }),
  'frame-bones': strictObject({ step: v.literal('frame-bones') }),
  'frame-velocities': strictObject({ step: v.literal('frame-velocities') }),
} satisfies { readonly [Name in ChannelName]: v.GenericSchema<unknown, ChannelStepOf<Name>> };

type PoseSchema = (typeof poseSchemas)[PoseName];
type ChannelSchema = (typeof channelSchemas)[ChannelName];

/** From a recorded sequence to the network's input, as named steps that are stored with the model. */
export const preprocessingSchema = strictObject({
  /** Sequence to normalised sequence; one of them must be `resample`. */
  pose: v.pipe(
    v.array(variant('step', Object.values(poseSchemas) as [PoseSchema, ...PoseSchema[]])),
    v.minLength(1),
    v.maxLength(MOST_STEPS),
  ),
  /** Normalised sequence to channels of each node. */
  channels: v.pipe(
    v.array(variant('step', Object.values(channelSchemas) as [ChannelSchema, ...ChannelSchema[]])),
    v.minLength(1),
    v.maxLength(MOST_STEPS),
  ),
  /** Coordinates that channels look at: 2 are x and y. By default 2 where the data have no depth, else 3. */
  dimensions: v.optional(v.picklist([2, 3])),
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

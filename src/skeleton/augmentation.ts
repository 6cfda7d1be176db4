import * as v from 'valibot';
import { assertNever } from '../core/errors.js';
import type { Random } from '../core/random.js';
import type { Clip, Skeleton } from '../runtime/skeleton/sequence.js';
import { type ClipChanges, plainChanges } from './clip-changes.js';
import { lose } from './lose.js';
import { int, number, record, strictObject, variant } from './shapes.js';

const share = v.pipe(number, v.minValue(0), v.maxValue(1));
const amount = v.pipe(number, v.minValue(0), v.maxValue(10));
const unit = v.optional(v.picklist(['positions', 'spine']), 'positions');

/** Random changes of a clip, in training only. */
export const augmentationSchema = variant('step', [
  /**
   * Exchanges left and right; `classes` names the class that a mirrored one becomes, `persons: swap` also exchanges the
   * first person and the last, where they are ordered from left to right.
   */
  strictObject({
    step: v.literal('mirror'),
    probability: v.optional(share, 0.5),
    classes: v.optional(record(v.string(), v.string()), {}),
    persons: v.optional(v.picklist(['keep', 'swap']), 'keep'),
  }),
  /**
   * Trains also on `each` windows of every recording, at random places and all of one length: `length` times the median
   * movement. A window shows `share` of the movement at least (or of itself, if it is shorter) and, of a segment, what was
   * recorded around it. They are chosen before the first epoch, which then has as many sequences more.
   */
  strictObject({
    step: v.literal('windows'),
    each: v.optional(v.pipe(int, v.minValue(1), v.maxValue(64)), 4),
    length: v.optional(v.pipe(amount, v.minValue(0.1)), 1),
    share: v.optional(v.pipe(share, v.minValue(0.1)), 0.6),
  }),
  /** Cuts up to `crop` of the time off each end and bends the rest by up to `bend`. */
  strictObject({ step: v.literal('time-warp'), crop: v.optional(share, 0), bend: v.optional(share, 0) }),
  /** Multiplies the movement around the mean pose by a log-uniform factor from `least` to `most`. */
  strictObject({ step: v.literal('amplitude'), least: v.pipe(amount, v.minValue(0.05)), most: amount }),
  /** Rotates around each axis, or around one of them (the vertical), by up to `angle` radians. */
  strictObject({
    step: v.literal('rotate'),
    angle: amount,
    axis: v.optional(v.picklist(['all', 'x', 'y', 'z']), 'all'),
  }),
  /** Stretches each axis by up to `amount`. */
  strictObject({ step: v.literal('scale'), amount: share }),
  /**
   * Moves each joint by a normal offset that stays for the whole clip: other bodies, other postures. `deviation` is in the
   * unit of the positions or, with `unit: spine`, a part of the clip's mean distance root → top.
   */
  strictObject({ step: v.literal('body'), deviation: amount, unit }),
  /** Adds noise of up to `deviation` to every coordinate; `unit` as in `body`. */
  strictObject({ step: v.literal('jitter'), deviation: amount, unit }),
  /**
   * Loses joints, which are filled as lost ones are: all of them in a span of up to `frames` of the clip, and up to `joints`
   * of them each in a span of its own.
   */
  strictObject({ step: v.literal('lose'), joints: v.optional(share, 0), frames: v.optional(share, 0) }),
]);

export type Augmentation = v.InferOutput<typeof augmentationSchema>;

export const augmentationsSchema = v.pipe(
  v.array(augmentationSchema),
  v.check((steps) => steps.filter(({ step }) => step === 'windows').length <= 1, 'one step windows at most'),
);

export type Augmentations = v.InferOutput<typeof augmentationsSchema>;

/** What an augmentation needs to know of the nodes and classes. */
export interface AugmentationContext {
  /** Joint index of each joint's mirror image. */
  readonly mirror: readonly number[];
  readonly classes: readonly string[];
  readonly anchors: Skeleton['anchors'];
  readonly bones: Skeleton['bones'];
}

/** Applies augmentations to a clip in place; returns its label. @param changes what the work is done by */
export function augmentClip(
  steps: Augmentations,
  clip: Clip,
  label: number,
  random: Random,
  context: AugmentationContext,
  changes: ClipChanges = plainChanges,
): number {
  return steps.reduce((now, step) => augment(step, clip, now, random, context, changes), label);
}

/** Changes a clip in place and returns its label, which only `mirror` changes. */
export function augment(
  step: Augmentation,
  clip: Clip,
  label: number,
  random: Random,
  context: AugmentationContext,
  changes: ClipChanges = plainChanges,
): number {
  switch (step.step) {
    case 'mirror':
      return mirror(step, clip, label, random, context, changes);
    case 'windows':
      break; // the clip is one already
    case 'time-warp':
      warpTime(clip, random, step.crop, step.bend, changes);
      break;
    case 'amplitude':
      changes.amplify(clip, Math.exp(random.uniform(Math.log(step.least), Math.log(step.most))));
      break;
    case 'rotate':
      for (const plane of ROTATION_PLANES[step.axis]) {
        const angle = random.uniform(-step.angle, step.angle);
        changes.rotate(clip, plane, Math.cos(angle), Math.sin(angle));
      }
      break;
    case 'scale':
      scale(
        clip,
        [0, 1, 2].map(() => 1 + random.uniform(-step.amount, step.amount)),
      );
      break;
    case 'body':
      offsetJoints(clip, random, step.deviation * lengthOf(step.unit, clip, context));
      break;
    case 'jitter':
      jitter(clip, random, step.deviation * lengthOf(step.unit, clip, context) * random.uniform(), changes);
      break;
    case 'lose':
      lose(clip, random, step, context);
      break;
    default:
      assertNever(step);
  }
  return label;
}

function mirror(
  { probability, classes: renamed, persons: order }: Extract<Augmentation, { step: 'mirror' }>,
  clip: Clip,
  label: number,
  random: Random,
  { mirror: joints, classes }: AugmentationContext,
  changes: ClipChanges,
): number {
  if (random.uniform() >= probability) return label;
  const last = clip.nodes - joints.length;
  const images = Int32Array.from({ length: clip.nodes }, (_, node) => {
    const joint = node % joints.length;
    const first = order === 'swap' ? last - (node - joint) : node - joint;
    return first + joints[joint];
  });
  changes.mirror(clip, images);
  const name = renamed[classes[label]];
  return name === undefined ? label : classes.indexOf(name);
}

/** Frame i shows the moment a + (b − a) w(i), w a sine-bent line through (0, 0) and (1, 1). */
function warpTime(clip: Clip, random: Random, crop: number, bend: number, changes: ClipChanges): void {
  const { frames } = clip;
  const [start, end] = [random.uniform(0, crop), 1 - random.uniform(0, crop)];
  const [slow, fast] = [random.uniform(-bend, bend) / Math.PI, random.uniform(-bend, bend) / (2 * Math.PI)];
  const [lows, parts] = [new Int32Array(frames), new Float64Array(frames)];
  for (let frame = 0; frame < frames; frame++) {
    const u = (frame + 0.5) / frames;
    const bent = u + slow * Math.sin(Math.PI * u) + fast * Math.sin(2 * Math.PI * u);
    const moment = Math.min(Math.max((start + (end - start) * bent) * frames - 0.5, 0), frames - 1);
    lows[frame] = Math.min(Math.floor(moment), frames - 2);
    parts[frame] = moment - lows[frame];
  }
  changes.warp(clip, lows, parts);
}

/** The planes, one after the other, of rotations around an axis. */
const ROTATION_PLANES = {
  all: [
    [0, 1],
    [1, 2],
    [0, 2],
  ],
  x: [[1, 2]],
  y: [[0, 2]],
  z: [[0, 1]],
} as const;

function scale({ positions }: Clip, factors: readonly number[]): void {
  for (let i = 0; i < positions.length; i++) positions[i] *= factors[i % 3];
}

function offsetJoints({ nodes, positions }: Clip, random: Random, deviation: number): void {
  const offsets = Float32Array.from({ length: nodes * 3 }, () => deviation * random.normal());
  for (let i = 0; i < positions.length; i++) positions[i] += offsets[i % offsets.length];
}

/** Uniform noise of the given deviation: its shape does not matter, and it is cheaper than normal noise. */
function jitter(clip: Clip, random: Random, deviation: number, changes: ClipChanges): void {
  changes.addNoise(clip, random, Math.sqrt(3) * deviation);
}

/** How long a unit is in the unit of the positions. */
function lengthOf(name: v.InferOutput<typeof unit>, clip: Clip, context: AugmentationContext): number {
  return name === 'spine' ? spineLength(clip, context) : 1;
}

/** The mean distance root → top over frames and persons. */
function spineLength({ frames, nodes, positions }: Clip, { anchors, mirror: joints }: AugmentationContext): number {
  const skeletons = (frames * nodes) / joints.length;
  let sum = 0;
  for (let skeleton = 0; skeleton < skeletons; skeleton++) {
    const place = (joint: number) => (skeleton * joints.length + joint) * 3;
    const middle = (group: readonly number[], axis: number) =>
      group.reduce((total, joint) => total + positions[place(joint) + axis] / group.length, 0);
    sum += Math.hypot(...[0, 1, 2].map((axis) => middle(anchors.top, axis) - middle(anchors.root, axis)));
  }
  return sum / skeletons;
}

import type { Shape } from '../network/products.js';
import { ChannelGroup, type ChannelStep, channelSteps } from './channels.js';
import { fillLostJoints } from './lost.js';
import { type PoseStep, poseSteps } from './pose.js';
import type { Clip, Skeleton, SkeletonSequence } from './sequence.js';
import { withoutEvenTimes } from './time.js';

/** From a recorded sequence to the network's input, as named steps that are stored with the model. */
export interface Preprocessing {
  /** Sequence to normalised sequence; one of them is `resample`. */
  readonly pose: readonly PoseStep[];
  /** Normalised sequence to channels of each node. */
  readonly channels: readonly ChannelStep[];
  /** 2: coordinates are x and y alone, as those of pictures; 3 by default. Distances are measured in all three. */
  readonly dimensions?: 2 | 3 | undefined;
}

/** A skeleton pipeline: recorded sequence → clip (→ augmented clip) → features [nodes][channels], over time [frames][nodes][channels]. */
export class Pipeline {
  /** Joints of all persons. */
  readonly nodes: number;
  readonly channels: number;
  /** What the features are to a network. */
  readonly input: Shape;
  /** Frames of a clip. */
  readonly frames: number;
  /** Frames that a recording needs: one if every channel is of still poses, else two. */
  readonly leastFrames: number;
  readonly groups: readonly ChannelGroup[];
  readonly options: Preprocessing;
  private readonly skeleton: Skeleton;
  private readonly needed: Uint8Array | undefined;
  private plan: readonly Int32Array[] | undefined;

  /**
   * @param persons persons of every sequence
   * @param needed the features that are wanted, 1 in [nodes][channels]; others may be left zero
   */
  constructor(options: Preprocessing, skeleton: Skeleton, persons: number, needed?: Uint8Array) {
    const [resampling, another] = options.pose.filter((step) => step.step === 'resample');
    if (!resampling || another) throw new RangeError('pose: expected one resample');
    this.options = options;
    this.skeleton = skeleton;
    this.needed = needed;
    this.frames = resampling.frames;
    this.leastFrames = options.channels.some((step) => step.step !== 'positions' || step.chunks > 1) ? 2 : 1;
    this.nodes = persons * skeleton.joints.length;
    const { dimensions = 3 } = options;
    this.groups = options.channels.map((step) => {
      const [, , Group = ChannelGroup] = channelSteps[step.step];
      return new Group(step, skeleton, persons, this.frames, dimensions);
    });
    this.channels = this.groups.reduce((sum, { width, count }) => sum + width * count, 0);
    const [{ frames = 1 }] = this.groups;
    this.input = { nodes: this.nodes * frames, channels: this.channels, frames };
  }

  /** Fills lost joints and applies the pose steps. @throws RangeError on infinite coordinates */
  clip(sequence: SkeletonSequence): Clip {
    const { anchors } = this.skeleton;
    const seen = fillLostJoints(withoutEvenTimes(sequence), this.skeleton);
    const posed = this.options.pose.reduce((now, step) => poseSteps[step.step](now, anchors, step as never), seen);
    return { ...posed, nodes: this.nodes };
  }

  /** Writes the features of a clip, [nodes][channels]. */
  writeFeatures({ positions }: Clip, out: Float32Array): void {
    this.plan ??= this.planSignals();
    for (const [i, group] of this.groups.entries()) group.write(this.plan[i], positions, out);
  }

  /** The features of a recorded sequence, [nodes][channels]. */
  features(sequence: SkeletonSequence): Float32Array {
    const out = new Float32Array(this.input.nodes * this.channels);
    this.writeFeatures(this.clip(sequence), out);
    return out;
  }

  /** The signals of each group, three numbers each: see ChannelGroup.write. */
  planSignals(): Int32Array[] {
    let offset = 0;
    return this.groups.map((group) => {
      const { width, count } = group;
      const plan: number[] = [];
      for (let i = 0; i < this.nodes * width; i++) {
        const w = i % width;
        const node = (i - w) / width;
        const to = node * this.channels + offset + w;
        const isNeeded = this.needed?.subarray(to, to + width * count).some((one, c) => one && c % width === 0);
        if (isNeeded ?? true) plan.push(...group.placesOf(node, w), to);
      }
      offset += width * count;
      return Int32Array.from(plan);
    });
  }
}

/** Standardised features are clamped to ± this. */
export const FEATURE_LIMIT = 6;

/** (x − mean) · inverseDeviation, the same in every frame, clamped to ± FEATURE_LIMIT, in place. */
export function standardise(features: Float32Array, mean: Float32Array, inverseDeviation: Float32Array): Float32Array {
  for (let i = 0; i < features.length; ) {
    for (let at = 0; at < mean.length; at++, i++) {
      const x = (features[i] - mean[at]) * inverseDeviation[at];
      features[i] = Math.min(Math.max(x, -FEATURE_LIMIT), FEATURE_LIMIT);
    }
  }
  return features;
}

import type { Clip, SkeletonSequence } from './sequence.js';
import type { Skeleton } from './skeleton.js';
import { type ChannelGroup, type ChannelStep, createChannels } from './steps/channels.js';
import { applyPoseStep, type PoseStep } from './steps/pose.js';

/** From a recorded sequence to the network's input, as named steps that are stored with the model. */
export interface Preprocessing {
  /** Sequence to normalised sequence; one of them is `resample`. */
  readonly pose: readonly PoseStep[];
  /** Normalised sequence to channels of each node. */
  readonly channels: readonly ChannelStep[];
}

/** A skeleton pipeline: recorded sequence → clip (→ augmented clip) → features [nodes][channels]. */
export class Pipeline {
  readonly nodes: number;
  readonly channels: number;
  /** Frames of a clip. */
  readonly frames: number;
  private readonly options: Preprocessing;
  private readonly skeleton: Skeleton;
  private readonly groups: readonly ChannelGroup[];

  /** @param persons persons of every sequence */
  constructor(options: Preprocessing, skeleton: Skeleton, persons: number) {
    this.options = options;
    this.skeleton = skeleton;
    this.frames = clipFrames(options);
    this.nodes = persons * skeleton.joints.length;
    const context = { skeleton, persons, frames: this.frames };
    this.groups = options.channels.map((step) => createChannels(step, context));
    this.channels = this.groups.reduce((sum, group) => sum + group.channels, 0);
  }

  /** Applies the pose steps. */
  clip(sequence: SkeletonSequence): Clip {
    const posed = this.options.pose.reduce((now, step) => applyPoseStep(step, now, this.skeleton), sequence);
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

function clipFrames({ pose }: Preprocessing): number {
  const resampling = pose.find((step) => step.step === 'resample');
  if (resampling === undefined) throw new RangeError('preprocessing.pose needs a step "resample"');
  return resampling.frames;
}

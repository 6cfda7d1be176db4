import { ChannelGroup, type ChannelStep, type channelSteps, type FrameStep, fillDifferences } from './channels.js';
import type { Preprocessing } from './pipeline.js';
import type { Skeleton } from './sequence.js';

/** A step that writes the coordinates of each node in every frame, [frame][node][channel]. */
class FrameGroup extends ChannelGroup {
  override readonly count = 1;
  override readonly parents: ReadonlyMap<number, number> | undefined;
  override readonly frames: number;

  constructor(step: ChannelStep, skeleton: Skeleton, persons: number, frames: number, dimensions: number) {
    super(step, skeleton, persons, frames, dimensions);
    this.frames = frames;
    this.parents = origins[step.step as FrameStep](skeleton);
  }

  /** Signals are numbers of a frame, or, of velocities, their steps from the frame before; 0 in the first. */
  override write(signals: Int32Array, positions: Float32Array, out: Float32Array): void {
    const { frames, parents, isSteps } = this;
    const [size, step] = [positions.length / frames, out.length / frames];
    const series = new Float32Array(frames);
    for (let i = 0; i < signals.length; i += 3) {
      const [a, b, to] = [signals[i], signals[i + 1], signals[i + 2]];
      if (parents) fillDifferences(series, positions, size, a, b);
      else for (let frame = 0; frame < frames; frame++) series[frame] = positions[frame * size + a];
      for (let frame = 0; frame < frames; frame++) {
        out[to + frame * step] = series[frame] - (isSteps ? series[Math.max(frame - 1, 0)] : 0);
      }
    }
  }
}

/** The joint that each joint is measured from, if it is measured from one. */
const origins: { readonly [Name in FrameStep]: (skeleton: Skeleton) => ReadonlyMap<number, number> | undefined } = {
  'frame-positions': () => undefined,
  'frame-velocities': () => undefined,
  'frame-bones': ({ bones }) => new Map(bones),
  'frame-relative': ({ joints, anchors }) => new Map(joints.map((_, joint) => [joint, anchors.root[0]])),
};

/** Channel steps of networks over time. */
export const frameSteps: { readonly [Name in FrameStep]: (typeof channelSteps)[Name] } = {
  'frame-positions': [0, 0, FrameGroup],
  'frame-relative': [0, 0, FrameGroup],
  'frame-bones': [0, 0, FrameGroup],
  'frame-velocities': [0, 1, FrameGroup],
};

/** Whether the features of a frame are the same in every window. */
export function isLocal({ pose, channels }: Preprocessing): boolean {
  return pose.every(({ step }) => step === 'resample') && channels.every(({ step }) => step !== 'frame-velocities');
}

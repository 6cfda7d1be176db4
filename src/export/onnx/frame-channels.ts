import type { FrameStep } from '../../runtime/skeleton/channels.js';
import { bones, type ChannelContext, looked } from './channels.js';
import type { GraphBuilder } from './graph-builder.js';
import { AXIS } from './pose.js';

/**
 * The channels of a step over time from a clip [batch][persons][frames][joints][3]: [batch][persons][frames][joints][channels];
 * runtime/skeleton/frame-channels.ts defines what each step does.
 */
export function addFrameStep(g: GraphBuilder, step: FrameStep, clip: string, context: ChannelContext): string {
  return frameSteps[step](g, looked(g, clip, context), context);
}

const frameSteps: {
  readonly [Name in FrameStep]: (g: GraphBuilder, clip: string, context: ChannelContext) => string;
} = {
  'frame-positions': (_, clip) => clip,
  'frame-relative': (g, clip, { skeleton: { anchors } }) =>
    g.add('Sub', [clip, g.gather(clip, [anchors.root[0]], AXIS.joints)]),
  'frame-bones': (g, clip, { skeleton }) => bones(g, clip, skeleton),
  // Zero in the first frame.
  'frame-velocities': (g, clip, { frames }) => {
    const before = Array.from({ length: frames }, (_, frame) => Math.max(frame - 1, 0));
    return g.add('Sub', [clip, g.gather(clip, before, AXIS.frames)]);
  },
};

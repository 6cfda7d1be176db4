import type { ChannelStep, ChannelStepOf, StillChannelName } from '../../runtime/skeleton/channels.js';
import type { Skeleton } from '../../runtime/skeleton/sequence.js';
import type { GraphBuilder } from './graph-builder.js';
import { AXIS, multiplyFrames } from './pose.js';

/** What a channel step is built for. */
export interface ChannelContext {
  readonly skeleton: Skeleton;
  readonly persons: number;
  /** Frames of a clip. */
  readonly frames: number;
  /** Coordinates that are looked at: x, y (, z). */
  readonly dimensions: number;
}

/**
 * The channels of a step from a clip [batch][persons][frames][joints][3]: [batch][persons][joints][channels];
 * runtime/skeleton/channels.ts defines what each step does.
 */
export function addChannelStep(g: GraphBuilder, step: ChannelStep, clip: string, context: ChannelContext): string {
  return channelSteps[step.step as StillChannelName](g, clip, step as never, context);
}

const channelSteps: {
  readonly [Name in StillChannelName]: (
    g: GraphBuilder,
    clip: string,
    step: ChannelStepOf<Name>,
    context: ChannelContext,
  ) => string;
} = {
  positions: (g, clip, { chunks }, context) => means(g, looked(g, clip, context), chunkMeans(context.frames, chunks)),
  velocities: (g, clip, { chunks }, context) => means(g, looked(g, clip, context), chunkSteps(context.frames, chunks)),
  statistics: (g, clip, _, context) => statistics(g, looked(g, clip, context)),
  'bone-statistics': (g, clip, _, context) => statistics(g, bones(g, looked(g, clip, context), context.skeleton)),
  distances: (g, clip, { joints, chunks }, context) => {
    const signal = distances(g, clip, joints, context);
    return g.concatenate([statistics(g, signal), means(g, signal, chunkMeans(context.frames, chunks))], LAST);
  },
};

/** The coordinates that are looked at. */
export function looked(g: GraphBuilder, clip: string, { dimensions }: ChannelContext): string {
  return dimensions === 3 ? clip : g.gather(clip, [...Array(dimensions).keys()], 4);
}

/** Axis of the channels. */
const LAST = 3;

/** Weights of a frame in a part of the time, [parts][frames]. */
type Rows = readonly (readonly number[])[];

function chunkMeans(frames: number, chunks: number): Rows {
  const span = frames / chunks;
  const row = (chunk: number) =>
    Array.from({ length: frames }, (_, f) => (Math.floor(f / span) === chunk ? 1 / span : 0));
  return Array.from({ length: chunks }, (_, chunk) => row(chunk));
}

function chunkSteps(frames: number, chunks: number): Rows {
  const rows = chunkMeans(frames, chunks);
  return rows.slice(1).map((row, i) => row.map((share, frame) => share - rows[i][frame]));
}

/** Sums of a signal over the frames with such weights, [part][width] of each node. */
function means(g: GraphBuilder, signal: string, rows: Rows): string {
  const matrix = g.floats([rows.length, rows[0].length], rows.flat());
  const parts = g.transpose(multiplyFrames(g, matrix, signal), 0, 1, 3, 2, 4);
  return g.reshape(parts, 0, 0, 0, -1);
}

/** Mean, standard deviation, least and greatest over the frames, [4][width] of each node. */
function statistics(g: GraphBuilder, signal: string): string {
  const over = [AXIS.frames];
  const mean = g.reduce('ReduceMean', signal, over);
  const distance = g.add('Sub', [signal, mean]);
  const variance = g.reduce('ReduceMean', g.add('Mul', [distance, distance]), over, 0);
  const deviation = g.add('Sqrt', [variance]);
  const least = g.reduce('ReduceMin', signal, over, 0);
  const greatest = g.reduce('ReduceMax', signal, over, 0);
  return g.concatenate([g.add('Squeeze', [mean, g.integers(AXIS.frames)]), deviation, least, greatest], LAST);
}

/** Vectors from each joint's parent; zero for the root. */
export function bones(g: GraphBuilder, clip: string, { joints, bones: pairs }: Skeleton): string {
  const parents = joints.map((_, joint) => pairs.find(([child]) => child === joint)?.[1] ?? joint);
  return g.add('Sub', [clip, g.gather(clip, parents, AXIS.joints)]);
}

/** Distances of every joint to the named joints of every person, [batch][persons][frames][joints][targets]. */
function distances(
  g: GraphBuilder,
  clip: string,
  names: readonly string[],
  { skeleton, persons }: ChannelContext,
): string {
  const named = g.gather(
    clip,
    names.map((name) => skeleton.joints.indexOf(name)),
    AXIS.joints,
  );
  const targets = g.reshape(g.transpose(named, 0, 2, 1, 3, 4), 0, 1, -1, 1, persons * names.length, 3);
  const split = g.add('Unsqueeze', [clip, g.integers(4)]);
  return g.reduce('ReduceL2', g.add('Sub', [split, targets]), [5], 0);
}

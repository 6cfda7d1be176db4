import type { Skeleton } from './sequence.js';

/**
 * Channel steps: from a clip to the numbers that describe each node.
 *
 * - Clip: positions after the pose steps, [frames][nodes][x, y, z]; node = person · joints + joint.
 * - Signal: a number of a node that changes over the frames: a coordinate, a coordinate of the bone to its parent, or the
 *   distance to another node. A step has `width` signals a node.
 * - Each signal is described by `count` channels: statistics over the frames (mean, deviation, least, greatest), then means
 *   of `chunks` equal parts of the frames, or the steps between them.
 * - Channels of a step are [count][width] within a node; those of all steps side by side.
 * - Over time, each frame has channels of its own: see frame-channels.ts.
 */

/** A step that describes a clip's nodes by numbers; see skeleton/schemas.ts for what each does. */
export type ChannelStep =
  | { readonly step: 'positions'; readonly chunks: number }
  | { readonly step: 'velocities'; readonly chunks: number }
  | { readonly step: 'statistics' }
  | { readonly step: 'bone-statistics' }
  | { readonly step: 'distances'; readonly joints: readonly string[]; readonly chunks: number }
  | { readonly step: 'frame-positions' }
  | { readonly step: 'frame-relative' }
  | { readonly step: 'frame-bones' }
  | { readonly step: 'frame-velocities' };

/** Steps of networks over time, see frame-channels.ts. */
export type FrameStep = Extract<ChannelName, `frame-${string}`>;

export type ChannelName = ChannelStep['step'];
/** Steps of networks without time. */
export type StillChannelName = Exclude<ChannelName, FrameStep>;

/** A channel step of one name. */
export type ChannelStepOf<Name extends ChannelName> = Extract<ChannelStep, { readonly step: Name }>;

/** How many statistics a step writes of a signal, whether it writes steps between means, and what its group is, if it has no chunks. */
type ChannelTraits = readonly [statistics: number, isSteps: 0 | 1, group?: typeof ChannelGroup];

/** A row for every channel step. */
type ChannelSteps = { readonly [Name in ChannelName]: ChannelTraits };

/** A step's signals, numbers that change over the frames: `width` of them a node, each described by `count` channels. */
export class ChannelGroup {
  readonly width: number;
  readonly count: number;
  readonly statistics: number;
  readonly isSteps: number;
  readonly chunks: number;
  /** The frames that have channels of their own, if they have. */
  readonly frames?: number | undefined;
  /** Of each joint, if bones are measured. */
  readonly parents: ReadonlyMap<number, number> | undefined;
  private readonly joints: number;
  private readonly nodes: number;
  /** The nodes that distances are measured to. */
  private readonly targets: readonly number[];
  private readonly series: Float32Array;

  /** Of nodes that are persons × joints, person by person. @param dimensions coordinates that are looked at: x, y (, z) */
  constructor(step: ChannelStep, skeleton: Skeleton, persons: number, frames: number, dimensions: number) {
    const { joints, bones } = skeleton;
    [this.statistics, this.isSteps] = channelSteps[step.step];
    this.joints = joints.length;
    this.nodes = persons * joints.length;
    this.chunks = 'chunks' in step ? step.chunks : 0;
    this.targets = 'joints' in step ? targetsOf(step.joints, skeleton, persons) : [];
    this.parents = step.step === 'bone-statistics' ? new Map(bones) : undefined;
    if (step.step !== 'bone-statistics')
      step.step satisfies 'positions' | 'velocities' | 'statistics' | 'distances' | FrameStep; // coordinates, or `joints` to measure to
    this.series = new Float32Array(frames);
    this.width = this.targets.length || dimensions;
    this.count = this.statistics + this.chunks - this.isSteps;
  }

  /** The two places among a frame's positions that signal w of a node is measured between; the second may be −1. */
  placesOf(node: number, w: number): [a: number, b: number] {
    const { parents, targets, joints } = this;
    if (targets.length > 0) return [node * 3, targets[w] * 3];
    const joint = node % joints;
    return [node * 3 + w, parents ? (node - joint + (parents.get(joint) ?? joint)) * 3 + w : -1];
  }

  /** Writes signals: of each two places, and where its first channel is in `out`; the others follow `width` apart. */
  write(signals: Int32Array, positions: Float32Array, out: Float32Array): void {
    const { series, statistics, chunks, isSteps, width, parents } = this;
    const size = this.nodes * 3;
    const frames = series.length;
    for (let i = 0; i < signals.length; i += 3) {
      let [values, from, stride] = [positions, signals[i], size];
      const to = signals[i + 2];
      if (signals[i + 1] >= 0) {
        (parents ? fillDifferences : fillDistances)(series, positions, size, from, signals[i + 1]);
        [values, from, stride] = [series, 0, 1];
      }
      if (statistics) writeStatistics(values, from, stride, frames, out, to, width);
      if (chunks) writeMeans(values, from, stride, frames, chunks, isSteps, out, to + statistics * width, width);
    }
  }
}

/** Those of networks over time are added by temporal.ts, in an entry of their own. */
export const channelSteps = {
  positions: [0, 0],
  velocities: [0, 1],
  statistics: [4, 0, ChannelGroup],
  'bone-statistics': [4, 0, ChannelGroup],
  distances: [4, 0],
} satisfies Partial<ChannelSteps> as unknown as ChannelSteps;

/** The named joints of every person, as nodes. */
export function targetsOf(names: readonly string[], { joints }: Skeleton, persons: number): number[] {
  const named = names.map((name) => joints.indexOf(name));
  return Array.from({ length: persons }, (_, person) => named.map((joint) => person * joints.length + joint)).flat();
}

/** Differences of the coordinates at two places, `size` values from frame to frame. */
export function fillDifferences(
  series: Float32Array,
  positions: Float32Array,
  size: number,
  a: number,
  b: number,
): void {
  for (let i = 0; i < series.length; i++, a += size, b += size) series[i] = positions[a] - positions[b];
}

/** Distances of the points at two places. */
export function fillDistances(series: Float32Array, positions: Float32Array, size: number, a: number, b: number): void {
  for (let i = 0; i < series.length; i++, a += size, b += size) {
    const x = positions[a] - positions[b];
    const y = positions[a + 1] - positions[b + 1];
    const z = positions[a + 2] - positions[b + 2];
    series[i] = Math.sqrt(x * x + y * y + z * z);
  }
}

/** Means over `chunks` equal parts of the frames, or the steps between them. */
export function writeMeans(
  values: Float32Array,
  from: number,
  stride: number,
  frames: number,
  chunks: number,
  isSteps: number,
  out: Float32Array,
  to: number,
  width: number,
): void {
  const span = frames / chunks;
  const share = 1 / span;
  let at = from;
  for (let chunk = 1, before = 0; chunk <= chunks; chunk++) {
    let mean = 0;
    for (const end = from + chunk * span * stride; at < end; at += stride)
      mean = Math.fround(mean + values[at] * share);
    if (chunk > isSteps) {
      out[to] = isSteps ? mean - before : mean;
      to += width;
    }
    before = mean;
  }
}

/** Mean, standard deviation, least and greatest over the frames. */
export function writeStatistics(
  values: Float32Array,
  from: number,
  stride: number,
  frames: number,
  out: Float32Array,
  to: number,
  width: number,
): void {
  let [sum, squares, least, greatest] = [0, 0, values[from], values[from]];
  for (let at = from, end = from + frames * stride; at < end; at += stride) {
    const value = values[at];
    sum += value;
    squares += value * value;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const mean = sum / frames;
  out[to] = mean;
  out[to + width] = Math.sqrt(Math.max(squares / frames - mean * mean, 0));
  out[to + 2 * width] = least;
  out[to + 3 * width] = greatest;
}

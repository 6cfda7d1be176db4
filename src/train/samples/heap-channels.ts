import type { Arena } from '../../kernels/arena.js';
import type { Kernels, Pointer } from '../../kernels/contract.js';
import type { ChannelGroup } from '../../runtime/skeleton/channels.js';
import type { Pipeline } from '../../runtime/skeleton/pipeline.js';

/** The channels of a pipeline as kernels write them, and where in a heap what they need is. */
export interface ChannelPlan {
  readonly frames: number;
  /** Values of a frame of the clip. */
  readonly size: number;
  /** Features of a frame, over time. */
  readonly frameSize: number;
  readonly groups: readonly GroupPlan[];
  /** Values after the features that may be written. */
  readonly spill: number;
}

/** One channel step. */
interface GroupPlan {
  readonly group: ChannelGroup;
  readonly kind: keyof typeof fillSeries;
  readonly count: number;
  /** Int32: the two places of each signal, for signals that are no coordinates. */
  readonly pairs: Pointer;
  readonly pairNumbers: Int32Array;
  /** Int32: where the first channel of each signal is, up to a whole vector of signals. */
  readonly places: Pointer;
  readonly placeNumbers: Int32Array;
  /** Float32 [frames][count, up to whole vectors] */
  readonly series: Pointer;
  readonly seriesRow: number;
}

/** Where the series of a group's signals are, [frames][count], and bytes from frame to frame. */
type Series = readonly [at: Pointer, row: number];

/** How each kind of signal is followed through the frames. */
const fillSeries = {
  coordinate: (_: Kernels, { size }: ChannelPlan, __: GroupPlan, positions: Pointer): Series => [positions, size * 4],
  difference(kernels: Kernels, { frames, size }: ChannelPlan, plan: GroupPlan, positions: Pointer): Series {
    const { pairs, count, series, seriesRow } = plan;
    kernels.differences(frames, size, pairs, count, positions, series, seriesRow);
    return [series, seriesRow];
  },
  distance(kernels: Kernels, { frames, size }: ChannelPlan, plan: GroupPlan, positions: Pointer): Series {
    const { pairs, count, series, seriesRow } = plan;
    kernels.distances(frames, size, pairs, count, positions, series, seriesRow);
    return [series, seriesRow];
  },
};

/** Lays out the channels of a pipeline that needs all of them. */
export function planChannels(arena: Arena, pipeline: Pipeline): ChannelPlan {
  const { frames, nodes, input, groups } = pipeline;
  const signals = pipeline.planSignals();
  const features = input.nodes * input.channels;
  const plans = groups.map((group, i) => planGroup(arena, group, signals[i], frames, nodes * 3, features));
  const spill = Math.max(...groups.map(({ width, count, frames: all }) => (all ? features : width * count))) + 1;
  return { frames, size: nodes * 3, frameSize: features / frames, groups: plans, spill };
}

function planGroup(
  arena: Arena,
  group: ChannelGroup,
  signals: Int32Array,
  frames: number,
  size: number,
  features: number,
): GroupPlan {
  const kind = signals[1] < 0 ? 'coordinate' : group.parents ? 'difference' : 'distance';
  const isCoordinate = kind === 'coordinate';
  const count = isCoordinate ? size : signals.length / 3;
  const whole = Math.ceil(count / 4) * 4;
  const room = isCoordinate ? 0 : whole;
  return {
    group,
    kind,
    count,
    pairs: arena.allocate(2 * room),
    pairNumbers: Int32Array.from({ length: isCoordinate ? 0 : 2 * count }, (_, i) => signals[(i >> 1) * 3 + (i & 1)]),
    places: arena.allocate(whole),
    placeNumbers: placesOf(signals, isCoordinate, whole, features),
    series: arena.allocate(frames * room),
    seriesRow: whole * 4,
  };
}

/**
 * Where the first channel of each signal is. Coordinates are read where they are, so that those that no signal looks at, the z of
 * flat data, are written past the features, as what fills the last vector is.
 */
function placesOf(signals: Int32Array, isCoordinate: boolean, whole: number, features: number): Int32Array {
  const places = new Int32Array(whole).fill(features);
  for (let i = 0; i < signals.length; i += 3) places[isCoordinate ? signals[i] : i / 3] = signals[i + 2];
  return places;
}

/** Writes what the kernels read of a plan, once. */
export function storeChannels({ heap }: Kernels, { groups }: ChannelPlan): void {
  for (const { pairs, pairNumbers, places, placeNumbers } of groups) {
    heap.ints.set(pairNumbers, pairs >> 2);
    heap.ints.set(placeNumbers, places >> 2);
  }
}

/** Writes the features of the clip at `positions`, [nodes][channels]; velocities of a first frame stay as they are, 0. */
export function writeChannels(kernels: Kernels, plan: ChannelPlan, positions: Pointer, features: Pointer): void {
  for (const of of plan.groups) {
    const { statistics, chunks, isSteps, width, frames: hasFrames } = of.group;
    const { frames, frameSize } = plan;
    const [series, row] = fillSeries[of.kind](kernels, plan, of, positions);
    if (hasFrames) {
      const first = features + isSteps * frameSize * 4;
      kernels.seriesMeans(frames, of.count, series, row, of.places, frameSize, first, frames, isSteps);
      continue;
    }
    if (statistics > 0) kernels.seriesStatistics(frames, of.count, series, row, of.places, width, features);
    const out = features + statistics * width * 4;
    if (chunks > 0) kernels.seriesMeans(frames, of.count, series, row, of.places, width, out, chunks, isSteps);
  }
}

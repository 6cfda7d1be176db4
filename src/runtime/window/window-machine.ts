import { SparseNetwork } from '../network/sparse-network.js';
import type { ChannelGroup } from '../skeleton/channels.js';
import { FEATURE_LIMIT } from '../skeleton/pipeline.js';
import type { View } from '../view.js';
import { laneAt, laneOf, type Window, type WindowStep } from './window.js';
import { type WindowKernel, WindowMemory } from './window-memory.js';
import { poseStepsOf } from './window-pose.js';
import { gatheringStage, spreadingStage, type WindowStage } from './window-stages.js';

/** The answers of a view to whole windows, from the positions to the logits, in WebAssembly: the same bits, and nothing allocated. */
export class WindowMachine {
  private readonly kernel: WindowKernel;
  private readonly steps: readonly WindowStep[];
  private readonly positions: Float32Array;
  private readonly last: Float32Array;
  private readonly places: readonly number[];
  private readonly slots: Int32Array;
  private readonly logits: Float64Array;

  /** @throws Error where there is no WebAssembly with SIMD, and on a network over time */
  constructor(view: View) {
    const { network, persons, layout, frames, pipeline } = view;
    if (!(network instanceof SparseNetwork)) throw new RangeError('view: expected a network without time');
    const joints = layout.joints.length;
    const each = Math.ceil(joints / 4) * 4;
    const plane = persons * each * 4;
    const memory = new WindowMemory();
    const size = frames * persons * joints * 3;
    const input = memory.room(size * 4);
    const window = { frames, persons, joints, each, plane, clip: memory.room(frames * 3 * plane) };
    const features = memory.room(pipeline.channels * plane);
    const wide = memory.room(pipeline.channels * plane * 2);
    const stages = stagesOf(memory, view, network, window, features, wide);
    this.steps = [
      dealingStep(window, input),
      ...poseStepsOf(memory, window, layout.anchors, pipeline.options.pose),
      ...channelSteps(memory, window, pipeline.groups, features),
      standardisingStep(memory, view, window, features, wide),
      ...stages.map(({ run }) => run),
    ];
    const { y, slots } = stages.at(-1)!;
    const { kernel, buffer } = memory.open();
    this.kernel = kernel;
    this.positions = new Float32Array(buffer, input, size);
    this.last = new Float32Array(buffer, y, Math.max(0, ...slots) + 1);
    this.slots = slots;
    this.places = network.stages.at(-1)!.places;
    this.logits = network.run(new Float32Array(network.needed.length)).slice(); // of what no weight leads to, right for all
  }

  /**
   * The logits of a window, [frames][persons][joints][x, y, z]; valid until the next run. Undefined where a joint is lost, or persons
   * have to be ordered.
   */
  run(positions: Float32Array): Float64Array | undefined {
    const { kernel, steps, places, slots, last, logits } = this;
    this.positions.set(positions);
    for (let i = 0; i < steps.length; i++) if (steps[i](kernel) === false) return undefined;
    for (let i = 0; i < places.length; i++) logits[places[i]] = last[slots[i]];
    return logits;
  }
}

/** Positions go into the lanes; false where a joint is lost. */
function dealingStep({ frames, persons, joints, each, plane, clip }: Window, input: number): WindowStep {
  const size = joints * 12;
  return (kernel) => {
    let isWhole = true;
    for (let person = 0; person < persons; person++) {
      const to = clip + person * each * 4;
      if (!kernel.deal(input + person * size, persons * size, to, plane, frames, joints)) isWhole = false;
    }
    return isWhole;
  };
}

/** Each group's channels, side by side in `features`. @throws Error on channels that it does not know */
function channelSteps(
  memory: WindowMemory,
  window: Window,
  groups: readonly ChannelGroup[],
  features: number,
): WindowStep[] {
  let out = features;
  return groups.map((group) => {
    if (group.frames) throw new RangeError('channels: expected those of windows');
    const start = out;
    out += group.count * group.width * window.plane;
    const isDistance = !group.parents && group.placesOf(0, 0)[1] >= 0;
    return (isDistance ? distancesStep : coordinatesStep)(memory, window, group, start);
  });
}

/** The channels of coordinates, or of those of bones. */
function coordinatesStep(memory: WindowMemory, window: Window, group: ChannelGroup, out: number): WindowStep {
  const { frames, plane, clip, persons, each } = window;
  const { width, statistics, chunks, isSteps, parents } = group;
  const size = width * plane;
  const series = parents ? memory.room(frames * size) : clip;
  const row = parents ? size : 3 * plane;
  const lanes = Int32Array.from({ length: persons * each }, (_, i) => i * 4);
  if (parents)
    for (let node = 0; node < persons * window.joints; node++)
      lanes[laneOf(window, node)] = 4 * laneAt(window, group.placesOf(node, 0)[1]);
  const at = memory.table(lanes);
  const isPower = isPowerOfTwo(frames / chunks);
  return (kernel) => {
    if (parents) kernel.bones(clip, plane, frames, width, at, series);
    if (statistics) kernel.summarise(series, row, size, frames, out);
    else kernel.means(series, row, size, frames, chunks, isSteps, isPower, out);
  };
}

/** The channels of distances. */
function distancesStep(memory: WindowMemory, window: Window, group: ChannelGroup, out: number): WindowStep {
  const { frames, plane, clip, each, joints } = window;
  const { width, chunks } = group;
  const bytes = frames * 3 * plane;
  const wide = memory.room(2 * bytes);
  const used = 2 * plane - 8 * (each - joints);
  const targets = memory.table(
    Int32Array.from({ length: width }, (_, w) => 8 * laneAt(window, group.placesOf(0, w)[1])),
  );
  const isPower = isPowerOfTwo(frames / chunks);
  return (kernel) => {
    kernel.widen(clip, bytes, wide);
    kernel.distances(wide, 2 * plane, used, frames, width, targets, chunks, isPower, out);
  };
}

function isPowerOfTwo(count: number): number {
  return +Number.isInteger(Math.log2(count));
}

/** Standardises all features. */
function standardisingStep(
  memory: WindowMemory,
  { pipeline: { channels, nodes }, tables }: View,
  window: Window,
  features: number,
  wide: number,
): WindowStep {
  const { persons, each, plane } = window;
  const lanes = persons * each;
  const dealt = (table: Float32Array) => {
    const out = new Float64Array(channels * lanes);
    for (let i = 0; i < nodes * channels; i++) {
      out[(i % channels) * lanes + laneOf(window, Math.floor(i / channels))] = table[i];
    }
    return memory.table(out);
  };
  const [mean, inverse] = [dealt(tables.mean), dealt(tables.inverseDeviation)];
  return (kernel) => kernel.standardise(features, channels * plane, mean, inverse, FEATURE_LIMIT, wide);
}

/** The stages of the network, the first of which reads the features. */
function stagesOf(
  memory: WindowMemory,
  { pipeline: { channels, nodes } }: View,
  { stages }: SparseNetwork,
  window: Window,
  features: number,
  wide: number,
): WindowStage[] {
  const lanes = window.persons * window.each;
  const lane = (node: number) => laneOf(window, node);
  const slots = Int32Array.from({ length: nodes * channels }, (_, i) => {
    return (i % channels) * lanes + lane(Math.floor(i / channels));
  });
  let before: Pick<WindowStage, 'y' | 'slots'> = { y: features, slots };
  return stages.map((stage, i) => {
    const spread = i === 0 ? spreadingStage(memory, stage, wide, channels, lane, lanes) : undefined;
    const laid = spread ?? gatheringStage(memory, stage, before.y, before.slots);
    before = laid;
    return laid;
  });
}

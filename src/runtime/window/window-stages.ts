import type { Stage } from '../network/sparse-network.js';
import type { WindowKernel, WindowMemory } from './window-memory.js';

/** Values that a stage computes side by side, as multiply of sparse-network.ts does. */
const LANES = 4;

/** A stage laid out in memory: what runs it, and where its values then are. */
export interface WindowStage {
  readonly run: (kernel: WindowKernel) => void;
  /** Address of y. */
  readonly y: number;
  /** Of each value of the stage, its place in y. */
  readonly slots: Int32Array;
}

/** Reads x at the places that `slots` says of each of its indices. */
export function gatheringStage(
  memory: WindowMemory,
  { bias, ends, from, weights, fold, places }: Stage,
  x: number,
  slots: ArrayLike<number>,
): WindowStage {
  const y = memory.room(bias.length * 4);
  const biasAt = memory.table(bias);
  const endsAt = memory.table(ends.map((end) => end * 4));
  const fromAt = memory.table(from.map((index) => slots[index] * 4));
  const weightsAt = memory.table(weights);
  const groups = ends.length;
  const run = (kernel: WindowKernel) => kernel.multiply(groups, biasAt, endsAt, fromAt, weightsAt, x, y, fold);
  return { run, y, slots: Int32Array.from(places, (_, i) => i) };
}

/** The weights of a value, and its bias: the same for several nodes. */
interface Row {
  readonly place: number;
  readonly bias: number;
  /** Channels and weights. */
  readonly links: (readonly [channel: number, weight: number])[];
}

/**
 * Of a stage in which each value reads the channels of one node, and many nodes have the same weights: each row of weights is run over
 * all lanes. Undefined of another stage, and where that would cost more.
 * @param wide address of x in float64
 * @param laneOf the lane of a node; @param lanes how many there are
 */
export function spreadingStage(
  memory: WindowMemory,
  stage: Stage,
  wide: number,
  channels: number,
  laneOf: (node: number) => number,
  lanes: number,
): WindowStage | undefined {
  const rows = new Map<string, Row>();
  const slots = new Int32Array(stage.places.length);
  for (const i of slots.keys()) {
    const links = linksOf(stage, i);
    const node = links.length > 0 ? Math.floor(links[0][0] / channels) : 0;
    if (links.some(([place]) => Math.floor(place / channels) !== node)) return undefined;
    const row = { bias: stage.bias[i], links: links.map(([place, weight]) => [place % channels, weight] as const) };
    const name = JSON.stringify(row);
    if (!rows.has(name)) rows.set(name, { ...row, place: rows.size });
    slots[i] = rows.get(name)!.place * lanes + laneOf(node);
  }
  const all = [...rows.values()];
  const links = all.flatMap((row) => row.links);
  if (links.length * lanes > 2 * stage.weights.length) return undefined;
  let end = 0;
  const y = memory.room(all.length * lanes * 4);
  const bias = memory.table(Float64Array.from(all, (row) => row.bias));
  const ends = memory.table(Int32Array.from(all, (row) => (end += row.links.length * 4)));
  const from = memory.table(Int32Array.from(links, ([channel]) => channel * lanes * 8));
  const weights = memory.table(Float64Array.from(links, ([, weight]) => weight));
  const run = (kernel: WindowKernel) =>
    kernel.spread(all.length, bias, ends, from, weights, wide, lanes * 8, y, stage.fold);
  return { run, y, slots };
}

/** Of a value of a stage, the indices in x and the weights, but for zeros, with which groups are filled up. */
function linksOf({ ends, from, weights }: Stage, value: number): (readonly [index: number, weight: number])[] {
  const group = Math.floor(value / LANES);
  const links: [number, number][] = [];
  for (let i = (ends[group - 1] ?? 0) + (value % LANES); i < ends[group]; i += LANES) {
    if (weights[i] !== 0) links.push([from[i], weights[i]]);
  }
  return links;
}

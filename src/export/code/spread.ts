import { outputAt } from '../../runtime/network/products.js';
import type { Program } from './program.js';
import type { SlotNetwork } from './slots.js';
import { gapsOf, type SparseProduct } from './sparse-product.js';

/**
 * A first graph convolution whose filters are used up node by node: what they give is added to the nodes that pay attention
 * to it at once, so that they are kept of one node alone. A run is the values of all filters of a head, side by side.
 */
export interface Spread {
  /** Values of a run, and of all runs that filters write of a node. */
  readonly run: number;
  readonly filters: number;
  /** Weights of each value of a node, at least one, and which channels they meet. */
  readonly filter: Readonly<Record<'counts' | 'columns' | 'weights', readonly number[]>>;
  /**
   * Weights of each run that is read, node by node, and how many values of the output are from one's first to the next's; and of
   * each run that is read which values of it are wanted, a bit each, the last of 32 for all after it, too.
   */
  readonly attention: Readonly<Record<'counts' | 'steps' | 'weights' | 'wanted', readonly number[]>>;
  /** The values of the output that are kept, and which value of a run gives to each. */
  readonly places: readonly number[];
  readonly filtersAt: readonly number[];
}

/**
 * Values of a run are in an order of their own: those that most nodes want are the first.
 * @param rank where each channel of a node is written
 * @param most the longest step of attention; a longer one is several, those before the last of a weight of zero
 */
export function spreadOf(
  { layers, live }: Program,
  { kept }: SlotNetwork,
  rank: readonly number[],
  most: number,
): Spread {
  const [first, second] = layers[0].products;
  const { width } = second.product;
  const filters = first.product.y.stride;
  const places = [...kept[2].keys()].filter((value) => kept[2][value] === 1);
  const read = readOf(second, places);
  const wanted = wantedOf(read, live.layers[0].scratch.length / width, places, width);
  const heads = filters / width;
  const isApart = read.every(({ from, to }) => from % heads === Math.floor(places[to] / width) % heads);
  const span = isApart ? filters : width;
  const order = orderOf(wanted, span, width);
  return {
    run: width,
    filters,
    filter: filterOf(first, rank, (value) => value - (value % width) + order[value % span]),
    attention: {
      ...attentionOf(read, wanted.length, most),
      wanted: wanted.flatMap((values, run) =>
        values.size > 0 ? [bitsOf([...values].map((value) => order[(run * width + value) % span]))] : [],
      ),
    },
    places,
    filtersAt: places.map((value) => order[value % span]),
  };
}

function bitsOf(values: readonly number[]): number {
  return values.reduce((bits, value) => bits | (1 << Math.min(value, 31)), 0);
}

/**
 * Where each value of some runs is in its run after those have changed places.
 * @param span values of the runs that have an order of their own: of a node, or of one run where heads are summed up
 */
function orderOf(wanted: readonly ReadonlySet<number>[], span: number, width: number): number[] {
  const counts = Array<number>(span).fill(0);
  for (const [run, values] of wanted.entries()) for (const value of values) counts[(run * width + value) % span]++;
  const sorted = [...counts.keys()].sort(
    (a, b) => Math.floor(a / width) - Math.floor(b / width) || counts[b] - counts[a] || a - b,
  );
  const order = Array<number>(span);
  for (const [place, value] of sorted.entries()) order[value] = place % width;
  return order;
}

function filterOf(
  { product, counts, columns, weights }: SparseProduct,
  rank: readonly number[],
  placeOf: (value: number) => number,
): Spread['filter'] {
  let next = 0;
  const rows = counts.map((count, row) => {
    const entries = Array.from({ length: count }, () => next++);
    return {
      at: placeOf(outputAt(product, row)),
      columns: count === 0 ? [0] : entries.map((entry) => rank[columns[entry] * product.x.row]),
      weights: count === 0 ? [0] : entries.map((entry) => weights[entry]),
    };
  });
  rows.sort((a, b) => a.at - b.at);
  return {
    counts: rows.map((row) => row.weights.length),
    columns: rows.flatMap((row) => row.columns),
    weights: rows.flatMap((row) => row.weights),
  };
}

/** A weight of attention: from a run of values to the place of the first that is kept of another. */
interface Read {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

function readOf({ product, counts, columns, weights }: SparseProduct, places: readonly number[]): Read[] {
  const { width, rows, groups, x } = product;
  const starts = startsOf(places, width);
  let next = 0;
  const entries = counts.flatMap((count, row) => {
    const [group, to] = [Math.floor(row / (rows / groups)), starts.get(outputAt(product, row) / width)];
    return Array.from({ length: count }, () => {
      const from = (group * x.group + columns[next] * x.row) / width;
      return { from, to, weight: weights[next++] };
    });
  });
  const read = entries.filter((entry): entry is Read => entry.to !== undefined);
  return read.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The values of each run that are given to places. */
function wantedOf(read: readonly Read[], runs: number, places: readonly number[], width: number): Set<number>[] {
  const wanted = Array.from({ length: runs }, () => new Set<number>());
  for (const { from, to } of read) {
    const run = Math.floor(places[to] / width);
    for (let at = to; Math.floor(places[at] / width) === run; at++) wanted[from].add(places[at] % width);
  }
  return wanted;
}

function attentionOf(
  read: readonly Read[],
  runs: number,
  most: number,
): Pick<Spread['attention'], 'counts' | 'steps' | 'weights'> {
  const packed = gapsOf(
    {
      counts: Array.from({ length: runs }, (_, run) => read.filter(({ from }) => from === run).length),
      columns: read.map(({ to }) => to),
      weights: read.map(({ weight }) => weight),
    },
    most,
  );
  return { counts: packed.counts, steps: packed.gaps, weights: packed.weights };
}

/** Of each run of which values are kept: the place of the first. */
function startsOf(places: readonly number[], width: number): Map<number, number> {
  const starts = new Map<number, number>();
  for (const [place, value] of places.entries()) {
    const run = Math.floor(value / width);
    if (!starts.has(run)) starts.set(run, place);
  }
  return starts;
}

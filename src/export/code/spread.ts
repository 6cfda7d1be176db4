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
  /** Weights of each run that is read, node by node, and how many values of the output are from one's first to the next's. */
  readonly attention: Readonly<Record<'counts' | 'steps' | 'weights', readonly number[]>>;
  /** The values of the output that are kept. */
  readonly places: readonly number[];
}

/**
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
  const places = [...kept[2].keys()].filter((value) => kept[2][value] === 1);
  return {
    run: width,
    filters: first.product.y.stride,
    filter: filterOf(first, rank),
    attention: attentionOf(second, live.layers[0].scratch.length / width, places, most),
    places,
  };
}

function filterOf({ product, counts, columns, weights }: SparseProduct, rank: readonly number[]): Spread['filter'] {
  let next = 0;
  const rows = counts.map((count, row) => {
    const entries = Array.from({ length: count }, () => next++);
    return {
      at: outputAt(product, row),
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

function attentionOf(
  { product, counts, columns, weights }: SparseProduct,
  runs: number,
  places: readonly number[],
  most: number,
): Spread['attention'] {
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
  const read = entries.filter((entry): entry is typeof entry & { to: number } => entry.to !== undefined);
  read.sort((a, b) => a.from - b.from || a.to - b.to);
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

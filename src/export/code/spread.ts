import { outputAt } from '../../runtime/network/products.js';
import type { Program } from './program.js';
import type { SlotNetwork } from './slots.js';
import type { SparseProduct } from './sparse-product.js';

/**
 * A first graph convolution whose filters are used up node by node: what they give is added to the nodes that pay attention
 * to it at once, so that they are kept of one node alone. A run is the values of all filters of a head, side by side.
 */
export interface Spread {
  /** Values of a run, and of all runs that filters write of a node. */
  readonly run: number;
  readonly filters: number;
  /** Runs of a node in the output. */
  readonly nodeRuns: number;
  /** Of each value that filters write, [nodes][filters]: whether it can be other than zero and is read. */
  readonly live: Uint8Array;
  /** Weights of each value of a node, and which channels they meet. */
  readonly filter: Readonly<Record<'counts' | 'columns' | 'weights', readonly number[]>>;
  /** Weights of each run that is read, node by node, and how many runs of the output are from one to the next. */
  readonly attention: Readonly<Record<'counts' | 'steps' | 'weights', readonly number[]>>;
  /** Where the values of each run of the output begin, and, at last, end; which of the run's filters each is. */
  readonly starts: readonly number[];
  readonly filtersOf: readonly number[];
}

/** @param rank where each channel of a node is written */
export function spreadOf({ layers, live }: Program, { kept }: SlotNetwork, rank: readonly number[]): Spread {
  const [first, second] = layers[0].products;
  const { width } = second.product;
  const filters = first.product.y.stride;
  return {
    run: width,
    filters,
    nodeRuns: layers[0].plan.output.channels / width,
    live: live.layers[0].scratch,
    filter: filterOf(first, rank),
    attention: attentionOf(second, live.layers[0].scratch.length / width),
    ...placesOf(kept[2], width),
  };
}

function filterOf({ product, counts, columns, weights }: SparseProduct, rank: readonly number[]): Spread['filter'] {
  let next = 0;
  const rows = counts.map((count, row) => {
    const entries = Array.from({ length: count }, () => next++);
    return { at: outputAt(product, row), entries };
  });
  rows.sort((a, b) => a.at - b.at);
  const entries = rows.flatMap((row) => row.entries);
  return {
    counts: rows.map((row) => row.entries.length),
    columns: entries.map((entry) => rank[columns[entry] * product.x.row]),
    weights: entries.map((entry) => weights[entry]),
  };
}

function attentionOf({ product, counts, columns, weights }: SparseProduct, runs: number): Spread['attention'] {
  const { width, rows, groups, x } = product;
  let next = 0;
  const entries = counts.flatMap((count, row) => {
    const [group, to] = [Math.floor(row / (rows / groups)), outputAt(product, row) / width];
    return Array.from({ length: count }, () => {
      const from = (group * x.group + columns[next] * x.row) / width;
      return { from, to, weight: weights[next++] };
    });
  });
  entries.sort((a, b) => a.from - b.from || a.to - b.to);
  return {
    counts: Array.from({ length: runs }, (_, run) => entries.filter(({ from }) => from === run).length),
    steps: entries.map(({ from, to }, i) => (i > 0 && entries[i - 1].from === from ? to - entries[i - 1].to : to)),
    weights: entries.map(({ weight }) => weight),
  };
}

function placesOf(kept: Uint8Array, width: number): Pick<Spread, 'starts' | 'filtersOf'> {
  const places = [...kept.keys()].filter((value) => kept[value] === 1);
  const starts = Array.from({ length: kept.length / width + 1 }, (_, run) => {
    const found = places.findIndex((value) => value >= run * width);
    return found < 0 ? places.length : found;
  });
  return { starts, filtersOf: places.map((value) => value % width) };
}

import type { Model } from '../../model/model.js';
import { dropDead } from '../../pruning/cut/keep.js';
import { type LiveLayer, liveWeights } from '../../pruning/cut/live.js';
import { type DenseGraphConvolution, type DenseTensor, type DenseUnits, denseLayers } from './dense-network.js';

/** Rows of an activation that are there: every pair of these nodes and channels. */
export interface Grid {
  readonly nodes: readonly number[];
  readonly channels: readonly number[];
}

/** A dense layer may read only some of its input's values, [nodes][channels] flat. */
export type GraphLayer = DenseGraphConvolution | (DenseUnits & { readonly reads?: readonly number[] });

/** A network of dense tensors, and the features that it reads. */
export interface NetworkGraph {
  readonly input: Grid;
  readonly layers: readonly GraphLayer[];
}

/** The whole network at the model's own rate. */
export function wholeGraph(model: Model): NetworkGraph {
  const { nodes, channels } = model.network.input;
  return { input: { nodes: range(nodes), channels: range(channels) }, layers: denseLayers(model) };
}

/** The same answers without nodes, channels, heads, filters and units that cannot influence them. */
export function compactGraph(model: Model): NetworkGraph {
  const live = liveWeights(model);
  const { channels } = model.network.input;
  const input = gridOf(live.layers[0].input, channels);
  let [grid, width] = [input, channels];
  const layers = denseLayers(dropDead(model)).map((layer, i) => {
    const small =
      layer.kind === 'dense'
        ? compactDense(layer, live.layers[i], grid, width)
        : compactConvolution(layer, live.layers[i], grid);
    width = layer.bias.values.length;
    grid = small.output;
    return small.layer;
  });
  return { input, layers };
}

/** What the index of a value costs, in weights. */
const INDEX_SIZE = 2;

interface Compacted {
  readonly layer: GraphLayer;
  readonly output: Grid;
}

function compactConvolution(layer: DenseGraphConvolution, { output }: LiveLayer, grid: Grid): Compacted {
  const summed = layer.combine === 'sum';
  const [heads, , width] = layer.filters.shape;
  const { nodes, channels } = gridOf(output, layer.bias.values.length);
  const keptHeads = summed
    ? orFirst(range(heads).filter((head) => hasNonzero(layer.attention, head) && hasNonzero(layer.filters, head)))
    : distinct(channels.map((channel) => Math.floor(channel / width)));
  const filters = summed ? channels : distinct(channels.map((channel) => channel % width));
  const kept = summed ? filters : keptHeads.flatMap((head) => filters.map((filter) => head * width + filter));
  return {
    layer: {
      ...layer,
      attention: select(layer.attention, keptHeads, nodes, grid.nodes),
      filters: select(layer.filters, keptHeads, grid.channels, filters),
      bias: select(layer.bias, kept),
    },
    output: { nodes, channels: kept },
  };
}

/** @param width channels of a node of the whole input */
function compactDense(layer: DenseUnits, { input, output }: LiveLayer, grid: Grid, width: number): Compacted {
  const units = orFirst(live(output));
  const values = grid.nodes.flatMap((node) => grid.channels.map((channel) => node * width + channel));
  const reads = orFirst(range(values.length).filter((i) => input[values[i]] === 1));
  const small = (places: readonly number[]) => ({
    ...layer,
    weight: select(layer.weight, units, places),
    bias: select(layer.bias, units),
  });
  const pays = units.length * (values.length - reads.length) > INDEX_SIZE * reads.length;
  return {
    layer: pays ? { ...small(reads.map((i) => values[i])), reads } : small(values),
    output: { nodes: [0], channels: units },
  };
}

/** The nodes that have a live channel, and the channels that some node has alive. */
function gridOf(mask: Uint8Array, channels: number): Grid {
  const places = live(mask);
  return {
    nodes: orFirst(distinct(places.map((place) => Math.floor(place / channels)))),
    channels: orFirst(distinct(places.map((place) => place % channels))),
  };
}

/** The entries at all combinations of indices, one list a dimension. */
function select({ shape, values }: DenseTensor, ...indices: readonly (readonly number[])[]): DenseTensor {
  const places = indices.reduce<number[]>(
    (outer, own, d) => outer.flatMap((place) => own.map((index) => place * shape[d] + index)),
    [0],
  );
  return { shape: indices.map(({ length }) => length), values: Float32Array.from(places, (place) => values[place]) };
}

function hasNonzero({ shape: [, rows, columns], values }: DenseTensor, plane: number): boolean {
  return values.subarray(plane * rows * columns, (plane + 1) * rows * columns).some((value) => value !== 0);
}

function live(mask: Uint8Array): number[] {
  return range(mask.length).filter((i) => mask[i] === 1);
}

/** No dimension becomes empty: formats and their readers stumble over it. */
function orFirst(indices: number[]): number[] {
  return indices.length === 0 ? [0] : indices;
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function range(count: number): number[] {
  return [...Array(count).keys()];
}

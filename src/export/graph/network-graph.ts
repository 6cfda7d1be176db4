import type { Model } from '../../model/model.js';
import { dropDead } from '../../pruning/cut/keep.js';
import { type LiveLayer, liveWeights } from '../../pruning/cut/live.js';
import type { Combine, StillKind } from '../../runtime/network/products.js';
import {
  type DenseGraphConvolution,
  type DenseLayer,
  type DenseLayerOf,
  type DenseTensor,
  type DenseUnits,
  denseLayers,
} from './dense-network.js';

/** Rows of an activation that are there: every pair of these nodes and channels. */
export interface Grid {
  readonly nodes: readonly number[];
  readonly channels: readonly number[];
}

/** A dense layer may read only some of its input's values, [nodes][channels] flat. */
export type GraphLayer = Exclude<DenseLayer, DenseUnits> | (DenseUnits & { readonly reads?: readonly number[] });

/** A network of dense tensors, and the features that it reads. */
export interface NetworkGraph {
  readonly input: Grid;
  readonly layers: readonly GraphLayer[];
}

/** The whole network at the model's own rate. */
export function wholeGraph(model: Model): NetworkGraph {
  const { nodes, channels } = model.pipeline;
  return { input: { nodes: range(nodes), channels: range(channels) }, layers: denseLayers(model) };
}

/** Of a network without time, the same answers without nodes, channels, heads, filters and units that cannot influence them. */
export function compactGraph(model: Model): NetworkGraph {
  const live = liveWeights(model);
  const { channels } = model.network.input;
  const input = gridOf(live.layers[0].input, channels);
  let [grid, width] = [input, channels];
  const layers = denseLayers(dropDead(model)).map((layer, i) => {
    const small = compacted[layer.kind as StillKind](layer as never, live.layers[i], grid, width);
    width = layer.bias.values.length;
    grid = small.output;
    return small.layer;
  });
  return { input, layers };
}

/** Each kind of layer without what has no influence. @param width channels of a node of the whole input */
const compacted: {
  readonly [Kind in StillKind]: (layer: DenseLayerOf<Kind>, live: LiveLayer, grid: Grid, width: number) => Compacted;
} = { dense: compactUnits, 'graph-convolution': compactConvolution };

/** What the index of a value costs, in weights. */
const INDEX_SIZE = 2;

interface Compacted {
  readonly layer: GraphLayer;
  readonly output: Grid;
}

function compactConvolution(layer: DenseGraphConvolution, { output }: LiveLayer, grid: Grid): Compacted {
  const { nodes, channels } = gridOf(output, layer.bias.values.length);
  const { keptHeads, filters, kept } = keptOf(layer, channels);
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

type KeptParts = Record<'keptHeads' | 'filters' | 'kept', readonly number[]>;

/** Heads, filters and output channels of a convolution that stay where these channels do. */
export function keptOf(layer: DenseGraphConvolution, channels: readonly number[]): KeptParts {
  const [heads, , width] = layer.filters.shape;
  const isLive = (head: number) => hasNonzero(layer.attention, head) && hasNonzero(layer.filters, head);
  return keptParts[layer.combine](range(heads).filter(isLive), channels, width);
}

/** The same of live heads and channels; `width` filters a head. */
const keptParts: Readonly<Record<Combine, (heads: number[], channels: readonly number[], width: number) => KeptParts>> =
  {
    sum: (heads, channels) => ({ keptHeads: orFirst(heads), filters: channels, kept: channels }),
    concatenate: (_, channels, width) => {
      const keptHeads = distinct(channels.map((channel) => Math.floor(channel / width)));
      const filters = distinct(channels.map((channel) => channel % width));
      return { keptHeads, filters, kept: keptHeads.flatMap((head) => filters.map((filter) => head * width + filter)) };
    },
  };

function compactUnits(layer: DenseUnits, { input, output }: LiveLayer, grid: Grid, width: number): Compacted {
  const units = orFirst(live(output));
  return { layer: compactDense(layer, units, input, grid, width), output: { nodes: [0], channels: units } };
}

/** A dense layer of some units that reads the live values, `input`, of a grid. @param width channels of a node of the whole input */
export function compactDense(
  layer: DenseUnits,
  units: readonly number[],
  input: Uint8Array,
  grid: Grid,
  width: number,
): GraphLayer {
  const values = grid.nodes.flatMap((node) => grid.channels.map((channel) => node * width + channel));
  const reads = orFirst(range(values.length).filter((i) => input[values[i]] === 1));
  const small = (places: readonly number[]) => ({
    ...layer,
    weight: select(layer.weight, units, places),
    bias: select(layer.bias, units),
  });
  const pays = units.length * (values.length - reads.length) > INDEX_SIZE * reads.length;
  return pays ? { ...small(reads.map((i) => values[i])), reads } : small(values);
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
export function select({ shape, values }: DenseTensor, ...indices: readonly (readonly number[])[]): DenseTensor {
  const places = indices.reduce<number[]>(
    (outer, wanted, d) => outer.flatMap((place) => wanted.map((index) => place * shape[d] + index)),
    [0],
  );
  return { shape: indices.map(({ length }) => length), values: Float32Array.from(places, (place) => values[place]) };
}

function hasNonzero({ shape: [, rows, columns], values }: DenseTensor, plane: number): boolean {
  return values.subarray(plane * rows * columns, (plane + 1) * rows * columns).some((value) => value !== 0);
}

export function live(mask: Uint8Array): number[] {
  return range(mask.length).filter((i) => mask[i] === 1);
}

/** No dimension becomes empty: formats and their readers stumble over it. */
export function orFirst(indices: number[]): number[] {
  return indices.length === 0 ? [0] : indices;
}

export function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

export function range(count: number): number[] {
  return [...Array(count).keys()];
}

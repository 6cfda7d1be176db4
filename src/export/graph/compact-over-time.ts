/**
 * A network over time without what cannot influence its answers. A joint or channel is left out where no frame of it can; what
 * is added or convolved joint by joint keeps the joints, and the channels, that it is added to.
 */
import type { Model } from '../../model/model.js';
import { dropDead } from '../../pruning/cut/keep.js';
import { liveWeights } from '../../pruning/cut/live.js';
import type { LayerKind, Shape } from '../../runtime/network/products.js';
import { framesOf, jointsOf } from '../../runtime/network/temporal-layers.js';
import { type DenseLayer, type DenseLayerOf, type DenseResidual, denseLayers, type Taken } from './dense-network.js';
import {
  compactDense,
  distinct,
  type GraphLayer,
  type Grid,
  keptOf,
  live,
  type NetworkGraph,
  orFirst,
  range,
  select,
} from './network-graph.js';

/** The values that a layer reads and writes, those before every layer, and its whole input. */
interface Around {
  readonly input: Grid;
  readonly output: Grid;
  readonly before: readonly Grid[];
  readonly whole: Shape;
  /** Live values of the input, [frames][joints][channels]. */
  readonly mask: Uint8Array;
}

/** The same answers without joints, channels, heads, filters and units that cannot influence them. */
export function compactOverTime(model: Model): NetworkGraph {
  const { layers: parts } = liveWeights(model);
  const layers = denseLayers(dropDead(model));
  const shapes = [model.network.input, ...model.network.layers.map(({ output }) => output)];
  const masks = [parts[0].input, ...parts.map(({ output }) => output)];
  const grids = masks.map((mask, i) => gridOf(mask, shapes[i]));
  for (let i = layers.length - 1; i >= 0; i--) widen(layers[i], grids, i);
  const small = layers.map((layer, i) => {
    const around = { input: grids[i], output: grids[i + 1], before: grids, whole: shapes[i], mask: masks[i] };
    return compacted[layer.kind](layer as never, around);
  });
  return { input: grids[0], layers: small };
}

/** The joints, and the channels, of which some frame is live. */
function gridOf(mask: Uint8Array, shape: Shape): Grid {
  const places = live(mask);
  return {
    nodes: orFirst(distinct(places.map((place) => Math.floor(place / shape.channels) % jointsOf(shape)))),
    channels: orFirst(distinct(places.map((place) => place % shape.channels))),
  };
}

/** Adds to the grids what a layer needs whole: `grids[i]` is what it reads, the next what it writes. */
function widen(layer: DenseLayer, grids: Grid[], i: number): void {
  const add = (at: number, nodes: readonly number[], channels: readonly number[]) => {
    grids[at] = {
      nodes: distinct([...grids[at].nodes, ...nodes]),
      channels: distinct([...grids[at].channels, ...channels]),
    };
  };
  if (layer.kind === 'graph-convolution') add(i + 1, [], keptOf(layer, grids[i + 1].channels).kept);
  if (layer.kind === 'temporal-convolution') {
    if (layer.groups > 1) add(i + 1, [], filtersOf(layer, channelsRead(layer, grids[i + 1].channels)));
    add(i, grids[i + 1].nodes, layer.groups > 1 ? channelsRead(layer, grids[i + 1].channels) : []);
  }
  if (layer.kind === 'pool') add(i, layer.over === 'time' ? grids[i + 1].nodes : [], grids[i + 1].channels);
  if ('residual' in layer && layer.residual !== undefined) {
    const { from, projection } = layer.residual;
    add(from, grids[i + 1].nodes, projection === undefined ? grids[i + 1].channels : []);
  }
}

/** Of filters that read one channel each, the channels. */
function channelsRead({ filters, groups }: DenseLayerOf<'temporal-convolution'>, kept: readonly number[]): number[] {
  const each = filters.shape[0] / groups;
  return distinct(kept.map((filter) => Math.floor(filter / each)));
}

/** Of such filters, those that read the channels. */
function filtersOf({ filters, groups }: DenseLayerOf<'temporal-convolution'>, channels: readonly number[]): number[] {
  const each = filters.shape[0] / groups;
  return channels.flatMap((channel) => range(each).map((filter) => channel * each + filter));
}

const compacted: {
  readonly [Kind in LayerKind]: (layer: DenseLayerOf<Kind>, around: Around) => GraphLayer;
} = {
  dense(layer, { input, output, whole, mask }) {
    const frames = range(framesOf(whole));
    const nodes = frames.flatMap((frame) => input.nodes.map((node) => frame * jointsOf(whole) + node));
    const grid = { nodes, channels: input.channels };
    return compactDense(layer, output.channels, mask, grid, whole.channels);
  },
  'graph-convolution'(layer, around) {
    const { input, output } = around;
    const { keptHeads, filters } = keptOf(layer, output.channels);
    return {
      ...layer,
      attention: select(layer.attention, keptHeads, output.nodes, input.nodes),
      filters: select(layer.filters, keptHeads, input.channels, filters),
      bias: select(layer.bias, output.channels),
      residual: compactResidual(layer.residual, around),
    };
  },
  'temporal-convolution'(layer, around) {
    const { input, output } = around;
    const [kernel, isByChannel] = [range(layer.filters.shape[2]), layer.groups > 1];
    const channels = isByChannel ? channelsRead(layer, output.channels) : input.channels;
    return {
      ...layer,
      groups: isByChannel ? channels.length : 1,
      nodes: layer.frames * output.nodes.length,
      takes: takenOf(input, { nodes: output.nodes, channels }),
      filters: select(layer.filters, output.channels, isByChannel ? [0] : input.channels, kernel),
      bias: select(layer.bias, output.channels),
      residual: compactResidual(layer.residual, around),
    };
  },
  pool(layer, { input, output, whole }) {
    const isOverJoints = layer.over !== 'time';
    return {
      ...layer,
      takes: takenOf(input, { nodes: isOverJoints ? input.nodes : output.nodes, channels: output.channels }),
      share: isOverJoints ? input.nodes.length / jointsOf(whole) : 1,
      bias: select(layer.bias, output.channels),
    };
  },
};

function compactResidual(residual: DenseResidual | undefined, { output, before }: Around): DenseResidual | undefined {
  if (residual === undefined) return undefined;
  const { from, projection } = residual;
  const channels = projection === undefined ? output.channels : before[from].channels;
  return {
    ...residual,
    takes: takenOf(before[from], { nodes: output.nodes, channels }),
    projection: projection && select(projection, output.channels, channels),
  };
}

/** Where the wanted joints and channels are among those that are there; nothing where they are all of them. */
function takenOf(there: Grid, wanted: Grid): Taken {
  return { nodes: placesIn(there.nodes, wanted.nodes), channels: placesIn(there.channels, wanted.channels) };
}

function placesIn(there: readonly number[], wanted: readonly number[]): readonly number[] | undefined {
  return there.length === wanted.length ? undefined : wanted.map((one) => there.indexOf(one));
}

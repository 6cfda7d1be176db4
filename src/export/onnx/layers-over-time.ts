import type { LayerKind, PoolOver } from '../../runtime/network/products.js';
import type {
  DenseGraphConvolution,
  DensePool,
  DenseResidual,
  DenseTemporalConvolution,
  Taken,
} from '../graph/dense-network.js';
import type { GraphLayer, NetworkGraph } from '../graph/network-graph.js';
import type { GraphBuilder } from './graph-builder.js';
import { addLayer, constant, convolveNodes } from './layers.js';

/** Axes of the values of a network over time: [batch][frames][joints][channels]; after a pool a size is 1. */
const AXIS = { frames: 1, joints: 2, channels: 3 } as const;

/** The values after each layer, the features first; those after a dense layer are [batch][units]. */
interface Values {
  readonly name: string;
  readonly isFlat: boolean;
}

/** A network over time from its standardised features, [batch][frames][joints][channels], to the logits. */
export function addNetworkOverTime(g: GraphBuilder, { layers }: NetworkGraph, features: string): string {
  const all: Values[] = [{ name: features, isFlat: false }];
  for (const [i, layer] of layers.entries()) {
    const output = i === layers.length - 1 ? 'logits' : undefined;
    all.push({ name: addOne(g, layer, all, output), isFlat: layer.kind === 'dense' });
  }
  return all[all.length - 1].name;
}

function addOne(g: GraphBuilder, layer: GraphLayer, before: readonly Values[], output: string | undefined): string {
  const { name, isFlat } = before[before.length - 1];
  if (layer.kind === 'dense') return addLayer(g, layer, name, isFlat, output);
  const x = isFlat ? g.add('Unsqueeze', [name, g.integers(AXIS.frames, AXIS.joints)]) : name;
  const product = kinds[layer.kind](g, layer as never, take(g, x, 'takes' in layer ? layer.takes : undefined));
  const { residual = undefined } = 'residual' in layer ? layer : {};
  const sum = residual ? g.add('Add', [product, addResidual(g, layer as Residual, residual, before)]) : product;
  const value = g.add('Add', [sum, constant(g, `${layer.name}.bias`, layer.bias)]);
  return layer.rectify ? g.add('Relu', [value]) : value;
}

/** Some joints and channels of values over time. */
function take(g: GraphBuilder, x: string, { nodes, channels }: Taken = {}): string {
  const some = nodes === undefined ? x : g.gather(x, nodes, AXIS.joints);
  return channels === undefined ? some : g.gather(some, channels, AXIS.channels);
}

/** A layer that may have a residual. */
type Residual = DenseGraphConvolution | DenseTemporalConvolution;

/** What each kind of layer becomes, without residual, bias and activation. */
const kinds: {
  readonly [Kind in Exclude<LayerKind, 'dense'>]: (
    g: GraphBuilder,
    layer: Extract<GraphLayer, { readonly kind: Kind }>,
    x: string,
  ) => string;
} = { 'graph-convolution': convolveFrames, 'temporal-convolution': convolveTime, pool };

/** Every frame by itself, as if it were a sequence of the batch. */
function convolveFrames(g: GraphBuilder, layer: DenseGraphConvolution, x: string): string {
  const { attention, bias, frames } = layer;
  const [, out, into] = attention.shape;
  const channels = layer.filters.shape[1];
  const product = convolveNodes(g, layer, g.reshape(x, -1, into, channels));
  return g.reshape(product, -1, frames, out, bias.values.length);
}

/** As images whose rows are frames and whose columns are joints. */
function convolveTime(g: GraphBuilder, layer: DenseTemporalConvolution, x: string): string {
  const { name, filters, stride, dilation, groups } = layer;
  const [count, channels, kernel] = filters.shape;
  const weights = g.floats([count, channels, kernel, 1], filters.values, `${name}.filters`);
  const sizes = { kernel_shape: [kernel, 1], strides: [stride, 1], dilations: [dilation, 1], group: groups };
  return g.transpose(g.add('Conv', [g.transpose(x, 0, 3, 1, 2), weights], sizes), 0, 2, 3, 1);
}

const pooled: Readonly<Record<PoolOver, readonly number[]>> = {
  time: [AXIS.frames],
  joints: [AXIS.joints],
  both: [AXIS.frames, AXIS.joints],
};

function pool(g: GraphBuilder, { over, share = 1 }: DensePool, x: string): string {
  const mean = g.reduce('ReduceMean', x, pooled[over]);
  return share === 1 ? mean : g.add('Mul', [mean, g.float(share)]);
}

function addResidual(
  g: GraphBuilder,
  { name, frames }: Residual,
  { from, start, step, projection, takes }: DenseResidual,
  before: readonly Values[],
): string {
  const end = start + (frames - 1) * step + 1;
  const places = [start, end, AXIS.frames, step].map((value) => g.integers(value));
  const read = take(g, g.add('Slice', [before[from].name, ...places]), takes);
  if (!projection) return read;
  const weights = g.transpose(constant(g, `${name}.projection`, projection), 1, 0);
  return g.add('MatMul', [read, weights]);
}

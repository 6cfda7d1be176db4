import type { Combine, StillKind } from '../../runtime/network/products.js';
import { aggregatesFirst, type DenseGraphConvolution, type DenseTensor, tensorFrom } from '../graph/dense-network.js';
import type { GraphLayer } from '../graph/network-graph.js';
import type { GraphBuilder } from './graph-builder.js';

/** A layer of a network without time. */
export type StillLayer = Extract<GraphLayer, { readonly kind: StillKind }>;

/** A layer from its input, [batch][nodes][channels] or [batch][units], to its output likewise. */
export function addLayer(g: GraphBuilder, layer: StillLayer, x: string, afterDense: boolean, output?: string): string {
  const value = kinds[layer.kind].add(g, layer as never, x, afterDense, layer.rectify ? undefined : output);
  return layer.rectify ? g.add('Relu', [value], {}, output) : value;
}

/** Whether a layer's output is [batch][units]. */
export function isFlat({ kind }: StillLayer): boolean {
  return kinds[kind].isFlat;
}

/** Adds a layer before its activation. */
type AddLayer<Layer> = (g: GraphBuilder, layer: Layer, x: string, afterDense: boolean, output?: string) => string;

/** What each kind of layer becomes, and whether that is [batch][units]. */
const kinds: {
  readonly [Kind in StillKind]: {
    readonly add: AddLayer<Extract<GraphLayer, { readonly kind: Kind }>>;
    readonly isFlat: boolean;
  };
} = {
  dense: { add: dense, isFlat: true },
  'graph-convolution': { add: graphConvolution, isFlat: false },
};

type Units = Extract<GraphLayer, { kind: 'dense' }>;

function dense(
  g: GraphBuilder,
  { name, weight, bias, reads }: Units,
  x: string,
  afterDense: boolean,
  output?: string,
): string {
  const flat = afterDense ? x : g.add('Flatten', [x], { axis: 1 });
  const values = reads === undefined ? flat : g.gather(flat, reads, 1);
  const constants = [constant(g, `${name}.weight`, weight), constant(g, `${name}.bias`, bias)];
  return g.add('Gemm', [values, ...constants], { transB: 1 }, output);
}

function graphConvolution(
  g: GraphBuilder,
  layer: DenseGraphConvolution,
  x: string,
  afterDense: boolean,
  output?: string,
): string {
  const nodes = afterDense ? g.add('Unsqueeze', [x, g.integers(1)]) : x;
  const product = convolveNodes(g, layer, nodes);
  return g.add('Add', [product, constant(g, `${layer.name}.bias`, layer.bias)], {}, output);
}

/** A graph convolution without its bias, of nodes [batch][nodes][channels]. */
export function convolveNodes(g: GraphBuilder, layer: DenseGraphConvolution, x: string): string {
  return combined[layer.combine](g, layer, x);
}

const combined: Readonly<Record<Combine, (g: GraphBuilder, layer: DenseGraphConvolution, x: string) => string>> = {
  sum,
  concatenate: concatenation,
};

/** Σ_k A_k U W_k in two products, the heads side by side in the shared dimension. */
function sum(g: GraphBuilder, layer: DenseGraphConvolution, x: string): string {
  const { attention, filters } = layer;
  const [[heads, out, into], [, channels, width]] = [attention.shape, filters.shape];
  const a = (k: number, v: number, u: number) => attention.values[(k * out + v) * into + u];
  const w = (k: number, c: number, f: number) => filters.values[(k * channels + c) * width + f];
  if (aggregatesFirst(layer)) {
    const byNode = tensorFrom([out, heads, into], (v, k, u) => a(k, v, u));
    const gathered = g.add('MatMul', [matrix(g, layer, 'attention', byNode, out * heads), x]);
    const joined = heads === 1 ? gathered : g.reshape(gathered, 0, out, heads * channels);
    return g.add('MatMul', [joined, matrix(g, layer, 'filters', filters, heads * channels)]);
  }
  const byChannel = tensorFrom([channels, heads, width], (c, k, f) => w(k, c, f));
  const filtered = g.add('MatMul', [x, matrix(g, layer, 'filters', byChannel, channels)]);
  const joined = heads === 1 ? filtered : g.reshape(filtered, 0, into * heads, width);
  const byNode = tensorFrom([out, into, heads], (v, u, k) => a(k, v, u));
  return g.add('MatMul', [matrix(g, layer, 'attention', byNode, out), joined]);
}

/** [A_k U W_k]_k, the heads in a dimension of their own until the end. */
function concatenation(g: GraphBuilder, layer: DenseGraphConvolution, x: string): string {
  const [heads, out] = layer.attention.shape;
  const attention = constant(g, `${layer.name}.attention`, layer.attention);
  const filters = constant(g, `${layer.name}.filters`, layer.filters);
  const split = g.add('Unsqueeze', [x, g.integers(1)]);
  const product = aggregatesFirst(layer)
    ? g.add('MatMul', [g.add('MatMul', [attention, split]), filters])
    : g.add('MatMul', [attention, g.add('MatMul', [split, filters])]);
  return g.reshape(g.transpose(product, 0, 2, 1, 3), 0, out, heads * layer.filters.shape[2]);
}

/** A tensor as a matrix of so many rows. */
function matrix(
  g: GraphBuilder,
  { name }: DenseGraphConvolution,
  weight: string,
  { values }: DenseTensor,
  rows: number,
): string {
  return g.floats([rows, values.length / rows], values, `${name}.${weight}`);
}

export function constant(g: GraphBuilder, name: string, { shape, values }: DenseTensor): string {
  return g.floats(shape, values, name);
}

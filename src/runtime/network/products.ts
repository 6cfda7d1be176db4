/**
 * What a network multiplies.
 *
 * - Activation: the values between two layers, `nodes` × `channels` of them; value (node, channel) is in row
 *   node · channels + channel. Over time, the nodes are those of the first frame, then those of the second …
 * - Layer: a kind with its options (`LayerSpec`); a network is a list of them.
 * - Product: one weight matrix and where it is applied, y = W x: `count` times (once a node, say), in `groups` of rows that
 *   each have activations of their own (heads, members), over `width` values side by side (a node's channels).
 * - Access: the steps from one value that a product reads or writes to the next.
 *
 * Engine, runtime, exports, costs, liveness and the order of weights in files are all driven by products: a new kind of
 * layer is a function from its options and input to its products.
 */

/** Rows of an activation: row = node · channels + channel. */
export interface Shape {
  /** Over time, those of all frames: node = frame · joints + joint. */
  readonly nodes: number;
  readonly channels: number;
  /** Only of a network over time, up to its pool. */
  readonly frames?: number | undefined;
  /** Frame f is about frame first + f · step of the clip; without it, frame f. */
  readonly clock?: Clock | undefined;
}

/** Where the frames of an activation are in the clip. */
export interface Clock {
  readonly first: number;
  readonly step: number;
}

/** How the heads of a layer become one output. */
export type Combine = 'sum' | 'concatenate';

/** What follows a layer's products and bias. */
export type ActivationName = 'relu' | 'none';

/** What a pool takes the mean of. */
export type PoolOver = 'time' | 'joints' | 'both';

/** What a layer computes; see model/layers/ for the same options with those of training. */
export type LayerSpec =
  | {
      /** Over time, of every frame by itself. */
      readonly kind: 'graph-convolution';
      readonly heads: number;
      /** Filters a head. */
      readonly filters: number;
      readonly combine: Combine;
      /** Over time: what enters so many layers, this one the last, is added before the activation. */
      readonly residual?: number | undefined;
      readonly activation: ActivationName;
    }
  | {
      /** Of every joint by itself, without padding. */
      readonly kind: 'temporal-convolution';
      readonly filters: number;
      /** Frames that a filter reads, `dilation` apart; `stride` from one output to the next. */
      readonly kernel: number;
      readonly stride: number;
      readonly dilation: number;
      /** Each filter reads one channel. */
      readonly depthwise: boolean;
      readonly residual?: number | undefined;
      readonly activation: ActivationName;
    }
  | {
      /** The mean over frames, joints or both. */
      readonly kind: 'pool';
      readonly over: PoolOver;
      readonly activation: ActivationName;
    }
  | {
      readonly kind: 'dense';
      readonly units: number;
      /** Units and inputs are dealt out in turn to so many members, each of which reads its own inputs only. */
      readonly members?: number | undefined;
      readonly activation: ActivationName;
    };

export type LayerKind = LayerSpec['kind'];

/** Kinds of networks without time. */
export type StillKind = Exclude<LayerKind, 'temporal-convolution' | 'pool'>;

/** The options of one kind of layer. */
export type LayerOf<Kind extends LayerKind> = Extract<LayerSpec, { readonly kind: Kind }>;

/** How a matrix reads or writes activations: steps in values from row to row, group to group, repetition to repetition. */
export interface Access {
  readonly row: number;
  readonly group: number;
  readonly stride: number;
  /** From one tap to the next, where there are some. */
  readonly tap?: number | undefined;
  /** From one frame to the next, where there are some. */
  readonly frame?: number | undefined;
  /** The first value, if it is not 0. */
  readonly start?: number | undefined;
}

/** A weight matrix [rows][columns] and the products it is in: y = W x, group by group, `count` times. */
export interface Product {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** The rows come in so many equal groups, each with activations of its own: one a head or member, or a single one. */
  readonly groups: number;
  /** Values side by side that one row holds: 1, or a node's channels. */
  readonly width: number;
  readonly count: number;
  readonly x: Access;
  readonly y: Access;
  /** The columns come in so many equal runs, each with frames of its own. */
  readonly taps?: number | undefined;
  /** The repetitions come in so many equal runs, one a frame. */
  readonly frames?: number | undefined;
  /** The activation that it reads, and adds to the layer's output: 0 the features, i the output of layer i; else it is one of the layer's chain. */
  readonly from?: number | undefined;
}

/** A product whose weights are all the same constant, which is neither trained nor pruned nor kept in files. */
export interface FixedProduct extends Product {
  readonly from: number;
  readonly factor: number;
}

/** How often each weight of a product is used for one sequence, and the steps between the values that it then meets. */
export interface Repetition {
  readonly repeat: number;
  readonly xStride: number;
  readonly yStride: number;
}

export function repetitionOf({ width, count, x, y }: Product): Repetition {
  return width > 1
    ? { repeat: width, xStride: 1, yStride: 1 }
    : { repeat: count, xStride: x.stride, yStride: y.stride };
}

/** Where the first input of a weight is, by its place in the matrix. */
export function inputAt({ rows, columns, groups, x }: Product, place: number): number {
  const group = Math.floor(place / columns / (rows / groups));
  return group * x.group + (place % columns) * x.row;
}

/** Where the first output of a row is. */
export function outputAt({ rows, groups, y }: Product, row: number): number {
  const size = rows / groups;
  return Math.floor(row / size) * y.group + (row % size) * y.row;
}

/** A layer's output, the values between its products, if it has two, and the products. */
export interface LayerProducts {
  readonly output: Shape;
  readonly scratchRows: number;
  /** First those of the chain from input to output. */
  readonly products: readonly Product[];
  /** What is added to the output besides. */
  readonly fixed?: readonly FixedProduct[] | undefined;
}

/** The products of a layer. @param before the features, and the outputs of all layers before; the last is the input */
type Expand<Kind extends LayerKind> = (layer: LayerOf<Kind>, input: Shape, before: readonly Shape[]) => LayerProducts;

type LayerKinds = { readonly [Kind in LayerKind]: Expand<Kind> };

/** Those of networks over time are added by temporal.ts, in an entry of their own. */
export const layerKinds = {
  dense,
  'graph-convolution': graphConvolution,
} satisfies Partial<LayerKinds> as unknown as LayerKinds;

/** The products of a layer by itself. @param before the features, and the outputs of all layers before */
export function layerProducts(layer: LayerSpec, before: readonly Shape[]): LayerProducts {
  return layerKinds[layer.kind](layer as never, before.at(-1)!, before);
}

/** y = W x over all rows of the input; member m of M has the units and inputs m, m + M, m + 2 M … */
function dense({ units, members = 1 }: LayerOf<'dense'>, { nodes, channels }: Shape): LayerProducts {
  const inputs = (nodes * channels) / members;
  const product = productOf('weight', [units, inputs, members], { row: members, group: 1, stride: 0 });
  return { output: { nodes: 1, channels: units }, scratchRows: 0, products: [product] };
}

/**
 * In the order that costs less: over the nodes first where a node has fewer channels than a head has filters. Heads that
 * are concatenated are groups, each of one head; heads that are summed are one group.
 *
 * Aggregate first: Z[v, k] = Σ_u A[(v, k), u] U[u], then Y[v, g] = W_g Z[v, heads of g].
 * Filter first: Z[u, k] = W_k U[u], then Y[v, g] = Σ_(u, k of g) A_g[v, (u, k)] Z[u, k].
 */
export function graphConvolution(
  { heads, filters, combine }: LayerOf<'graph-convolution'>,
  { nodes, channels }: Shape,
): LayerProducts {
  const groups = (combine satisfies 'sum' | 'concatenate') === 'sum' ? 1 : heads;
  const grouped = heads / groups;
  const outputs = groups * filters;
  const output = { nodes, channels: outputs };
  if (channels <= filters) {
    const byNode = { row: channels, group: 0, stride: 0 };
    const read = { row: 1, group: channels, stride: heads * channels };
    const written = { row: 1, group: filters, stride: outputs };
    const attention = productOf('attention', [nodes * heads, nodes, 1], byNode, byNode, channels);
    const filter = productOf('filters', [outputs, grouped * channels, groups], read, written, 1, nodes);
    return { output, scratchRows: nodes * heads * channels, products: [attention, filter] };
  }
  const read = { row: 1, group: 0, stride: channels };
  const written = { row: 1, group: 0, stride: heads * filters };
  const byNode = { row: outputs, group: filters, stride: 0 };
  const filter = productOf('filters', [heads * filters, channels, 1], read, written, 1, nodes);
  const attention = productOf('attention', [groups * nodes, nodes * grouped, groups], byNode, byNode, filters);
  return { output, scratchRows: nodes * heads * filters, products: [filter, attention] };
}

function productOf(
  name: string,
  [rows, columns, groups]: readonly [number, number, number],
  x: Access,
  y = x,
  width = 1,
  count = 1,
): Product {
  return { name, rows, columns, groups, width, count, x, y };
}

/** Rows of an activation: row = node · channels + channel. */
export interface Shape {
  readonly nodes: number;
  readonly channels: number;
}

/** What a layer computes; see model/layers/ for the same options with those of training. */
export type LayerSpec =
  | {
      readonly kind: 'graph-convolution';
      readonly heads: number;
      /** Filters a head. */
      readonly filters: number;
      readonly combine: 'sum' | 'concatenate';
      readonly activation: 'relu' | 'none';
    }
  | { readonly kind: 'dense'; readonly units: number; readonly activation: 'relu' | 'none' };

/** How a matrix reads or writes activations: steps in values from row to row, group to group, repetition to repetition. */
export interface Access {
  readonly row: number;
  readonly group: number;
  readonly step: number;
}

/** A weight matrix [rows][columns] and the products it stands in: y = W x, group by group, `count` times. */
export interface Product {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** The rows come in so many equal groups, each with activations of its own: one a head, or a single one. */
  readonly groups: number;
  /** Values side by side that one row holds: 1, or a node's channels. */
  readonly width: number;
  readonly count: number;
  readonly x: Access;
  readonly y: Access;
}

/** How often each weight of a product is used for one sequence, and the steps between the values that it then meets. */
export interface Repetition {
  readonly repeat: number;
  readonly xStep: number;
  readonly yStep: number;
}

export function repetitionOf({ width, count, x, y }: Product): Repetition {
  return width > 1 ? { repeat: width, xStep: 1, yStep: 1 } : { repeat: count, xStep: x.step, yStep: y.step };
}

/** Where the first input of a weight stands, by its place in the matrix. */
export function inputAt({ rows, columns, groups, x }: Product, place: number): number {
  const group = Math.floor(place / columns / (rows / groups));
  return group * x.group + (place % columns) * x.row;
}

/** Where the first output of a row stands. */
export function outputAt({ rows, groups, y }: Product, row: number): number {
  const size = rows / groups;
  return Math.floor(row / size) * y.group + (row % size) * y.row;
}

/** A layer's output, the values between its products, if it has two, and the products. */
export interface LayerProducts {
  readonly output: Shape;
  readonly scratchRows: number;
  readonly products: readonly Product[];
}

/** The products of a layer, first to last. */
export function layerProducts(layer: LayerSpec, input: Shape): LayerProducts {
  return layer.kind === 'dense' ? dense(layer.units, input) : graphConvolution(layer, input);
}

/** y = W x over all rows of the input. */
function dense(units: number, { nodes, channels }: Shape): LayerProducts {
  const columns = nodes * channels;
  const flat = { row: 1, group: 0, step: 0 };
  const product = { name: 'weight', rows: units, columns, groups: 1, width: 1, count: 1, x: flat, y: flat };
  return { output: { nodes: 1, channels: units }, scratchRows: 0, products: [product] };
}

type GraphConvolution = Extract<LayerSpec, { kind: 'graph-convolution' }>;

/** In the order that costs less: over the nodes first where a node has fewer channels than a head has filters. */
function graphConvolution(layer: GraphConvolution, input: Shape): LayerProducts {
  const { heads, filters, combine } = layer;
  const aggregateFirst = input.channels <= filters;
  return {
    output: { nodes: input.nodes, channels: combine === 'sum' ? filters : heads * filters },
    scratchRows: input.nodes * heads * (aggregateFirst ? input.channels : filters),
    products: (aggregateFirst ? aggregateThenFilter : filterThenAggregate)(layer, input),
  };
}

/** Z[v, k] = Σ_u A[(v, k), u] U[u], then Y[v] = W Z[v] (sum) or Y[v, k] = W_k Z[v, k] (concatenate). */
function aggregateThenFilter(
  { heads, filters, combine }: GraphConvolution,
  { nodes, channels }: Shape,
): [Product, Product] {
  const summed = combine === 'sum';
  const byNode = { row: channels, group: 0, step: 0 };
  return [
    {
      ...{ name: 'attention', rows: nodes * heads, columns: nodes, groups: 1 },
      ...{ width: channels, count: 1, x: byNode, y: byNode },
    },
    {
      name: 'filters',
      ...(summed
        ? { rows: filters, columns: heads * channels, groups: 1 }
        : { rows: heads * filters, columns: channels, groups: heads }),
      ...{ width: 1, count: nodes },
      x: { row: 1, group: channels, step: heads * channels },
      y: { row: 1, group: filters, step: summed ? filters : heads * filters },
    },
  ];
}

/** Z[u, k] = W_k U[u], then Y[v] = Σ_(u,k) A[v, (u, k)] Z[u, k] (sum) or Y[v, k] = Σ_u A_k[v, u] Z[u, k]. */
function filterThenAggregate(
  { heads, filters, combine }: GraphConvolution,
  { nodes, channels }: Shape,
): [Product, Product] {
  const summed = combine === 'sum';
  const access = summed ? { row: filters, group: 0, step: 0 } : { row: heads * filters, group: filters, step: 0 };
  return [
    {
      ...{ name: 'filters', rows: heads * filters, columns: channels, groups: 1, width: 1, count: nodes },
      x: { row: 1, group: 0, step: channels },
      y: { row: 1, group: 0, step: heads * filters },
    },
    {
      name: 'attention',
      ...(summed
        ? { rows: nodes, columns: nodes * heads, groups: 1 }
        : { rows: heads * nodes, columns: nodes, groups: heads }),
      ...{ width: filters, count: 1, x: access, y: access },
    },
  ];
}

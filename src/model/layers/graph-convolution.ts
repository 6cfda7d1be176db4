import { z } from 'zod';
import type { Pointer } from '../../kernels/kernels.js';
import type { BiasSpec, Layer, LayerActivations, LayerContext, LayerParameters, Pass, Shape } from '../layer.js';
import type { ActivationRows, WeightSpec } from '../weight-matrix.js';
import { Activation, activationSchema } from './activation.js';

export const graphConvolutionSchema = activationSchema.extend({
  kind: z.literal('graph-convolution'),
  heads: z.int().min(1).max(256),
  /** Filters a head. */
  filters: z.int().min(1).max(4096),
  combine: z.enum(['sum', 'concatenate']),
});

export type GraphConvolutionOptions = z.output<typeof graphConvolutionSchema>;

/** How activations of [nodes][heads][channels] rows are read by a matrix: rows, groups and steps counted in values. */
interface Access {
  readonly row: number;
  readonly group: number;
  readonly step: number;
}

/** One of the layer's two products: a weight matrix, how it reads x and writes y, its repetitions and its width. */
interface Product {
  readonly spec: WeightSpec;
  /** Values of n columns that one row holds: 1, or a node's channels side by side. */
  readonly width: number;
  readonly count: number;
  readonly x: Access;
  readonly y: Access;
}

/**
 * Σ_k A_k U W_k (heads summed) or [A_k U W_k]_k (heads concatenated): A_k learned attention between the nodes, U the
 * nodes' channels, W_k filters (arXiv 2312.17615, section 2). Two products, in the order that costs less: aggregate over
 * the nodes first where a node has fewer channels than a head has filters, else filter first.
 */
export class GraphConvolution implements Layer {
  readonly kind = 'graph-convolution';
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
  readonly biases: readonly BiasSpec[];
  readonly scratchRows: number;
  private readonly products: readonly [Product, Product];
  private readonly inputGradient: boolean;
  private readonly activation: Activation;

  constructor(options: GraphConvolutionOptions, { name, input, inputGradient }: LayerContext) {
    const { heads, filters, combine } = options;
    const channels = combine === 'sum' ? filters : heads * filters;
    const aggregateFirst = input.channels <= filters;
    this.name = name;
    this.input = input;
    this.output = { nodes: input.nodes, channels };
    this.inputGradient = inputGradient;
    this.products = (aggregateFirst ? aggregateThenFilter : filterThenAggregate)(options, input, inputGradient);
    this.weights = this.products.map(({ spec }) => spec);
    this.biases = [{ name: 'bias', size: channels }];
    this.scratchRows = input.nodes * heads * (aggregateFirst ? input.channels : filters);
    this.activation = new Activation(options, channels, input.nodes);
  }

  forward(pass: Pass, { weights, biases }: LayerParameters, at: LayerActivations): void {
    const [first, second] = this.products;
    const { kernels, n } = pass;
    weights[0].multiply(
      kernels,
      rows(first.x, at.input, n),
      rows(first.y, at.scratch, n),
      first.width * n,
      first.count,
    );
    weights[1].multiply(
      kernels,
      rows(second.x, at.scratch, n),
      rows(second.y, at.output, n),
      second.width * n,
      second.count,
    );
    this.activation.forward(pass, at.output, biases[0]);
  }

  backward(pass: Pass, { weights, biasGradients }: LayerParameters, at: LayerActivations): void {
    const [first, second] = this.products;
    const { kernels, n, shard } = pass;
    this.activation.backward(pass, at.outputGradient, at.output, biasGradients[0]);
    const dy = rows(second.y, at.outputGradient, n);
    const [z, width] = [rows(second.x, at.scratch, n), second.width * n];
    weights[1].accumulateGradient(kernels, shard, dy, z, width, second.count);
    weights[1].multiplyTransposed(kernels, dy, rows(second.x, at.scratchGradient, n), width, second.count);
    const dz = rows(first.y, at.scratchGradient, n);
    weights[0].accumulateGradient(kernels, shard, dz, rows(first.x, at.input, n), first.width * n, first.count);
    if (!this.inputGradient) return;
    weights[0].multiplyTransposed(kernels, dz, rows(first.x, at.inputGradient, n), first.width * n, first.count);
  }
}

/** Z[v, k] = Σ_u A[(v, k), u] U[u], then Y[v] = W Z[v] (sum) or Y[v, k] = W_k Z[v, k] (concatenate). */
function aggregateThenFilter(
  { heads, filters, combine }: GraphConvolutionOptions,
  { nodes, channels }: Shape,
  transposed: boolean,
): [Product, Product] {
  const attention: Product = {
    spec: { ...matrix('attention', nodes * heads, nodes), reuse: channels, transposed },
    width: channels,
    count: 1,
    x: { row: channels, group: 0, step: 0 },
    y: { row: channels, group: 0, step: 0 },
  };
  const summed = combine === 'sum';
  const shape = summed ? matrix('filters', filters, heads * channels) : matrix('filters', heads * filters, channels);
  return [
    attention,
    {
      spec: { ...shape, groups: summed ? 1 : heads, reuse: nodes, transposed: true },
      width: 1,
      count: nodes,
      x: { row: 1, group: channels, step: heads * channels },
      y: { row: 1, group: filters, step: summed ? filters : heads * filters },
    },
  ];
}

/** Z[u, k] = W_k U[u], then Y[v] = Σ_(u,k) A[v, (u, k)] Z[u, k] (sum) or Y[v, k] = Σ_u A_k[v, u] Z[u, k]. */
function filterThenAggregate(
  { heads, filters, combine }: GraphConvolutionOptions,
  { nodes, channels }: Shape,
  transposed: boolean,
): [Product, Product] {
  const filter: Product = {
    spec: { ...matrix('filters', heads * filters, channels), reuse: nodes, transposed },
    width: 1,
    count: nodes,
    x: { row: 1, group: 0, step: channels },
    y: { row: 1, group: 0, step: heads * filters },
  };
  const summed = combine === 'sum';
  const shape = summed ? matrix('attention', nodes, nodes * heads) : matrix('attention', heads * nodes, nodes);
  const headwise = { row: heads * filters, group: filters, step: 0 };
  const flat = { row: filters, group: 0, step: 0 };
  return [
    filter,
    {
      spec: { ...shape, groups: summed ? 1 : heads, reuse: filters, transposed: true },
      width: filters,
      count: 1,
      x: summed ? flat : headwise,
      y: summed ? flat : headwise,
    },
  ];
}

function matrix(name: string, rows: number, columns: number) {
  return { name, rows, columns, groups: 1, fanIn: columns };
}

/** An access to activations of n columns, in bytes. */
function rows({ row, group, step }: Access, at: Pointer, n: number): ActivationRows {
  return { at, row: row * n * 4, group: group * n * 4, step: step * n * 4 };
}

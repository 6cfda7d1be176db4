import { z } from 'zod';
import type { Pointer } from '../../kernels/kernels.js';
import { type Access, layerProducts, type Product, type Shape } from '../../runtime/products.js';
import type { BiasSpec, Layer, LayerActivations, LayerContext, LayerParameters, Pass } from '../layer.js';
import type { ActivationRows, WeightSpec } from '../weight-matrix.js';
import { Activation, activationSchema } from './activation.js';

export const graphConvolutionSchema = activationSchema.extend({
  kind: z.literal('graph-convolution'),
  heads: z.int().min(1).max(256),
  /** Filters a head. */
  filters: z.int().min(1).max(4096),
  combine: z.enum(['sum', 'concatenate']),
});

type GraphConvolutionOptions = z.output<typeof graphConvolutionSchema>;

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
    const { output, products, scratchRows } = layerProducts(options, input);
    const [first, second] = products;
    this.name = name;
    this.input = input;
    this.output = output;
    this.inputGradient = inputGradient;
    this.products = [first, second];
    this.weights = [specOf(first, inputGradient), specOf(second, true)];
    this.biases = [{ name: 'bias', size: output.channels }];
    this.scratchRows = scratchRows;
    this.activation = new Activation(options, output.channels, output.nodes);
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

function specOf({ name, rows, columns, groups, width, count }: Product, transposed: boolean): WeightSpec {
  return { name, rows, columns, groups, fanIn: columns, reuse: width * count, transposed };
}

/** An access to activations of n columns, in bytes. */
function rows({ row, group, step }: Access, at: Pointer, n: number): ActivationRows {
  return { at, row: row * n * 4, group: group * n * 4, step: step * n * 4 };
}

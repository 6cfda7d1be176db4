import type { Pointer } from '../../kernels/contract.js';
import { type Access, layerProducts, type Product, type Shape } from '../../runtime/network/products.js';
import {
  type BiasSpec,
  type ForwardPass,
  type Layer,
  type LayerActivations,
  type LayerContext,
  type LayerParameters,
  type Pass,
  rowsOf,
  type TrainableParameters,
} from '../layer.js';
import type { OptionsOf } from '../network-schema.js';
import { type ActivationRows, activationRows, type RowRange, type WeightSpec, weightSpecOf } from '../weight-matrix.js';
import { Activation } from './activation.js';
import { Normalisation } from './normalisation.js';
import { Residual } from './residual.js';

/** What one block of the first product may write: it then stays in a second-level cache. */
const BLOCK_BYTES = 256 * 1024;

/** Repetitions of the second product in a frame, and the rows of the first that they read. */
interface Block {
  readonly from: number;
  readonly count: number;
  readonly rows: RowRange;
}

type GraphConvolutionOptions = OptionsOf<'graph-convolution'>;

/**
 * Σ_k A_k U W_k (heads summed) or [A_k U W_k]_k (heads concatenated): A_k learned attention between the nodes, U the
 * nodes' channels, W_k filters (docs/method.md). Two products, in the order that costs less: aggregate over
 * the nodes first where a node has fewer channels than a head has filters, else filter first. Over time, the same in every
 * frame.
 */
export class GraphConvolution implements Layer {
  readonly kind = 'graph-convolution';
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
  readonly biases: readonly BiasSpec[];
  readonly scratchRows: number;
  readonly from: number | undefined;
  /** Of a frame. */
  private readonly products: readonly [Product, Product];
  private readonly frames: number;
  private readonly residual: Residual;
  readonly normalisedWeight: number | undefined;
  private readonly normalisation: Normalisation | undefined;
  private readonly inputGradient: boolean;
  private readonly addsGradient: boolean;
  private readonly activation: Activation;
  /** The blocks of the last n. */
  private blocked: { readonly n: number; readonly blocks: readonly Block[] } = { n: 0, blocks: [] };

  constructor(options: GraphConvolutionOptions, context: LayerContext) {
    const { name, input, before = [input], inputGradient, addsGradient = false, normalises = false } = context;
    const expanded = layerProducts(options, before);
    const { output, products, scratchRows } = expanded;
    const [first, second] = products;
    this.name = name;
    this.input = input;
    this.output = output;
    this.inputGradient = inputGradient;
    this.addsGradient = addsGradient;
    this.normalisedWeight = normalises ? 1 : undefined;
    this.normalisation = normalises ? new Normalisation(output) : undefined;
    this.frames = first.frames ?? 1;
    this.products = [ofFrame(first), ofFrame(second)];
    this.residual = new Residual(expanded);
    this.from = this.residual.from;
    this.weights = [weightSpecOf(first, inputGradient), weightSpecOf(second, true), ...this.residual.weights];
    this.biases = [{ name: 'bias', size: output.channels }];
    this.scratchRows = scratchRows;
    this.activation = new Activation(options, output.channels, output.nodes);
  }

  forward(pass: ForwardPass, parameters: LayerParameters, at: LayerActivations): void {
    const to = this.normalisation?.before(at) ?? at;
    for (let frame = 0; frame < this.frames; frame++) this.convolve(pass, parameters, this.atFrame(to, frame, pass.n));
    this.normalisation?.forward(pass, at);
    this.residual.forward(pass, parameters, at);
    this.activation.forward(pass, at.output, parameters.biases[0]);
  }

  backward(pass: Pass, parameters: TrainableParameters, at: LayerActivations): void {
    this.activation.backward(pass, at.outputGradient, at.output, parameters.biasGradients[0]);
    this.residual.backward(pass, parameters, at);
    this.normalisation?.backward(pass, at);
    for (let frame = 0; frame < this.frames; frame++) {
      this.convolveBackward(pass, parameters, this.atFrame(at, frame, pass.n));
    }
  }

  private convolve(pass: ForwardPass, { weights }: LayerParameters, at: LayerActivations): void {
    const [first, second] = this.products;
    const { n } = pass;
    for (const block of this.blocks(n)) {
      const z = at.scratch;
      const [x, width] = [activationRows(first.x, at.input, n), first.width * n];
      weights[0].multiply(pass, x, activationRows(first.y, z, n), width, first.count, block.rows);
      const [from, to] = [repetitions(second.x, z, n, block), repetitions(second.y, at.output, n, block)];
      weights[1].multiply(pass, from, to, second.width * n, block.count);
    }
  }

  private convolveBackward(pass: Pass, { weights }: TrainableParameters, at: LayerActivations): void {
    const [first, second] = this.products;
    const { n } = pass;
    const x = activationRows(first.x, at.input, n);
    for (const block of this.blocks(n)) {
      const dz = at.scratchGradient;
      const dy = repetitions(second.y, at.outputGradient, n, block);
      const width = second.width * n;
      weights[1].accumulateGradient(pass, dy, repetitions(second.x, at.scratch, n, block), width, block.count);
      weights[1].multiplyTransposed(pass, dy, repetitions(second.x, dz, n, block), width, block.count);
      const written = activationRows(first.y, dz, n);
      weights[0].accumulateGradient(pass, written, x, first.width * n, first.count, block.rows);
    }
    if (!this.inputGradient) return;
    const from = activationRows(first.y, at.scratchGradient, n);
    const to = activationRows(first.x, at.inputGradient, n);
    weights[0].multiplyTransposed(pass, from, to, first.width * n, first.count, this.addsGradient);
  }

  /** The activations of a frame. */
  private atFrame(at: LayerActivations, frame: number, n: number): LayerActivations {
    const { input, output, scratchRows, frames } = this;
    const bytes = (rows: number) => (rows / frames) * frame * n * 4;
    const [x, y, z] = [bytes(rowsOf(input)), bytes(rowsOf(output)), bytes(scratchRows)];
    return {
      ...at,
      input: at.input + x,
      inputGradient: at.inputGradient + x,
      output: at.output + y,
      outputGradient: at.outputGradient + y,
      scratch: at.scratch + z,
      scratchGradient: at.scratchGradient + z,
    };
  }

  /**
   * Parts of the layer that are worked on one after the other, so that what passes between the two products stays in the
   * cache: some nodes if these are aggregated first, else all.
   */
  private blocks(n: number): readonly Block[] {
    if (this.blocked.n === n) return this.blocked.blocks;
    const [first, second] = this.products;
    const rowsEach = first.rows / second.count;
    const nodes = Math.max(1, Math.floor(BLOCK_BYTES / (second.columns * n * 4)));
    const blocks = Array.from({ length: Math.ceil(second.count / nodes) }, (_, i) => {
      const count = Math.min(nodes, second.count - i * nodes);
      return { from: i * nodes, count, rows: { first: i * nodes * rowsEach, rows: count * rowsEach } };
    });
    this.blocked = { n, blocks };
    return blocks;
  }
}

/** The repetitions of a product in one frame. */
function ofFrame(product: Product): Product {
  return { ...product, count: product.count / (product.frames ?? 1) };
}

/** The same from a block's first repetition on. */
function repetitions(access: Access, at: Pointer, n: number, { from }: Block): ActivationRows {
  return activationRows(access, at + from * access.stride * n * 4, n);
}

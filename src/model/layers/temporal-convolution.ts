import { layerProducts, type Shape } from '../../runtime/network/products.js';
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
import type { WeightSpec } from '../weight-matrix.js';
import { Activation } from './activation.js';
import { FrameProduct } from './frame-product.js';
import { Normalisation } from './normalisation.js';
import { Residual } from './residual.js';

/** Y[t, v] = Σ_k W_k U[t · stride + k · dilation, v]: over the frames of each joint by itself, without padding. */
export class TemporalConvolution implements Layer {
  readonly kind = 'temporal-convolution';
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
  readonly biases: readonly BiasSpec[];
  readonly scratchRows = 0;
  readonly from: number | undefined;
  private readonly filters: FrameProduct;
  private readonly residual: Residual;
  readonly normalisedWeight: number | undefined;
  private readonly normalisation: Normalisation | undefined;
  private readonly inputGradient: boolean;
  private readonly addsGradient: boolean;
  private readonly activation: Activation;

  constructor(options: OptionsOf<'temporal-convolution'>, context: LayerContext) {
    const { name, input, before = [input], inputGradient, addsGradient = false, normalises = false } = context;
    const expanded = layerProducts(options, before);
    const { output } = expanded;
    this.name = name;
    this.input = input;
    this.output = output;
    this.inputGradient = inputGradient;
    this.addsGradient = addsGradient;
    this.normalisedWeight = normalises ? 0 : undefined;
    this.normalisation = normalises ? new Normalisation(output) : undefined;
    this.filters = new FrameProduct(expanded.products[0], inputGradient);
    this.residual = new Residual(expanded);
    this.from = this.residual.from;
    this.weights = [this.filters.spec, ...this.residual.weights];
    this.biases = [{ name: 'bias', size: output.channels }];
    this.activation = new Activation(options, output.channels, output.nodes);
  }

  forward(pass: ForwardPass, parameters: LayerParameters, at: LayerActivations): void {
    const { output } = this.normalisation?.before(at) ?? at;
    this.filters.forward(pass, parameters.weights[0], at.input, output, false);
    this.normalisation?.forward(pass, at);
    this.residual.forward(pass, parameters, at);
    this.activation.forward(pass, at.output, parameters.biases[0]);
  }

  backward(pass: Pass, parameters: TrainableParameters, at: LayerActivations): void {
    const { kernels, n } = pass;
    this.activation.backward(pass, at.outputGradient, at.output, parameters.biasGradients[0]);
    this.residual.backward(pass, parameters, at);
    this.normalisation?.backward(pass, at);
    const dx = this.inputGradient ? at.inputGradient : 0;
    if (dx !== 0 && !this.addsGradient) kernels.clear(dx, rowsOf(this.input) * n);
    this.filters.backward(pass, parameters.weights[0], at.input, dx, at.outputGradient);
  }
}

import { type FixedProduct, layerProducts, type Shape } from '../../runtime/network/products.js';
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
import { Activation } from './activation.js';
import { addFixed } from './frame-product.js';

/** The mean over frames, joints or both, and a bias. */
export class Pool implements Layer {
  readonly kind = 'pool';
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly weights = [];
  readonly biases: readonly BiasSpec[];
  readonly scratchRows = 0;
  private readonly mean: FixedProduct;
  private readonly inputGradient: boolean;
  private readonly addsGradient: boolean;
  private readonly activation: Activation;

  constructor(options: OptionsOf<'pool'>, context: LayerContext) {
    const { name, input, before = [input], inputGradient, addsGradient = false } = context;
    const { output, fixed } = layerProducts(options, before);
    this.name = name;
    this.input = input;
    this.output = output;
    this.mean = fixed![0];
    this.inputGradient = inputGradient;
    this.addsGradient = addsGradient;
    this.biases = [{ name: 'bias', size: output.channels }];
    this.activation = new Activation(options, output.channels, output.nodes);
  }

  forward(pass: ForwardPass, { biases }: LayerParameters, { input, output }: LayerActivations): void {
    pass.kernels.clear(output, rowsOf(this.output) * pass.n);
    addFixed(pass, this.mean, input, output);
    this.activation.forward(pass, output, biases[0]);
  }

  backward(pass: Pass, { biasGradients }: TrainableParameters, at: LayerActivations): void {
    const { kernels, n } = pass;
    this.activation.backward(pass, at.outputGradient, at.output, biasGradients[0]);
    if (!this.inputGradient) return;
    if (!this.addsGradient) kernels.clear(at.inputGradient, rowsOf(this.input) * n);
    addFixed(pass, this.mean, at.inputGradient, at.outputGradient, true);
  }
}

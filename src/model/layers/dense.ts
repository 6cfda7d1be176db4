import { z } from 'zod';
import type { Pointer } from '../../kernels/kernels.js';
import { layerProducts, type Shape } from '../../runtime/products.js';
import type { BiasSpec, Layer, LayerActivations, LayerContext, LayerParameters, Pass } from '../layer.js';
import type { ActivationRows, WeightSpec } from '../weight-matrix.js';
import { Activation, activationSchema } from './activation.js';

export const denseSchema = activationSchema.extend({
  kind: z.literal('dense'),
  units: z.int().min(1).max(65536),
});

/** y = W x + b over all rows of the input. */
export class Dense implements Layer {
  readonly kind = 'dense';
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
  readonly biases: readonly BiasSpec[];
  readonly scratchRows = 0;
  private readonly inputGradient: boolean;
  private readonly activation: Activation;

  constructor(options: z.output<typeof denseSchema>, { name, input, inputGradient }: LayerContext) {
    const { output, products } = layerProducts(options, input);
    const [{ rows, columns, groups, x, y }] = products;
    this.name = name;
    this.input = input;
    this.output = output;
    this.inputGradient = inputGradient;
    const use = { fanIn: columns, reuse: 1, transposed: inputGradient, xRow: x.row, yRow: y.row };
    this.weights = [{ name: 'weight', rows, columns, groups, ...use }];
    this.biases = [{ name: 'bias', size: rows }];
    this.activation = new Activation(options, rows, 1);
  }

  forward(pass: Pass, { weights, biases }: LayerParameters, { input, output }: LayerActivations): void {
    weights[0].multiply(pass.kernels, single(input), single(output), pass.n, 1);
    this.activation.forward(pass, output, biases[0]);
  }

  backward(pass: Pass, { weights, biasGradients }: LayerParameters, at: LayerActivations): void {
    const { kernels, n } = pass;
    this.activation.backward(pass, at.outputGradient, at.output, biasGradients[0]);
    const dy = single(at.outputGradient);
    weights[0].accumulateGradient(pass, dy, single(at.input), n, 1);
    if (this.inputGradient) weights[0].multiplyTransposed(kernels, dy, single(at.inputGradient), n, 1);
  }
}

function single(at: Pointer): ActivationRows {
  return { at, group: 0, step: 0 };
}

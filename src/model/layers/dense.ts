import { type Access, layerProducts, type Shape } from '../../runtime/network/products.js';
import type {
  BiasSpec,
  ForwardPass,
  Layer,
  LayerActivations,
  LayerContext,
  LayerParameters,
  Pass,
  TrainableParameters,
} from '../layer.js';
import type { OptionsOf } from '../network-schema.js';
import { activationRows, type WeightSpec } from '../weight-matrix.js';
import { Activation } from './activation.js';

/**
 * y = W x + b over all rows of the input, member by member.
 *
 * `apart`: the outputs of each member are together, as answers of its own.
 */
export class Dense implements Layer {
  readonly kind = 'dense';
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
  readonly biases: readonly BiasSpec[];
  readonly scratchRows = 0;
  private readonly x: Access;
  private readonly y: Access;
  private readonly inputGradient: boolean;
  private readonly addsGradient: boolean;
  private readonly activation: Activation;

  constructor(options: OptionsOf<'dense'>, context: LayerContext, apart = false) {
    const { name, input, inputGradient, addsGradient = false } = context;
    const { output, products } = layerProducts(options, [input]);
    const [{ rows, columns, groups, x }] = products;
    const y = apart ? { row: 1, group: rows / groups, stride: 0 } : x;
    this.name = name;
    this.input = input;
    this.output = output;
    this.x = x;
    this.y = y;
    this.inputGradient = inputGradient;
    this.addsGradient = addsGradient;
    const use = { fanIn: columns, reuse: 1, transposed: inputGradient, xRow: x.row, yRow: y.row };
    this.weights = [{ name: 'weight', rows, columns, groups, ...use }];
    this.biases = [{ name: 'bias', size: rows }];
    this.activation = new Activation(options, rows, 1);
  }

  forward(pass: ForwardPass, { weights, biases }: LayerParameters, { input, output }: LayerActivations): void {
    const { n } = pass;
    weights[0].multiply(pass, activationRows(this.x, input, n), activationRows(this.y, output, n), n, 1);
    this.activation.forward(pass, output, biases[0]);
  }

  backward(pass: Pass, { weights, biasGradients }: TrainableParameters, at: LayerActivations): void {
    const { n } = pass;
    this.activation.backward(pass, at.outputGradient, at.output, biasGradients[0]);
    const dy = activationRows(this.y, at.outputGradient, n);
    weights[0].accumulateGradient(pass, dy, activationRows(this.x, at.input, n), n, 1);
    if (!this.inputGradient) return;
    weights[0].multiplyTransposed(pass, dy, activationRows(this.x, at.inputGradient, n), n, 1, this.addsGradient);
  }
}

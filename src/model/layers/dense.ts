import { z } from 'zod';
import type { Pointer } from '../../kernels/kernels.js';
import {
  type BiasSpec,
  type Layer,
  type LayerActivations,
  type LayerContext,
  type LayerParameters,
  type Pass,
  rowsOf,
  type Shape,
} from '../layer.js';
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
    const { units } = options;
    const columns = rowsOf(input);
    this.name = name;
    this.input = input;
    this.output = { nodes: 1, channels: units };
    this.inputGradient = inputGradient;
    const shape = { rows: units, columns, groups: 1, fanIn: columns };
    this.weights = [{ name: 'weight', ...shape, reuse: 1, transposed: inputGradient }];
    this.biases = [{ name: 'bias', size: units }];
    this.activation = new Activation(options, units, 1);
  }

  forward(pass: Pass, { weights, biases }: LayerParameters, { input, output }: LayerActivations): void {
    weights[0].multiply(pass.kernels, rows(input, pass.n), rows(output, pass.n), pass.n, 1);
    this.activation.forward(pass, output, biases[0]);
  }

  backward(pass: Pass, { weights, biasGradients }: LayerParameters, at: LayerActivations): void {
    const { kernels, n, shard } = pass;
    this.activation.backward(pass, at.outputGradient, at.output, biasGradients[0]);
    const dy = rows(at.outputGradient, n);
    weights[0].accumulateGradient(kernels, shard, dy, rows(at.input, n), n, 1);
    if (this.inputGradient) weights[0].multiplyTransposed(kernels, dy, rows(at.inputGradient, n), n, 1);
  }
}

function rows(at: Pointer, n: number): ActivationRows {
  return { at, row: n * 4, group: 0, step: 0 };
}

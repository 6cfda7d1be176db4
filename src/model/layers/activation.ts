import type { Pointer } from '../../kernels/contract.js';
import type { ActivationName } from '../../runtime/network/products.js';
import type { ForwardPass, Pass } from '../layer.js';
import type { LayerOptions } from '../network-schema.js';

/** Whether negative outputs become zero. */
const activations: Readonly<Record<ActivationName, boolean>> = { relu: true, none: false };

const HASH_RANGE = 2 ** 31;

/** Bias, rectification and dropout after a product: y = dropout(relu(y + b)), `count` blocks of `size` rows. */
export class Activation {
  private readonly size: number;
  private readonly count: number;
  private readonly rectify: boolean;
  private readonly keep: number;

  constructor(options: Pick<LayerOptions, 'activation' | 'dropout'>, size: number, count: number) {
    this.size = size;
    this.count = count;
    this.rectify = activations[options.activation];
    this.keep = this.rectify ? 1 - options.dropout : 1;
  }

  forward({ kernels, n, dropoutSeed }: ForwardPass, y: Pointer, bias: Pointer): void {
    kernels.addBias(y, bias, this.size, n, this.count, this.rectify);
    if (dropoutSeed === undefined || this.keep === 1) return;
    kernels.dropout(y, this.size * this.count * n, dropoutSeed, this.keep * HASH_RANGE, 1 / this.keep);
  }

  backward({ kernels, n, dropoutSeed }: Pass, dy: Pointer, y: Pointer, biasGradient: Pointer): void {
    const scale = dropoutSeed === undefined ? 1 : 1 / this.keep;
    kernels.addBiasBackward(dy, y, biasGradient, this.size, n, this.count, this.rectify, scale);
  }
}

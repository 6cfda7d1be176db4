import { z } from 'zod';
import type { Pointer } from '../../kernels/kernels.js';
import type { Dropout, Pass } from '../layer.js';

/** Options of what follows a layer's product. */
export const activationSchema = z.strictObject({
  activation: z.enum(['relu', 'none']).default('relu'),
  /** Probability that dropout sets an output to zero in training; needs `relu`. */
  dropout: z.number().min(0).lt(1).default(0),
});

const HASH_RANGE = 2 ** 31;

/** Bias, rectification and dropout behind a product: y = dropout(relu(y + b)), `count` blocks of `size` rows. */
export class Activation {
  private readonly size: number;
  private readonly count: number;
  private readonly rectify: boolean;
  private readonly probability: number;

  constructor(options: z.output<typeof activationSchema>, size: number, count: number) {
    this.size = size;
    this.count = count;
    this.rectify = options.activation === 'relu';
    this.probability = this.rectify ? options.dropout : 0;
  }

  forward({ kernels, n, dropout }: Pass, y: Pointer, bias: Pointer): void {
    kernels.addBias(y, bias, this.size, n, this.count, this.rectify);
    const keep = this.keep(dropout);
    if (dropout === undefined || keep === 1) return;
    kernels.dropout(y, this.size * this.count * n, dropout.seed, keep * HASH_RANGE, 1 / keep);
  }

  backward({ kernels, n, dropout }: Pass, dy: Pointer, y: Pointer, biasGradient: Pointer): void {
    kernels.addBiasBackward(dy, y, biasGradient, this.size, n, this.count, this.rectify, 1 / this.keep(dropout));
  }

  /** Probability that an output is kept. */
  private keep(dropout: Dropout | undefined): number {
    return dropout === undefined ? 1 : 1 - this.probability * dropout.share;
  }
}

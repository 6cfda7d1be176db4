import type { ForwardPass, LayerActivations, Pass, Shape } from '../layer.js';

/**
 * Normalisation of what a layer's products give, before its residual and its bias: each channel loses its mean over the
 * sequences of the pass, all their frames and nodes, and all channels are divided by one deviation. So it is folded into a
 * bias of each channel and the gain of one matrix once means and deviation are known (train/fold-normalisation.ts). Batch
 * normalisation (arXiv 1502.03167) divides each channel by a deviation of its own.
 */
export class Normalisation {
  private readonly channels: number;
  private readonly blocks: number;

  constructor({ nodes, channels }: Shape) {
    this.channels = channels;
    this.blocks = nodes;
  }

  /** Where the products are to be written: the room that the backward pass reads. */
  before(at: LayerActivations): LayerActivations {
    return { ...at, output: at.normalised };
  }

  forward({ kernels, n, used }: ForwardPass, { normalised, output, statistics }: LayerActivations): void {
    kernels.normalise(normalised, output, this.channels, n, this.blocks, used, statistics);
  }

  /** Turns the gradient of the output into that of the products. */
  backward({ kernels, n, used }: Pass, { normalised, outputGradient, statistics }: LayerActivations): void {
    kernels.normaliseBackward(outputGradient, normalised, this.channels, n, this.blocks, used, statistics);
  }
}

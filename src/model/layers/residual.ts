import type { FixedProduct, LayerProducts } from '../../runtime/network/products.js';
import type { ForwardPass, LayerActivations, LayerParameters, Pass, TrainableParameters } from '../layer.js';
import type { WeightSpec } from '../weight-matrix.js';
import { addFixed, FrameProduct } from './frame-product.js';

/** What a layer adds to its output beside its chain of products: an activation from before, as it is or projected. */
export class Residual {
  readonly from: number | undefined;
  /** Of the projection, the last of the layer's weights, if there is one. */
  readonly weights: readonly WeightSpec[];
  private readonly fixed: readonly FixedProduct[];
  private readonly projection: FrameProduct | undefined;

  constructor({ products, fixed = [] }: LayerProducts) {
    const projection = products.find(({ from }) => from !== undefined);
    this.fixed = fixed;
    this.projection = projection && new FrameProduct(projection, true);
    this.weights = this.projection === undefined ? [] : [this.projection.spec];
    this.from = projection?.from ?? fixed[0]?.from;
  }

  forward(pass: ForwardPass, { weights }: LayerParameters, { source, output }: LayerActivations): void {
    for (const product of this.fixed) addFixed(pass, product, source, output);
    this.projection?.forward(pass, weights[weights.length - 1], source, output, true);
  }

  /** Adds to the gradient of the source. */
  backward(pass: Pass, { weights }: TrainableParameters, at: LayerActivations): void {
    const { source, sourceGradient, outputGradient } = at;
    if (sourceGradient !== 0) {
      for (const product of this.fixed) addFixed(pass, product, sourceGradient, outputGradient, true);
    }
    this.projection?.backward(pass, weights[weights.length - 1], source, sourceGradient, outputGradient);
  }
}

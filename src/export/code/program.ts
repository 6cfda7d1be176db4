import { standardisationCodes } from '../../model/file/standardisation.js';
import type { Model } from '../../model/model.js';
import { inverseDeviationOf } from '../../runtime/file/tables.js';
import { type LayerPlan, planNetwork } from '../../runtime/plan.js';
import { markInputs, type SparseProduct, sparseProduct, type WeightType } from './sparse-product.js';

/** A layer of a program. */
export interface ProgramLayer {
  readonly plan: LayerPlan;
  readonly products: readonly SparseProduct[];
  /** Of every channel. */
  readonly bias: Float32Array;
}

/** Standardisation of the features that a network uses: mean = code / (32 · inverse deviation). */
export interface Standardisation {
  /** Which of all features, [nodes][channels]. */
  readonly used: Uint8Array;
  /** The inverse deviations that occur, and which of them each feature has. */
  readonly inverseDeviations: readonly number[];
  readonly inverses: readonly number[];
  readonly means: readonly number[];
}

/** A network at one rate, as programs in other languages hold it. */
export interface Program {
  readonly layers: readonly ProgramLayer[];
  readonly standardisation: Standardisation;
  /** Stored weights. */
  readonly nonzeros: number;
}

/** The network that a model holds. */
export function programOf(model: Model, type: WeightType): Program {
  const { weights, biases } = model.atRate(model.rate);
  let next = 0;
  const layers = planNetwork(model.description.layers, model.network.input, model.network.classes).map((plan, i) => ({
    plan,
    products: plan.products.map((product) => sparseProduct(product, weights[next++], type)),
    bias: biases[i],
  }));
  return { layers, standardisation: standardisationOf(model, usedFeatures(layers)), nonzeros: countWeights(layers) };
}

function countWeights(layers: readonly ProgramLayer[]): number {
  return layers.flatMap(({ products }) => products).reduce((sum, { weights }) => sum + weights.length, 0);
}

/** Which features any logit depends on. */
function usedFeatures(layers: readonly ProgramLayer[]): Uint8Array {
  let live = new Uint8Array(layers[layers.length - 1].bias.length).fill(1);
  for (const { plan, products } of layers.toReversed()) {
    for (let i = products.length - 1; i >= 0; i--) {
      const inputs = new Uint8Array(i > 0 ? plan.scratchRows : plan.input.nodes * plan.input.channels);
      markInputs(products[i], live, inputs);
      live = inputs;
    }
  }
  return live;
}

function standardisationOf({ parameters }: Model, used: Uint8Array): Standardisation {
  const codes = standardisationCodes(parameters.mean, parameters.inverseDeviation);
  const keep = (values: Int32Array) => Array.from(values.filter((_, i) => used[i] === 1));
  const inverses = keep(codes.inverseDeviation);
  const distinct = [...new Set(inverses)].sort((a, b) => a - b);
  return {
    used,
    inverseDeviations: distinct.map(inverseDeviationOf),
    inverses: inverses.map((code) => distinct.indexOf(code)),
    means: keep(codes.mean),
  };
}

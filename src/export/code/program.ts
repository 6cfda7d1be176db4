import { standardisationCodes } from '../../model/file/standardisation.js';
import type { Model } from '../../model/model.js';
import { liveWeights } from '../../pruning/live.js';
import { inverseDeviationOf } from '../../runtime/file/tables.js';
import { type LayerPlan, planNetwork } from '../../runtime/plan.js';
import { type SparseProduct, sparseProduct, type WeightType } from './sparse-product.js';

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

/** The network that a model holds at its own rate, without weights and features that cannot influence an answer. */
export function programOf(model: Model, type: WeightType): Program {
  const { weights, biases } = model.atRate(model.rate);
  const live = liveWeights(model);
  let next = 0;
  const layers = planNetwork(model.description.layers, model.network.input, model.network.classes).map((plan, i) => ({
    plan,
    products: plan.products.map((product) => {
      const own = live.weights[next];
      return sparseProduct(
        product,
        weights[next++].map((weight, at) => weight * own[at]),
        type,
      );
    }),
    bias: biases[i],
  }));
  const nonzeros = layers.flatMap(({ products }) => products).reduce((sum, { columns }) => sum + columns.length, 0);
  return { layers, standardisation: standardisationOf(model, live.layers[0].input), nonzeros };
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

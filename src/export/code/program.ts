import { standardisationCodes } from '../../model/file/standardisation.js';
import type { Model } from '../../model/model.js';
import { type LiveNetwork, liveWeights } from '../../pruning/cut/live.js';
import { inverseDeviationOf } from '../../runtime/file/tables.js';
import { type LayerPlan, planNetwork } from '../../runtime/network/plan.js';
import { repetitionOf } from '../../runtime/network/products.js';
import { type EncodedTensor, type Encoding, encodeTensors, withoutTiny } from './encoding.js';
import { type SparseProduct, sparseProduct } from './sparse-product.js';

/** A layer of a program. */
export interface ProgramLayer {
  readonly plan: LayerPlan;
  readonly products: readonly SparseProduct[];
  /** Of every channel. */
  readonly bias: Float32Array;
}

/** Standardisation of the features that a network uses: mean = code / (MEAN_PARTS · inverse deviation). */
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
  readonly live: LiveNetwork;
  /** Stored weights. */
  readonly nonzeros: number;
  /** Multiply-accumulates for one sequence. */
  readonly macs: number;
}

/** The network that a model holds at its own rate, without weights and features that cannot influence an answer. */
export function programOf(model: Model, encoding: Encoding): Program {
  const { description, network, rate } = model;
  const live = liveWeights(encoding === 'int8' ? withoutTiny(model) : model);
  const tensors = encodeTensors(model, live.weights, encoding).values();
  const { biases } = model.atRate(rate, []);
  const layers = planNetwork(description.layers, network.input, network.classes).map((plan, i) => {
    const products = plan.products.map((product) => {
      const { values, scale, encode } = tensors.next().value as EncodedTensor;
      return sparseProduct(product, values, scale, encode);
    });
    return { plan, products, bias: biases[i] };
  });
  const sum = (cost: (product: SparseProduct) => number) =>
    layers.flatMap(({ products }) => products).reduce((total, product) => total + cost(product), 0);
  return {
    layers,
    live,
    standardisation: standardisationOf(model, live.layers[0].input),
    nonzeros: sum(({ columns }) => columns.length),
    macs: sum(({ columns, product }) => columns.length * repetitionOf(product).repeat),
  };
}

/** Of the features that are used, 1 each. */
export function standardisationOf({ parameters }: Model, used: Uint8Array): Standardisation {
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

/** Flags of 0 and 1, eight a byte, the first in the lowest bit. */
export function packBits(flags: Uint8Array): number[] {
  return Array.from({ length: Math.ceil(flags.length / 8) }, (_, byte) =>
    flags.subarray(byte * 8, byte * 8 + 8).reduce((sum, bit, i) => sum + bit * 2 ** i, 0),
  );
}

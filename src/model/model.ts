import { checkArguments, objectWith } from '../core/arguments.js';
import type { StatedAccuracy, StreamContract } from '../runtime/file/header.js';
import type { Precision } from '../runtime/file/precision.js';
import { evaluateCurve, type RateCurve, temperatureAt, weightScale } from '../runtime/network/rate.js';
import { Pipeline, type Preprocessing, standardise } from '../runtime/skeleton/pipeline.js';
import type { Layout } from '../skeleton/layouts/layout.js';
import { quantaOf } from './file/codes.js';
import { type NetworkOutline, outlineNetwork } from './network-outline.js';
import type { LayerOptions } from './network-schema.js';

/** Where a model comes from; kept in its file. */
export interface Provenance {
  readonly dataset: string;
  readonly split: string;
  readonly recipe: string;
  readonly seed: number;
  /** Rates at which the network was trained: fixed ones, or the ends of the range they were drawn from. */
  readonly trainedRates: readonly number[];
  readonly version: string;
  /** The weights came back from another format, and may have been changed there. */
  readonly imported?: true | undefined;
  /** What was measured when the model was made, before a cut or another precision. */
  readonly accuracy?: readonly StatedAccuracy[] | undefined;
}

/** All of a model that is not a number of the network. */
export interface ModelDescription {
  readonly layout: Layout;
  readonly persons: number;
  readonly classes: readonly string[];
  readonly preprocessing: Preprocessing;
  readonly layers: readonly LayerOptions[];
  /** Temperature of the softmax over the rate, at knots as those of the biases; without it, 1. */
  readonly temperatures?: readonly number[] | undefined;
  /** What a stream of frames should know; without it, the defaults of docs/format.md. */
  readonly stream?: StreamContract | undefined;
  readonly provenance: Provenance;
}

/** The numbers of a model. */
export interface ModelParameters {
  /** Latent weights ŵ, one tensor a weight of the network; a pruned weight is exactly zero. */
  readonly latents: readonly Float32Array[];
  /** s of W = s · gain(rate) · ŵ, one a tensor. */
  readonly scales: readonly number[];
  /** Logarithm of the gain as a function of the rate, one curve a tensor. */
  readonly gains: readonly RateCurve[];
  readonly biases: readonly RateCurve[];
  /** Features are standardised as (x − mean) · inverseDeviation, [nodes][channels], and clamped. */
  readonly mean: Float32Array;
  readonly inverseDeviation: Float32Array;
}

/** The network's numbers at one rate. */
export interface RateParameters {
  readonly weights: readonly Float32Array[];
  readonly biases: readonly Float32Array[];
}

/** A trained network with all that turns a recorded sequence into class scores. */
export class Model {
  readonly description: ModelDescription;
  readonly parameters: ModelParameters;
  readonly pipeline: Pipeline;
  readonly network: NetworkOutline;
  /** The least pruning rate that the model holds: 0, or that of the cut which made it. */
  readonly rate: number;
  /** How its file holds the weights. */
  readonly precision: Precision;
  /** Of int8: what all latents are whole multiples of, in cuts of the model too. */
  readonly quantum: number;

  /** @param quantum by default of the greatest latent */
  constructor(
    description: ModelDescription,
    parameters: ModelParameters,
    rate = 0,
    precision: Precision = 'float32',
    quantum = quantaOf[precision](parameters),
  ) {
    checkArguments('Model', {
      description: [
        objectWith('what a file says of a model', 'layout', 'persons', 'classes', 'preprocessing', 'layers'),
        description,
      ],
    });
    this.description = description;
    this.parameters = parameters;
    this.rate = rate;
    this.precision = precision;
    this.quantum = quantum;
    this.pipeline = new Pipeline(description.preprocessing, description.layout, description.persons);
    this.network = outlineNetwork(description.layers, this.pipeline.input, description.classes.length);
  }

  /** W = s · gain(rate) · ŵ of given latents, and the biases at the rate. */
  atRate(rate: number, latents: readonly Float32Array[] = this.parameters.latents): RateParameters {
    const { scales, gains, biases } = this.parameters;
    const weights = latents.map((tensor, t) => {
      const scale = weightScale(scales[t], gains[t], rate);
      return tensor.map((latent) => latent * scale);
    });
    return { weights, biases: biases.map((curve) => Float32Array.from(evaluateCurve(curve, rate))) };
  }

  /** What the logits are divided by before the softmax, at a rate. */
  temperatureAt(rate: number): number {
    return temperatureAt(this.description.temperatures, rate);
  }

  /** The same network with other facts about it. */
  describedBy(facts: Partial<Pick<ModelDescription, 'temperatures' | 'stream' | 'provenance'>>): Model {
    return new Model({ ...this.description, ...facts }, this.parameters, this.rate, this.precision, this.quantum);
  }

  /** Standardises features in place. */
  standardise(features: Float32Array): Float32Array {
    const { mean, inverseDeviation } = this.parameters;
    return standardise(features, mean, inverseDeviation);
  }
}

import { Random } from '../core/random.js';
import { Inference } from '../model/inference.js';
import { Model, type ModelParameters } from '../model/model.js';
import { Network } from '../model/network.js';
import { rateOfKnot } from '../model/rate-curve.js';
import { cutter } from '../pruning/cut/cutter.js';
import type { RateCurve } from '../runtime/network/rate.js';
import { SampleRows } from './samples/sample-rows.js';
import type { SampleSource } from './samples/sample-source.js';

const STREAM = 6;
/** Training sequences that statistics are taken over. */
const SEQUENCES = 256;

/** Of each layer that normalises: the means of its channels, and the inverse of its deviation. */
type Statistics = readonly { readonly means: Float64Array; readonly inverse: number }[];

/**
 * The network of a training that normalises its convolutions, as one that does not: at each knot of its curves the biases take
 * over the means, and the gains the deviations, that its cut has in the mean over parts of `columns` augmented training sequences.
 */
export function foldNormalisation(model: Model, source: SampleSource, columns: number): Model {
  const { description, pipeline, parameters } = model;
  const network = new Network(description.layers, pipeline.input, description.classes.length, { normalises: true });
  const parts = partsOf(drawFeatures(model, source), columns);
  const cutAt = cutter(model);
  const { gains, biases } = copyCurves(parameters);
  for (let knot = 0; knot < biases[0].knots; knot++) {
    const rate = rateOfKnot(knot);
    const inference = new Inference(network, cutAt(rate).atRate(rate), columns);
    fold(network, statisticsOf(inference, parts), { gains, biases }, knot);
  }
  return new Model(description, { ...parameters, gains, biases });
}

/** Standardised features of augmented training sequences, evenly from all of them. */
function drawFeatures(model: Model, source: SampleSource): Float32Array[] {
  const rows = new SampleRows(source.pipeline, 0);
  const { length } = source.samples.labels;
  const count = Math.min(SEQUENCES, length);
  return Array.from({ length: count }, (_, i) => {
    source.draw(Math.floor((i * length) / count), new Random(model.description.provenance.seed, STREAM, i), rows);
    return model.standardise(rows.features.slice());
  });
}

/** Parts of equal length; what is left over is left out. */
function partsOf<Item>(items: readonly Item[], length: number): Item[][] {
  const count = Math.max(1, Math.floor(items.length / length));
  return Array.from({ length: count }, (_, i) => items.slice(i * length, (i + 1) * length));
}

function statisticsOf(inference: Inference, parts: readonly (readonly Float32Array[])[]): Statistics {
  const found = parts.map((part) => {
    inference.run(part);
    return inference.statistics();
  });
  return found[0].map((first, layer) => {
    const channels = first.length - 1;
    const means = Float64Array.from({ length: channels }, (_, c) => meanOf(found.map((part) => part[layer][c])));
    const variance = meanOf(found.map((part) => part[layer][channels] ** -2));
    return { means, inverse: 1 / Math.sqrt(variance) };
  });
}

/** (z − mean) · inverse + bias = z · inverse + (bias − mean · inverse), at one knot. */
function fold(
  { layers }: Network,
  statistics: Statistics,
  { gains, biases }: Pick<ModelParameters, 'gains' | 'biases'>,
  knot: number,
): void {
  let tensor = 0;
  let bias = 0;
  let normalised = 0;
  for (const { weights, biases: specs, normalisedWeight } of layers) {
    if (normalisedWeight !== undefined) {
      const { means, inverse } = statistics[normalised++];
      const { values, size } = biases[bias];
      gains[tensor + normalisedWeight].values[knot] = Math.fround(
        gains[tensor + normalisedWeight].values[knot] + Math.log(inverse),
      );
      for (const [c, mean] of means.entries())
        values[knot * size + c] = Math.fround(values[knot * size + c] - mean * inverse);
    }
    tensor += weights.length;
    bias += specs.length;
  }
}

function copyCurves({ gains, biases }: ModelParameters): { gains: RateCurve[]; biases: RateCurve[] } {
  const copy = (curve: RateCurve) => ({ ...curve, values: curve.values.slice() });
  return { gains: gains.map(copy), biases: biases.map(copy) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

import { damaged } from '../../core/bytes.js';
import type { Model, ModelDescription, ModelParameters } from '../../model/model.js';
import { checkNetworkBudget } from '../../model/network-budget.js';
import { type NetworkOutline, outlineNetwork } from '../../model/network-outline.js';
import { createCurve } from '../../model/rate-curve.js';
import { planNetwork } from '../../runtime/network/plan.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { type PlainWeight, plainWeights } from '../graph/plain-weights.js';
import { readMetadata } from './read-metadata.js';

/** A model without its weights, and without what was measured of them. */
export interface Outline extends Pick<ModelParameters, 'scales' | 'gains' | 'biases'> {
  readonly description: ModelDescription;
  readonly network: NetworkOutline;
  /** In the order of `network.weights`, under their full names. */
  readonly weights: readonly PlainWeight[];
}

/** The outline of a model. Its gains and biases are curves over the rate. */
export function outlineOf({ description, network, parameters: { scales, gains, biases } }: Model): Outline {
  return { ...bare(description, network), scales, gains, biases };
}

/** The outline that the metadata of an export tell. Gains and biases are the same at every rate. */
export function outlineFrom(metadata: Readonly<Record<string, string>>, source: string): Outline {
  const { description, scales } = readMetadata(metadata, source);
  const network = networkOf(description, source);
  return {
    ...bare(description, network),
    scales: network.weights.map(({ fullName }) => {
      if (Object.hasOwn(scales, fullName)) return scales[fullName];
      throw damaged(source, '__metadata__, scales', `a scale of ${fullName}`, 'none');
    }),
    gains: network.weights.map(() => createCurve(1, 1)),
    biases: network.biases.map(({ size }) => createCurve(1, size)),
  };
}

function bare(
  description: ModelDescription,
  network: NetworkOutline,
): Pick<Outline, 'description' | 'network' | 'weights'> {
  const plan = planNetwork(description.layers, network.input, network.classes);
  const plain = plan.flatMap((layer, i) => plainWeights(description.layers[i], layer));
  const weights = plain.map((weight, t) => ({ ...weight, name: network.weights[t].fullName }));
  return { description: unmeasured(description), network, weights };
}

function networkOf(
  { preprocessing, layout, persons, layers, classes }: ModelDescription,
  source: string,
): NetworkOutline {
  const pipeline = new Pipeline(preprocessing, layout, persons);
  checkNetworkBudget(layers, pipeline, classes.length, { source, place: '__metadata__' });
  return outlineNetwork(layers, pipeline.input, classes.length);
}

/** Accuracy and temperatures are those of the weights that they were measured with. */
function unmeasured({ temperatures: _, provenance, ...facts }: ModelDescription): ModelDescription {
  const { accuracy: _accuracy, ...origin } = provenance;
  return { ...facts, provenance: { ...origin, imported: true } };
}

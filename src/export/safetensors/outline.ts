import { damaged } from '../../core/bytes.js';
import type { Model, ModelDescription, ModelParameters } from '../../model/model.js';
import { Network } from '../../model/network.js';
import { createCurve } from '../../model/rate-curve.js';
import { Pipeline } from '../../skeleton/pipeline.js';
import { readMetadata } from './read-metadata.js';

/** A model without its weights, and without what was measured of them. */
export interface Outline extends Pick<ModelParameters, 'scales' | 'gains' | 'biases'> {
  readonly description: ModelDescription;
  readonly network: Network;
}

/** The outline of a model. Its gains and biases are curves over the rate. */
export function outlineOf({ description, network, parameters: { scales, gains, biases } }: Model): Outline {
  return { description: unmeasured(description), network, scales, gains, biases };
}

/** The outline that the metadata of an export tell. Gains and biases are the same at every rate. */
export function outlineFrom(metadata: Readonly<Record<string, string>>, source: string): Outline {
  const { description, scales } = readMetadata(metadata, source);
  const network = networkOf(description);
  return {
    description: unmeasured(description),
    network,
    scales: network.weights.map(({ fullName }) => {
      if (Object.hasOwn(scales, fullName)) return scales[fullName];
      throw damaged(source, '__metadata__, scales', `a scale of ${fullName}`, 'none');
    }),
    gains: network.weights.map(() => createCurve(1, 1)),
    biases: network.biases.map(({ size }) => createCurve(1, size)),
  };
}

function networkOf({ preprocessing, layout, persons, layers, classes }: ModelDescription): Network {
  const { nodes, channels } = new Pipeline(preprocessing, layout, persons);
  return new Network(layers, { nodes, channels }, classes.length);
}

/** Accuracy and temperatures are those of the weights that they were measured with. */
function unmeasured({ temperatures: _, provenance, ...facts }: ModelDescription): ModelDescription {
  const { accuracy: _accuracy, ...origin } = provenance;
  return { ...facts, provenance: { ...origin, imported: true } };
}

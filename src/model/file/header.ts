import { z } from 'zod';
import { damaged } from '../../core/bytes.js';
import { findPreprocessingFault } from '../../skeleton/check-preprocessing.js';
import { layoutNamed } from '../../skeleton/layouts.js';
import { Pipeline, preprocessingSchema } from '../../skeleton/pipeline.js';
import type { Model, ModelDescription } from '../model.js';
import { Network, networkSchema } from '../network.js';

/** No larger network is read, whatever a file claims. */
const MAX_WEIGHTS = 1 << 26;
const MAX_PERSONS = 16;

const text = z.string().max(1000);
const count = z.int().min(0).max(MAX_WEIGHTS);

const headerSchema = z.strictObject({
  layout: text,
  persons: z.int().min(1).max(MAX_PERSONS),
  classes: z.array(text).min(1).max(10000),
  preprocessing: preprocessingSchema,
  layers: networkSchema,
  provenance: z.strictObject({
    dataset: text,
    split: text,
    recipe: text,
    seed: z.int(),
    trainedRates: z.array(z.number().min(0).lt(1)).max(16),
    version: text,
  }),
  /** Knots of all curves over the rate. */
  knots: z.int().min(1).max(16),
  /** s of each weight tensor. */
  scales: z.array(z.number().positive()),
  /** The weight tensors in the order of the body. */
  tensors: z.array(z.strictObject({ name: text, rows: count, columns: count, nonzeros: count })),
});

/** The JSON header of an .anyrate file. */
export type ModelHeader = z.output<typeof headerSchema>;

/** What a header tells of a model, checked and resolved. */
export interface OpenedHeader {
  readonly description: ModelDescription;
  readonly network: Network;
  readonly knots: number;
  readonly scales: readonly number[];
  /** Non-zeros of each weight tensor. */
  readonly nonzeros: readonly number[];
}

export function headerOf({ description, parameters, network }: Model): ModelHeader {
  const { layout, ...facts } = description;
  return headerSchema.parse({
    ...{ layout: layout.name, ...facts, knots: parameters.biases[0].knots, scales: parameters.scales },
    tensors: network.weights.map(({ fullName, rows, columns }, t) => ({
      ...{ name: fullName, rows, columns },
      nonzeros: parameters.latents[t].reduce((sum, latent) => sum + (latent === 0 ? 0 : 1), 0),
    })),
  });
}

/** Checks a header against the network that it describes. */
export function openHeader(header: unknown, source: string): OpenedHeader {
  const parsed = headerSchema.safeParse(header);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    throw damaged(source, `header, ${path.join('.') || 'top'}`, 'a valid value', message);
  }
  const { knots, scales, tensors, layout: layoutName, ...facts } = parsed.data;
  const description = { ...facts, layout: layoutNamed(layoutName, source) };
  const network = networkOf(description, source);
  checkTensors(parsed.data, network, source);
  return { description, network, knots, scales, nonzeros: tensors.map(({ nonzeros }) => nonzeros) };
}

function networkOf({ preprocessing, layout, persons, layers, classes }: ModelDescription, source: string): Network {
  const fault = findPreprocessingFault(preprocessing, layout);
  if (fault !== undefined) throw damaged(source, `header, ${fault.place}`, fault.expected, fault.found);
  const { nodes, channels } = new Pipeline(preprocessing, layout, persons);
  const network = new Network(layers, { nodes, channels }, classes.length);
  const { weightCount } = network;
  if (weightCount > MAX_WEIGHTS) throw damaged(source, 'header', `at most ${MAX_WEIGHTS} weights`, `${weightCount}`);
  return network;
}

function checkTensors({ tensors, scales }: ModelHeader, { weights }: Network, source: string): void {
  const describe = (list: readonly { name: string; rows: number; columns: number }[]) =>
    list.map(({ name, rows, columns }) => `${name} ${rows} x ${columns}`).join(', ');
  const expected = describe(weights.map((spec) => ({ ...spec, name: spec.fullName })));
  const found = describe(tensors);
  if (found !== expected) throw damaged(source, 'header, tensors', expected, found || 'none');
  if (scales.length !== weights.length) {
    throw damaged(source, 'header, scales', `${weights.length} numbers`, `${scales.length}`);
  }
  for (const { name, rows, columns, nonzeros } of tensors) {
    const size = rows * columns;
    if (nonzeros > size) throw damaged(source, `header, ${name}`, `at most ${size} non-zeros`, `${nonzeros}`);
  }
}

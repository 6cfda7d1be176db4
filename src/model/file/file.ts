import { aModel, aText, checkArguments, oneOf, someBytes } from '../../core/arguments.js';
import { damaged } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import type { Entries } from '../../runtime/file/blocks.js';
import { type Container, FormatError, openContainer, parseHeader } from '../../runtime/file/container.js';
import { openHeader } from '../../runtime/file/header.js';
import { MAX_CODE, type Precision } from '../../runtime/file/precision.js';
import { readFileNumbers } from '../../runtime/file/read.js';
import { countWeights, productsOf } from '../../runtime/network/plan.js';
import { Model } from '../model.js';
import { roundsToZero } from './codes.js';
import { checkedHeader, openModelHeader } from './header.js';
import { writeModel } from './write-model.js';

/** A model as a file; docs/format.md specifies it. */
export function encodeModel(model: Model): Uint8Array {
  checkArguments('encodeModel', { model: [aModel, model] });
  return writeModel(model, checkedHeader(model));
}

/**
 * Reads a file of `encodeModel`, or a prefix of one that ends at a block. @throws InputError on anything else; `source`
 * is its name there
 */
export function decodeModel(bytes: Uint8Array, source: string): Model {
  checkArguments('decodeModel', { bytes: [someBytes, bytes], source: [aText, source] });
  try {
    return readModel(bytes, source);
  } catch (error) {
    throw error instanceof FormatError ? inputError(error, source) : error;
  }
}

/** The model as a file of a precision holds it; weights too small for its least code are pruned. */
export function quantise(model: Model, precision: Precision): Model {
  checkArguments('quantise', { model: [aModel, model], precision: [oneOf(...Object.keys(MAX_CODE)), precision] });
  const { description, parameters, rate } = model;
  const kept = precision === model.precision ? model.quantum : undefined;
  const { quantum } = new Model(description, parameters, rate, precision, kept);
  const latents = parameters.latents.map((tensor) =>
    tensor.map((latent) => (roundsToZero(Math.abs(latent), precision, quantum) ? 0 : latent)),
  );
  const rounded = new Model(description, { ...parameters, latents }, rate, precision, quantum);
  return decodeModel(encodeModel(rounded), precision);
}

function readModel(bytes: Uint8Array, source: string): Model {
  const container = openContainer(bytes);
  const { header, description } = openModelHeader(jsonOf(container), source);
  const { plan } = openHeader(container);
  const { tables, entries, rate, rest } = readFileNumbers(bytes, container, header, plan);
  if (rest !== 0) throw new FormatError('end', 'the end of a block', `${rest} bytes more`);
  const latents = productsOf(plan).map(({ rows, columns }) => new Float32Array(rows * columns));
  placeEntries(entries, latents, countWeights(productsOf(plan)));
  const { gains, biases, mean, inverseDeviation } = tables;
  const parameters = { latents, scales: header.scales, gains, biases, mean, inverseDeviation };
  return new Model(description, parameters, rate, header.precision, header.step);
}

function jsonOf(container: Container): unknown {
  try {
    return parseHeader(container);
  } catch {
    throw new FormatError('header', 'JSON', 'something else');
  }
}

function placeEntries({ positions, latents: values }: Entries, latents: Float32Array[], weights: number): void {
  const all = new Float32Array(weights);
  for (const [i, position] of positions.entries()) all[position] = values[i];
  let start = 0;
  for (const tensor of latents) {
    tensor.set(all.subarray(start, start + tensor.length));
    start += tensor.length;
  }
}

function inputError({ place, expected, found }: FormatError, source: string): InputError {
  if (place === 'file') return new InputError({ source, expected, found, mend: 'Check the path, or copy it again.' });
  if (place !== 'byte 7') return damaged(source, place, expected, found);
  const mend = found > expected ? 'Update anyrate.' : 'Create it again with this version of anyrate.';
  return new InputError({ source, place, expected, found, mend });
}

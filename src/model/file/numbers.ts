/** The numbers of a model file, and what is said of bytes that are none. */
import { damaged } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import type { Entries } from '../../runtime/file/blocks.js';
import { type Container, FormatError } from '../../runtime/file/container.js';
import { openHeader } from '../../runtime/file/header.js';
import { readFileNumbers } from '../../runtime/file/read.js';
import { countWeights, productsOf } from '../../runtime/network/plan.js';
import type { ModelParameters } from '../model.js';

/** Reads all numbers of a file, or of a prefix of one that ends at a block. @throws FormatError on anything else */
export function readNumbers(bytes: Uint8Array, container: Container): { parameters: ModelParameters; rate: number } {
  const { header, plan } = openHeader(container);
  const { tables, entries, rate, rest } = readFileNumbers(bytes, container, header, plan);
  if (rest !== 0) throw new FormatError('end', 'the end of a block', `${rest} bytes more`);
  const latents = productsOf(plan).map(({ rows, columns }) => new Float32Array(rows * columns));
  placeEntries(entries, latents, countWeights(productsOf(plan)));
  const { gains, biases, mean, inverseDeviation } = tables;
  return { parameters: { latents, scales: header.scales, gains, biases, mean, inverseDeviation }, rate };
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

/** What `read` gives. @throws InputError, where it throws a FormatError, that names the file */
export function readAs<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof FormatError ? inputError(error, source) : error;
  }
}

function inputError({ place, expected, found }: FormatError, source: string): InputError {
  if (place === 'file') return new InputError({ source, expected, found, mend: 'Check the path, or copy it again.' });
  if (place !== 'byte 7') return damaged(source, place, expected, found);
  const mend = found > expected ? 'Update anyrate.' : 'Create it again with this version of anyrate.';
  return new InputError({ source, place, expected, found, mend });
}

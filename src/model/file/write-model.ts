import { concatenate } from '../../core/bytes.js';
import { countNonzeros } from '../../core/math.js';
import { FORMAT_VERSION, MAGIC, PREFIX_BYTES } from '../../runtime/file/container.js';
import { rateOf } from '../../runtime/network/rate.js';
import { describeLayout } from '../../skeleton/layouts/described.js';
import type { Model } from '../model.js';
import { sealed, writeBlocks } from './write-blocks.js';
import { writeTables } from './write-tables.js';

/** What a header says of a model, not checked yet. */
export function headerOf({ description, parameters, network, rate, precision, quantum }: Model) {
  const { layout, ...facts } = description;
  const nonzeros = countNonzeros(parameters.latents);
  return {
    layout: describeLayout(layout),
    ...facts,
    knots: parameters.biases[0].knots,
    scales: parameters.scales,
    precision,
    step: quantum,
    nonzeros,
    ...(rate === rateOf(nonzeros, network.weightCount) ? undefined : { rate }),
  };
}

/** The bytes of a file with this header. */
export function writeModel({ parameters, precision, quantum, network }: Model, header: object): Uint8Array {
  const blocks = writeBlocks(parameters.latents, precision, quantum);
  const lengths = blocks.map(({ length }) => length);
  const tables = writeTables(lengths, network.input.channels, parameters, precision);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const prefix = prefixOf(text.length, tables.length);
  return concatenate([sealed(concatenate([prefix, text, tables])), ...blocks]);
}

/** How many bytes the file of a model takes. */
export function fileBytes(model: Model): number {
  return writeModel(model, headerOf(model)).length;
}

function prefixOf(header: number, tables: number): Uint8Array {
  const prefix = new Uint8Array(PREFIX_BYTES);
  prefix.set(new TextEncoder().encode(MAGIC));
  prefix[7] = FORMAT_VERSION;
  new DataView(prefix.buffer).setUint32(8, header, true);
  new DataView(prefix.buffer).setUint32(12, tables, true);
  return prefix;
}

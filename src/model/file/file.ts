import { aModel, aText, checkArguments, someBytes } from '../../core/arguments.js';
import { type Container, FormatError, openContainer, parseHeader } from '../../runtime/file/container.js';
import { Model } from '../model.js';
import { checkedHeader, openModelHeader } from './header.js';
import { readAs, readNumbers } from './numbers.js';
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
  return readAs(source, () => readModel(bytes, source));
}

function readModel(bytes: Uint8Array, source: string): Model {
  const container = openContainer(bytes);
  const { header, description } = openModelHeader(jsonOf(container), source);
  const { parameters, rate } = readNumbers(bytes, container);
  return new Model(description, parameters, rate, header.precision, header.step);
}

function jsonOf(container: Container): unknown {
  try {
    return parseHeader(container);
  } catch {
    throw new FormatError('header', 'JSON', 'something else');
  }
}

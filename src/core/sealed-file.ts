import { crc32 } from '../runtime/file/container.js';
import { concatenate, damaged, type FileKind } from './bytes.js';
import { InputError } from './errors.js';

/*
 * A sealed file, little-endian:
 *   0   7  magic
 *   7   1  version
 *   8   4  length of the whole file
 *   12  4  length of the header
 *   16     header: JSON
 *          body
 *   −4  4  CRC-32 of all before
 */
const PREFIX_BYTES = 16;
const CRC_BYTES = 4;
/** No longer header is parsed, whatever a file claims. */
const MAX_HEADER_BYTES = 1 << 22;

/** The content of a sealed file. */
export interface Sealed {
  readonly header: unknown;
  readonly body: Uint8Array;
}

/** Wraps a header and a body so that any damage is found. */
export function sealFile({ magic, version }: FileKind, header: unknown, body: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder();
  const headerBytes = text.encode(JSON.stringify(header));
  const file = concatenate([new Uint8Array(PREFIX_BYTES), headerBytes, ...body, new Uint8Array(CRC_BYTES)]);
  const view = new DataView(file.buffer);
  file.set(text.encode(magic));
  file[7] = version;
  view.setUint32(8, file.length, true);
  view.setUint32(12, headerBytes.length, true);
  view.setUint32(file.length - CRC_BYTES, crc32(file.subarray(0, -CRC_BYTES)), true);
  return file;
}

/** Opens a sealed file. @throws InputError on another kind of file, another version, or damage anywhere */
export function openSealed(kind: FileKind, file: Uint8Array, source: string): Sealed {
  checkKind(kind, file, source);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [length, headerBytes] = [view.getUint32(8, true), view.getUint32(12, true)];
  if (file.length !== length) throw damaged(source, 'length', `${length} bytes`, `${file.length}`);
  const bodyEnd = file.length - CRC_BYTES;
  const stated = view.getUint32(bodyEnd, true);
  if (crc32(file.subarray(0, bodyEnd)) !== stated) throw damaged(source, 'bytes', 'the CRC-32 it states', 'another');
  const limit = Math.min(MAX_HEADER_BYTES, bodyEnd - PREFIX_BYTES);
  if (headerBytes > limit) throw damaged(source, 'header', `at most ${limit} bytes`, `${headerBytes}`);
  const bodyStart = PREFIX_BYTES + headerBytes;
  return {
    header: parseJson(file.subarray(PREFIX_BYTES, bodyStart), source),
    body: file.subarray(bodyStart, bodyEnd),
  };
}

function checkKind({ magic, version, title }: FileKind, file: Uint8Array, source: string): void {
  if (file.length < PREFIX_BYTES + CRC_BYTES || [...magic].some((letter, i) => file[i] !== letter.charCodeAt(0))) {
    const found = file.length < PREFIX_BYTES + CRC_BYTES ? `only ${file.length} bytes` : 'another kind of file';
    throw new InputError({ source, expected: title, found, mend: 'Check the path, or copy the file again.' });
  }
  if (file[7] === version) return;
  const mend = file[7] > version ? 'Update anyrate.' : 'Create it again with this version of anyrate.';
  throw new InputError({ source, place: 'byte 7', expected: `version ${version}`, found: `version ${file[7]}`, mend });
}

function parseJson(bytes: Uint8Array, source: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged(source, 'header', 'JSON', 'something else');
  }
}

import { FormatError } from '../format-error.js';
import { crc32 } from './crc32.js';

export const MAGIC = 'anyrate';
export const VERSION = 2;
/** Magic, version, and the lengths of header and tables. */
export const PREFIX_BYTES = 16;
export const CRC_BYTES = 4;
/** No longer header or tables are read, whatever a file claims. */
const MAX_BYTES = 1 << 26;

/** The parts of a file before its blocks. */
export interface Container {
  readonly header: unknown;
  readonly tables: Uint8Array;
  /** Where the first block starts. */
  readonly start: number;
}

/** Bytes of a file before its blocks, by its first 16. */
export function startOf(bytes: Uint8Array): number {
  if (bytes.length < PREFIX_BYTES) throw new FormatError('file', `${PREFIX_BYTES} bytes`, bytes.length);
  const isModel = [...MAGIC].every((letter, i) => bytes[i] === letter.charCodeAt(0));
  if (!isModel) throw new FormatError('file', 'an .anyrate model', 'another kind of file');
  if (bytes[7] !== VERSION) throw new FormatError('byte 7', `version ${VERSION}`, `version ${bytes[7]}`);
  const [header, tables] = lengths(bytes);
  if (Math.max(header, tables) > MAX_BYTES) throw new FormatError('lengths', `at most ${MAX_BYTES}`, 'more');
  return PREFIX_BYTES + header + tables + CRC_BYTES;
}

/** Opens the parts before the blocks. */
export function openContainer(bytes: Uint8Array): Container {
  const start = startOf(bytes);
  const sealed = unseal(bytes.subarray(0, start), start, 'header');
  const tablesAt = PREFIX_BYTES + lengths(bytes)[0];
  return { header: parseJson(sealed.subarray(PREFIX_BYTES, tablesAt)), tables: sealed.subarray(tablesAt), start };
}

/** A part without the CRC-32 at its end, which must hold. */
export function unseal(part: Uint8Array, length: number, place: string): Uint8Array {
  if (part.length < length || length < CRC_BYTES) throw new FormatError(place, `${length} bytes`, part.length);
  const end = length - CRC_BYTES;
  if (viewOf(part).getUint32(end, true) !== crc32(part.subarray(0, end))) {
    throw new FormatError(place, 'the CRC-32 it states', 'another');
  }
  return part.subarray(0, end);
}

function lengths(bytes: Uint8Array): [header: number, tables: number] {
  const view = viewOf(bytes);
  return [view.getUint32(8, true), view.getUint32(12, true)];
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new FormatError('header', 'JSON', 'something else');
  }
}

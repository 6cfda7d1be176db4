import { MOST_BYTES } from './limits.js';

export const MAGIC = 'anyrate';
export const FORMAT_VERSION = 3;
/** Magic, version, and the lengths of header and tables. */
export const PREFIX_BYTES = 16;
export const CRC_BYTES = 4;

/** The parts of a file before its blocks. */
export interface Container {
  /** JSON in UTF-8. */
  readonly header: Uint8Array;
  readonly tables: Uint8Array;
  /** Where the first block starts. */
  readonly start: number;
}

/** Bytes of a file before its blocks, by its first 16. */
export function startOf(bytes: Uint8Array): number {
  if (!(bytes?.length >= PREFIX_BYTES)) throw new FormatError('file', `${PREFIX_BYTES} bytes`, bytes?.length);
  if (String.fromCharCode(...bytes.slice(0, 7)) !== MAGIC)
    throw new FormatError('file', 'an .anyrate model', 'another kind of file');
  if (bytes[7] !== FORMAT_VERSION) throw new FormatError('byte 7', `version ${FORMAT_VERSION}`, `version ${bytes[7]}`);
  const lengths = [uint32(bytes, 8), uint32(bytes, 12)];
  if (Math.max(...lengths) > MOST_BYTES) throw new FormatError('lengths', `at most ${MOST_BYTES}`, lengths);
  return PREFIX_BYTES + lengths[0] + lengths[1] + CRC_BYTES;
}

/** Opens the parts before the blocks. */
export function openContainer(bytes: Uint8Array): Container {
  const start = startOf(bytes);
  if (bytes.length < start) throw new FormatError('header', `${start} bytes`, bytes.length);
  const sealed = unseal(bytes.subarray(0, start), 'header');
  const tablesAt = PREFIX_BYTES + uint32(bytes, 8);
  return { header: sealed.subarray(PREFIX_BYTES, tablesAt), tables: sealed.subarray(tablesAt), start };
}

/** A part without the CRC-32 at its end, which must hold. */
export function unseal(part: Uint8Array, place: string): Uint8Array {
  const end = part.length - CRC_BYTES;
  const isWhole = end >= 0 && uint32(part, end) === crc32(part.subarray(0, end));
  if (!isWhole) throw new FormatError(place, 'the CRC-32 it states', 'another');
  return part.subarray(0, end);
}

function uint32({ buffer, byteOffset }: Uint8Array, at: number): number {
  return new DataView(buffer, byteOffset + at).getUint32(0, true);
}

/** What a header says. @throws SyntaxError or TypeError where it is no JSON in UTF-8 */
export function parseHeader({ header }: Container): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
}

/** The remainder of each byte. */
const remainders = Int32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = (byte >>> 1) ^ (0xedb88320 & -(byte & 1));
  return byte;
});

/** CRC-32 of ISO 3309, as in zip and png. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ remainders[(crc ^ byte) & 255];
  return ~crc >>> 0;
}

/** A model file that says something impossible, or is not whole. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly place: string;
  readonly expected: string;
  readonly found: string;

  constructor(place: string, expected: string, found: unknown) {
    const shown = `${found}`.slice(0, 100);
    super(`${place}: expected ${expected}, found ${shown}`);
    this.place = place;
    this.expected = expected;
    this.found = shown;
  }
}

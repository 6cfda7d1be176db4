import { deflateSync, inflateSync } from 'fflate';
import { damaged } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import { crc32 } from '../../runtime/file/container.js';

/*
 * An .anyset file, little-endian:
 *   0   7  magic "anyset" and a zero byte
 *   7   1  version: 1, or 2 where joints are lost or frames have time stamps
 *   8   4  length of the header, inflated
 *   12  4  length of the header, deflated
 *   16  4  length of the positions, inflated
 *   20  4  length of the positions, deflated
 *   24  4  CRC-32 of bytes 0 to 23 and of everything from byte 28 on
 *   28     header: deflated JSON (header.ts)
 *          positions: deflated planes of coordinate differences (positions.ts)
 * Version 3 is laid out otherwise: packed.ts.
 */
const MAGIC = [0x61, 0x6e, 0x79, 0x73, 0x65, 0x74, 0];
/** The newest version that is read. */
const FORMAT_VERSION = 2;
const VERSION_AT = 7;
const PREFIX_BYTES = 28;
const CRC_AT = 24;

/** Nothing larger is inflated, whatever a file claims. */
export const MAX_HEADER_BYTES = 1 << 26;
export const MAX_POSITION_BYTES = 1 << 28;

/** No deflate stream inflates to more than so many times its length. */
const MOST_INFLATION = 1032;

/** The two parts of an .anyset file. */
export interface Parts {
  readonly header: Uint8Array;
  readonly positions: Uint8Array;
}

export function packParts({ header, positions }: Parts, version: 1 | 2 = 1): Uint8Array {
  const bodies = [header, positions].map((part) => deflateSync(part, { level: 9, mem: 12 }));
  const file = new Uint8Array(PREFIX_BYTES + bodies[0].length + bodies[1].length);
  file.set(prefixOf(version));
  const view = new DataView(file.buffer);
  const lengths = [header.length, bodies[0].length, positions.length, bodies[1].length];
  for (const [i, length] of lengths.entries()) view.setUint32(8 + 4 * i, length, true);
  file.set(bodies[0], PREFIX_BYTES);
  file.set(bodies[1], PREFIX_BYTES + bodies[0].length);
  view.setUint32(CRC_AT, checksum(file), true);
  return file;
}

/** The first bytes of a file of a version, up to the lengths and sums. */
export function prefixOf(version: number): Uint8Array {
  return Uint8Array.of(...MAGIC, version);
}

/** What version a file of this kind says that it is. */
export function versionOf(file: Uint8Array): number {
  return file[VERSION_AT];
}

/** Whether a file is of this kind by its first bytes. */
export function isAnyset(file: Uint8Array): boolean {
  return MAGIC.every((byte, i) => file[i] === byte);
}

export function unpackParts(file: Uint8Array, source: string): Parts {
  if (file.length < PREFIX_BYTES || !isAnyset(file)) throw notAnyset(file, source);
  const version = versionOf(file);
  if (version < 1 || version > FORMAT_VERSION) throw wrongVersion(version, source);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [headerLength, headerBytes, positionsLength, positionsBytes] = [8, 12, 16, 20].map((at) => {
    return view.getUint32(at, true);
  });
  const end = PREFIX_BYTES + headerBytes + positionsBytes;
  if (file.length !== end) throw damaged(source, 'length', `${end} bytes`, `${file.length}`);
  if (view.getUint32(CRC_AT, true) !== checksum(file))
    throw damaged(source, 'bytes', 'the CRC-32 it states', 'another');
  const middle = PREFIX_BYTES + headerBytes;
  return {
    header: inflatePart(file.subarray(PREFIX_BYTES, middle), headerLength, MAX_HEADER_BYTES, source, 'header'),
    positions: inflatePart(file.subarray(middle), positionsLength, MAX_POSITION_BYTES, source, 'positions'),
  };
}

function checksum(file: Uint8Array): number {
  const covered = new Uint8Array(file.length - 4);
  covered.set(file.subarray(0, CRC_AT));
  covered.set(file.subarray(PREFIX_BYTES), CRC_AT);
  return crc32(covered);
}

export function inflatePart(
  bytes: Uint8Array,
  length: number,
  limit: number,
  source: string,
  place: string,
): Uint8Array {
  const most = Math.min(limit, bytes.length * MOST_INFLATION);
  if (length > most) throw damaged(source, place, `at most ${most} bytes`, `${length}`);
  let inflated: Uint8Array;
  try {
    inflated = inflateSync(bytes, { out: new Uint8Array(length) });
  } catch {
    throw damaged(source, place, 'a deflate stream', 'something else');
  }
  if (inflated.length !== length) throw damaged(source, place, `${length} bytes`, `${inflated.length}`);
  return inflated;
}

function notAnyset(file: Uint8Array, source: string): InputError {
  return new InputError({
    source,
    place: 'byte 0',
    expected: 'an .anyset file (it starts with "anyset")',
    found: file.length < PREFIX_BYTES ? `only ${file.length} bytes` : 'other bytes',
    mend: 'Check the path, or copy the file again.',
  });
}

function wrongVersion(version: number, source: string): InputError {
  return new InputError({
    source,
    place: 'byte 7',
    expected: 'version 1 to 3',
    found: `version ${version}`,
    mend: version > 3 ? 'Update anyrate.' : 'Copy the file again.',
  });
}

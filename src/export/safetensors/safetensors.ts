import { aText, checkArguments, objectWith, someBytes } from '../../core/arguments.js';
import { concatenate, damaged } from '../../core/bytes.js';
import { excerpt, InputError } from '../../core/errors.js';

/** Bytes of one number of each type. */
const DTYPE_BYTES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
} as const;

export type Dtype = keyof typeof DTYPE_BYTES;

/** A tensor: its bytes in row-major order, little-endian. */
export interface RawTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** What a .safetensors file holds (github.com/huggingface/safetensors, "Format"). */
export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, RawTensor>;
}

const METADATA = '__metadata__';
const LENGTH_BYTES = 8;
/** The cap of the reference implementation. */
const MAX_HEADER = 100_000_000;
const ALIGNMENT = 8;

/** Writes a file: the length of the header, the header, and the tensors one after another. */
export function encodeSafetensors(file: Safetensors): Uint8Array {
  checkArguments('encodeSafetensors', { file: [objectWith('metadata and tensors', 'metadata', 'tensors'), file] });
  const { metadata, tensors } = file;
  let end = 0;
  const entries = [...tensors].map(([name, { dtype, shape, bytes }]) => {
    const start = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [start, end] }] as const;
  });
  const json = JSON.stringify({ [METADATA]: metadata, ...Object.fromEntries(entries) });
  const text = new TextEncoder().encode(json);
  const header = new Uint8Array(Math.ceil(text.length / ALIGNMENT) * ALIGNMENT).fill(' '.charCodeAt(0));
  header.set(text);
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return concatenate([length, header, ...[...tensors.values()].map(({ bytes }) => bytes)]);
}

/** Reads a file; the tensors' bytes are views of it. @throws InputError on anything else; `source` is its name there */
export function decodeSafetensors(bytes: Uint8Array, source: string): Safetensors {
  checkArguments('decodeSafetensors', { bytes: [someBytes, bytes], source: [aText, source] });
  const start = LENGTH_BYTES + headerLength(bytes, source);
  const header = readHeader(bytes.subarray(LENGTH_BYTES, start), source);
  const data = bytes.subarray(start);
  const { [METADATA]: metadata = {}, ...entries } = header;
  const tensors = Object.entries(entries).map(([name, entry]) => [name, readEntry(name, entry, source)] as const);
  checkCover(tensors, data.length, source);
  return {
    metadata: readMetadata(metadata, source),
    tensors: new Map(
      tensors.map(([name, { dtype, shape, from, to }]) => [name, { dtype, shape, bytes: data.subarray(from, to) }]),
    ),
  };
}

interface Entry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

function headerLength(bytes: Uint8Array, source: string): number {
  if (bytes.length < LENGTH_BYTES) throw damaged(source, 'byte 0', `${LENGTH_BYTES} bytes`, `${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const most = Math.min(MAX_HEADER, bytes.length - LENGTH_BYTES);
  if (length > BigInt(most)) {
    throw new InputError({
      source,
      place: 'length of the header',
      expected: `at most ${most}`,
      found: `${length}`,
      mend: 'The file is damaged or is not a safetensors file.',
    });
  }
  return Number(length);
}

function readHeader(bytes: Uint8Array, source: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw damaged(source, 'header', 'JSON in UTF-8', (error as Error).message);
  }
  if (bytes[0] === '{'.charCodeAt(0) && isRecord(header)) return header;
  throw damaged(source, 'header', 'a JSON object that starts at once', excerpt(header, 20));
}

function readMetadata(value: unknown, source: string): Record<string, string> {
  if (isRecord(value) && Object.values(value).every((text) => typeof text === 'string')) {
    return value as Record<string, string>;
  }
  throw damaged(source, METADATA, 'an object of texts', 'others');
}

function readEntry(name: string, value: unknown, source: string): Entry {
  const place = `tensor "${name.slice(0, 100)}"`;
  const wrong = (what: string, expected: string, found: unknown) =>
    damaged(source, `${place}${what}`, expected, excerpt(found, 100));
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'data_offsets,dtype,shape') {
    throw wrong('', 'dtype, shape and data_offsets', value);
  }
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) throw wrong(', dtype', Object.keys(DTYPE_BYTES).join(', '), dtype);
  if (!isSizes(shape)) throw wrong(', shape', 'whole numbers', shape);
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw wrong(', data_offsets', 'a start and an end not before it', offsets);
  }
  const [from, to] = offsets;
  const size = shape.reduce((product, length) => product * length, DTYPE_BYTES[dtype]);
  // Beyond 2⁵³ a product is inexact, but then no file is that long.
  if (to - from !== size) throw wrong(', data_offsets', `${size} bytes, as dtype and shape have it`, to - from);
  return { dtype, shape, from, to };
}

/** Every byte belongs to exactly one tensor: no holes, nothing twice, nothing after the end. */
function checkCover(tensors: readonly (readonly [string, Entry])[], length: number, source: string): void {
  let end = 0;
  for (const [name, { from, to }] of tensors.toSorted(([, a], [, b]) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw damaged(source, `tensor "${name.slice(0, 100)}"`, `a start at ${end}`, `${from}`);
    end = to;
  }
  if (end !== length) throw damaged(source, 'end', `${end} bytes of tensors`, `${length}`);
}

function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(DTYPE_BYTES, value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { badFile } from '../format.js';

/** How one number of a numpy array lies in bytes. */
export interface Dtype {
  readonly kind: 'f' | 'i' | 'u' | 'b';
  readonly bytes: number;
  readonly isLittleEndian: boolean;
}

const WIDTHS: Readonly<Record<Dtype['kind'], readonly number[]>> = {
  f: [2, 4, 8],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  b: [1],
};

/**
 * The type of an array's numbers from numpy's notation: `<f4`, `>i8`, `|b1`.
 * @throws InputError for anything that is no number, Python objects above all
 */
export function parseDtype(descr: string, source: string, place: string): Dtype {
  const [, order, letter, width] = /^([<>|=]?)([a-zA-Z?])(\d*)$/.exec(descr) ?? [];
  const kind = (letter === '?' ? 'b' : letter) as Dtype['kind'];
  const bytes = letter === '?' ? 1 : Number(width);
  if (WIDTHS[kind]?.includes(bytes)) return { kind, bytes, isLittleEndian: order !== '>' };
  const found = letter === 'O' ? 'Python objects' : `"${descr.slice(0, 40)}"`;
  const mend = letter === 'O' ? 'Save each recording as a separate array of numbers.' : 'Save it as float32.';
  throw badFile(source, place, 'an array of numbers (f2 to f8, i1 to i8, u1 to u8, b1)', found, mend);
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Numbers that are read, and not written to: they may be the bytes of a file themselves. */
export type Numbers = Float64Array | Float32Array;

/** The numbers of an array's bytes, in their order there. */
export function decodeNumbers(bytes: Uint8Array, dtype: Dtype): Numbers {
  const count = Math.floor(bytes.length / dtype.bytes);
  if (dtype.kind === 'f' && dtype.bytes >= 4 && dtype.isLittleEndian && IS_LITTLE_ENDIAN) {
    const { buffer, byteOffset } = bytes.byteOffset % dtype.bytes === 0 ? bytes : new Uint8Array(bytes);
    return dtype.bytes === 8
      ? new Float64Array(buffer, byteOffset, count)
      : new Float32Array(buffer, byteOffset, count);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readerOf(view, dtype);
  const values = new Float64Array(count);
  for (let i = 0; i < values.length; i++) values[i] = read(i * dtype.bytes);
  return values;
}

function readerOf(view: DataView, { kind, bytes, isLittleEndian }: Dtype): (at: number) => number {
  switch (`${kind}${bytes}`) {
    case 'f2':
      return (at) => half(view.getUint16(at, isLittleEndian));
    case 'f4':
      return (at) => view.getFloat32(at, isLittleEndian);
    case 'f8':
      return (at) => view.getFloat64(at, isLittleEndian);
    case 'i1':
      return (at) => view.getInt8(at);
    case 'i2':
      return (at) => view.getInt16(at, isLittleEndian);
    case 'i4':
      return (at) => view.getInt32(at, isLittleEndian);
    case 'i8':
      return (at) => Number(view.getBigInt64(at, isLittleEndian));
    case 'u2':
      return (at) => view.getUint16(at, isLittleEndian);
    case 'u4':
      return (at) => view.getUint32(at, isLittleEndian);
    case 'u8':
      return (at) => Number(view.getBigUint64(at, isLittleEndian));
    default:
      return (at) => view.getUint8(at);
  }
}

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

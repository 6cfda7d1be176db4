/** Arrays as numpy reads them: an .npz archive of .npy files, version 1.0, little-endian, in C order. */
import { strToU8, zipSync } from 'fflate';

/** An array, or a list of texts, with its shape. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | readonly string[];
}

/** The same arrays make the same bytes. */
export function encodeNpz(arrays: Readonly<Record<string, NumpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { level: 6, mtime: new Date('2000-01-01T12:00:00') });
}

const MAGIC = [0x93, ...strToU8('NUMPY'), 1, 0];
const PREFIX_BYTES = 10;
/** Data begin at a multiple of it. */
const ALIGNMENT = 64;

export function encodeNpy({ shape, data }: NumpyArray): Uint8Array {
  const { type, bytes } = isTexts(data) ? textBytes(data) : numberBytes(data);
  const size = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const facts = `{'descr': '${type}', 'fortran_order': False, 'shape': (${size}), }`;
  const length = Math.ceil((PREFIX_BYTES + facts.length + 1) / ALIGNMENT) * ALIGNMENT - PREFIX_BYTES;
  const file = new Uint8Array(PREFIX_BYTES + length + bytes.length);
  file.set(MAGIC);
  new DataView(file.buffer).setUint16(8, length, true);
  file.set(strToU8(`${facts.padEnd(length - 1)}\n`), PREFIX_BYTES);
  file.set(bytes, PREFIX_BYTES + length);
  return file;
}

interface Encoded {
  /** numpy's notation. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

function isTexts(data: NumpyArray['data']): data is readonly string[] {
  return Array.isArray(data);
}

function numberBytes(data: Float32Array | Int32Array): Encoded {
  const bytes = new Uint8Array(data.length * 4);
  const view = new DataView(bytes.buffer);
  const isFloat = data instanceof Float32Array;
  for (const [i, value] of data.entries()) {
    if (isFloat) view.setFloat32(i * 4, value, true);
    else view.setInt32(i * 4, value, true);
  }
  return { type: isFloat ? '<f4' : '<i4', bytes };
}

/** UTF-32, each as long as the longest. */
function textBytes(texts: readonly string[]): Encoded {
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0)!));
  const width = Math.max(1, ...points.map(({ length }) => length));
  const bytes = new Uint8Array(texts.length * width * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, text] of points.entries()) {
    for (const [j, point] of text.entries()) view.setUint32((i * width + j) * 4, point, true);
  }
  return { type: `<U${width}`, bytes };
}

import { Unzlib } from 'fflate';
import { concatenate } from '../../core/bytes.js';
import type { Dtype } from './arrays/dtype.js';
import { checkArray, type NdArray } from './arrays/ndarray.js';
import { arrayRecordings } from './arrays/recordings.js';
import { badFile, MOST_WHOLE_BYTES, type RecordingFile, type RecordingFormat, wholeBytes } from './format.js';
import type { Recording } from './recording.js';

/** MATLAB's files of level 5 (versions 5 to 7), of which the arrays of numbers are read: UTD-MHAD's skeletons are such. */
export const format: RecordingFormat = {
  name: 'mat',
  title: 'MATLAB file up to version 7: UTD-MHAD, or arrays of numbers',
  recognise: ({ text }) => text.startsWith('MATLAB 5.0 MAT-file') || text.startsWith('MATLAB 7.3 MAT-file'),
  read,
};

const HEADER_BYTES = 128;
const MATRIX = 14;
const COMPRESSED = 15;

/** Types of numbers by their codes in an element's tag. */
const TYPES: Readonly<Record<number, readonly [Dtype['kind'], number]>> = {
  1: ['i', 1],
  2: ['u', 1],
  3: ['i', 2],
  4: ['u', 2],
  5: ['i', 4],
  6: ['u', 4],
  7: ['f', 4],
  9: ['f', 8],
  12: ['i', 8],
  13: ['u', 8],
};

/** Classes of arrays that hold plain numbers: double, single, and integers of 8 to 64 bits. */
const isNumeric = (arrayClass: number): boolean => arrayClass >= 6 && arrayClass <= 15;

/** What UTD-MHAD calls its skeletons, (20 joints, 3, frames). */
const UTD_VARIABLE = 'd_skel';

/** UTD-MHAD begins with head, shoulder centre, spine, hip centre; kinect-v1-20 has these four the other way round. */
const UTD_ORDER = [3, 2, 1, 0, ...Array.from({ length: 16 }, (_, i) => i + 4)];

/** An element of the file: its type, and its bytes with the byte order. */
interface Element {
  readonly type: number;
  readonly bytes: Uint8Array;
}

interface Variable {
  readonly name: string;
  readonly array: NdArray;
}

async function* read(file: RecordingFile): AsyncGenerator<Recording> {
  const bytes = await wholeBytes(file);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 19)).startsWith('MATLAB 7.3')) throw tooNew(file);
  if (bytes.length < HEADER_BYTES) throw damaged(file.path, 'header', '128 bytes', `${bytes.length}`);
  const isLittle = bytes[126] === 0x49; // "IM" in the order of the machine
  let count = 0;
  for (const element of elementsOf(bytes.subarray(HEADER_BYTES), isLittle, file.path)) {
    const matrix = element.type === COMPRESSED ? inflate(element.bytes, isLittle, file.path) : element;
    const variable = matrix.type === MATRIX ? variableOf(matrix.bytes, isLittle, file.path) : undefined;
    if (variable === undefined) continue;
    count++;
    yield* recordingsOf(variable, file.path);
  }
  if (count === 0) throw damaged(file.path, '', 'an array of numbers', 'none', 'Save (frames, joints, 3) as an array.');
}

async function* recordingsOf({ name, array }: Variable, source: string) {
  const [joints, axes, frames] = array.shape;
  const isUtd = name === UTD_VARIABLE && joints === 20 && axes === 3 && array.shape.length === 3;
  if (!isUtd) yield* arrayRecordings(array, source, { name });
  else {
    // (joints, 3, frames) in Fortran order is (frames, 3, joints) in C order
    const flipped = { ...array, shape: [frames, axes * joints], isFortran: false };
    for await (const recording of arrayRecordings(flipped, source, { name })) yield utdRecording(recording, name);
  }
}

/** Rows of all x, all y and all z become joints in the order of kinect-v1-20. */
function utdRecording({ frames, positions }: Recording, part: string): Recording {
  const joints = UTD_ORDER.length;
  const ordered = new Float32Array(positions.length);
  for (let t = 0; t < frames; t++) {
    for (const [joint, from] of UTD_ORDER.entries()) {
      for (let axis = 0; axis < 3; axis++) {
        ordered[(t * joints + joint) * 3 + axis] = positions[t * joints * 3 + axis * joints + from];
      }
    }
  }
  const layout = 'kinect-v1-20';
  return { part, frames, persons: 1, joints, dimensions: 3, positions: ordered, layout, unit: 'metre' };
}

/** The elements that lie one after the other; each begins at a multiple of 8 bytes. */
function* elementsOf(bytes: Uint8Array, isLittle: boolean, source: string): Generator<Element> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.length) {
    const word = view.getUint32(at, isLittle);
    const isSmall = word >>> 16 !== 0;
    const size = isSmall ? word >>> 16 : view.getUint32(at + 4, isLittle);
    const start = at + (isSmall ? 4 : 8);
    if (start + size > bytes.length || (isSmall && size > 4)) {
      throw damaged(source, `byte ${at}`, `an element of ${size} bytes`, `${bytes.length - start} bytes`);
    }
    const type = isSmall ? word & 0xffff : word;
    yield { type, bytes: bytes.subarray(start, start + size) };
    const end = isSmall ? at + 8 : start + size;
    at = type === COMPRESSED ? end : Math.ceil(end / 8) * 8;
  }
  if (at < bytes.length) throw damaged(source, `byte ${at}`, 'another element', 'a part of one');
}

/** The one element inside a compressed one. */
function inflate(packed: Uint8Array, isLittle: boolean, source: string): Element {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const stream = new Unzlib((part) => {
    parts.push(part);
    bytes += part.length;
  });
  try {
    for (let at = 0; at < packed.length && bytes <= MOST_WHOLE_BYTES; at += INFLATED_AT_ONCE) {
      stream.push(packed.subarray(at, at + INFLATED_AT_ONCE), at + INFLATED_AT_ONCE >= packed.length);
    }
  } catch {
    throw damaged(source, 'a compressed array', 'a deflate stream', 'something else');
  }
  if (bytes > MOST_WHOLE_BYTES)
    throw damaged(source, 'a compressed array', `at most ${MOST_WHOLE_BYTES} bytes`, 'more');
  for (const element of elementsOf(concatenate(parts), isLittle, source)) return element;
  throw damaged(source, 'a compressed array', 'an array', 'nothing');
}

const INFLATED_AT_ONCE = 1 << 16;

/** An array of numbers with its name; undefined for cells, structures, texts and complex numbers. */
function variableOf(bytes: Uint8Array, isLittle: boolean, source: string): Variable | undefined {
  const [flags, dimensions, name, numbers] = elementsOf(bytes, isLittle, source);
  if (flags === undefined || flags.bytes.length < 4 || !isNumeric(word(flags, 0, isLittle) & 0xff)) return undefined;
  const variable = name === undefined ? '' : new TextDecoder().decode(name.bytes);
  const [kind, width] = TYPES[numbers?.type ?? 0] ?? [];
  if (kind === undefined || width === undefined) throw damaged(source, variable, 'numbers', 'something else');
  const shape = Array.from({ length: dimensions.bytes.length / 4 }, (_, i) => word(dimensions, i * 4, isLittle));
  const array: NdArray = {
    shape,
    dtype: { kind, bytes: width, isLittleEndian: isLittle },
    isFortran: true,
    read: async (start, end) => numbers.bytes.subarray(start, end),
  };
  checkArray(array, numbers.bytes.length, source, variable);
  return { name: variable, array };
}

function word({ bytes }: Element, at: number, isLittle: boolean): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, isLittle);
}

function tooNew(file: RecordingFile): Error {
  const mend = 'Save it with save(..., "-v7").';
  return badFile(file.path, '', 'a MATLAB file up to version 7', 'version 7.3, which is HDF5', mend);
}

function damaged(source: string, place: string, expected: string, found: string, mend = 'Copy the file again.'): Error {
  return badFile(source, place, expected, found, mend);
}

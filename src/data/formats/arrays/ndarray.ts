import { badFile } from '../format.js';
import { type Dtype, decodeNumbers, type Numbers } from './dtype.js';

/** An array of numbers whose bytes lie in a file and are read when they are needed. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  /** The first index runs fastest; in C order, the last. */
  readonly isFortran: boolean;
  /** Bytes of the data from `start` up to `end`. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
}

const MOST_DIMENSIONS = 8;

/** Numbers that are in memory at once: 1 GiB. */
const MOST_ELEMENTS = 1 << 27;

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** @throws InputError if the array's shape does not fit the bytes that there are; call it before memory is taken */
export function checkArray(array: NdArray, bytes: number, source: string, place: string): void {
  const { shape, dtype } = array;
  const isShape = shape.length <= MOST_DIMENSIONS && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  const needed = elementsOf(shape) * dtype.bytes;
  if (isShape && needed <= bytes) return;
  const expected = isShape ? `${needed} bytes of data for the shape (${shape.join(', ')})` : 'a shape of sizes';
  const found = isShape ? `${bytes}` : `(${shape.slice(0, 9).join(', ')})`;
  throw badFile(source, place, expected, found, 'The file is cut off or damaged: copy it again.');
}

/**
 * Elements from `from` up to `to`, in the order in which they are stored.
 * @throws InputError if there are too many for the memory, or fewer in the file
 */
export async function readElements(
  { dtype, read }: NdArray,
  from: number,
  to: number,
  source: string,
  place: string,
): Promise<Numbers> {
  if (to - from > MOST_ELEMENTS) {
    const expected = `at most ${MOST_ELEMENTS} numbers that are read at once`;
    const mend = 'Save it in C order (numpy.ascontiguousarray), or as one file per recording.';
    throw badFile(source, place, expected, `${to - from}`, mend);
  }
  const values = decodeNumbers(await read(from * dtype.bytes, to * dtype.bytes), dtype);
  if (values.length === to - from) return values;
  throw badFile(source, place, `${to - from} numbers`, `${values.length}`, 'Copy the whole file again.');
}

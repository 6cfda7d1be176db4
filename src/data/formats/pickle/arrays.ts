import { parseDtype } from '../arrays/dtype.js';
import { checkArray, elementsOf, type NdArray, readElements } from '../arrays/ndarray.js';
import { badFile, MOST_WHOLE_BYTES, type RecordingFile } from '../format.js';
import { itemsOf, latinBytes, PickledArray, Span, type Value } from './values.js';

/**
 * An array of a pickle, its numbers still in the file; undefined if the value is none.
 * @throws InputError if it is no array of numbers or shorter than its shape says
 */
export function openArray(value: Value | undefined, file: RecordingFile, place: string): NdArray | undefined {
  if (!(value instanceof PickledArray)) return undefined;
  const { data } = value;
  const dtype = parseDtype(value.dtype?.descr ?? 'O', file.path, place);
  const [bytes, read] = readerOf(data, file, elementsOf(value.shape) * dtype.bytes);
  const array = { shape: value.shape, dtype, isFortran: value.isFortran, read };
  checkArray(array, bytes, file.path, place);
  return array;
}

function readerOf(data: PickledArray['data'], file: RecordingFile, needed: number): readonly [number, NdArray['read']] {
  if (!(data instanceof Span)) {
    const bytes = latinBytes(data ?? '');
    return [bytes.length, async (start, end) => bytes.subarray(start, end)];
  }
  const { start, end, encoding } = data;
  if (encoding === 'bytes') return [end - start, (from, to) => file.read(start + from, Math.min(end, start + to))];
  // a text of Latin letters takes one or two bytes for each of the array's, and has to be read from its beginning
  return [
    Math.min(needed, end - start),
    async (from, to) => latinBytes(await readText(file, start, end)).subarray(from, to),
  ];
}

/** The numbers of a list or of an array that are all whole or all finite; undefined for anything else. */
export async function numbersOf(
  value: Value | undefined,
  file: RecordingFile,
  place: string,
): Promise<number[] | undefined> {
  const items = itemsOf(value);
  if (items?.every((item) => typeof item === 'number')) return [...(items as number[])];
  const array = openArray(value, file, place);
  if (array === undefined) return undefined;
  return Array.from(await readElements(array, 0, elementsOf(array.shape), file.path, place));
}

async function readText(file: RecordingFile, start: number, end: number): Promise<string> {
  if (end - start <= MOST_WHOLE_BYTES) return new TextDecoder().decode(await file.read(start, end));
  const expected = `at most ${MOST_WHOLE_BYTES} bytes in an array of a pickle of protocol 2`;
  throw badFile(file.path, `byte ${start}`, expected, `${end - start}`, 'Save it with protocol 4.');
}

import type { RecordingFile } from '../format.js';
import { badFile } from '../format.js';
import { parseDtype } from './dtype.js';
import { checkArray, type NdArray } from './ndarray.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** A header is a Python literal of a hundred characters; nothing near this is written. */
const MOST_HEADER_BYTES = 1 << 14;

/** Whether bytes begin as a file of numpy.save does. */
export function beginsAsNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Bytes that can be read in part: a file, or an entry of an archive. */
export type Bytes = Pick<RecordingFile, 'bytes' | 'read'>;

/**
 * Reads the header of an array; its numbers are left where they are.
 * @throws InputError if it is no array of numbers or shorter than its shape says
 */
export async function openNpy(file: Bytes, source: string, place: string): Promise<NdArray> {
  const head = await file.read(0, Math.min(file.bytes, MOST_HEADER_BYTES));
  const { text, end } = headerOf(head, source, place);
  const array: NdArray = {
    dtype: parseDtype(descrOf(text, source, place), source, place),
    isFortran: /'fortran_order'\s*:\s*True/.test(text),
    shape: shapeOf(text, source, place),
    read: (start, stop) => file.read(end + start, end + stop),
  };
  checkArray(array, file.bytes - end, source, place);
  return array;
}

function headerOf(head: Uint8Array, source: string, place: string): { readonly text: string; readonly end: number } {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const start = head[6] === 1 ? 10 : 12;
  if (!beginsAsNpy(head) || head.length < start) throw notNpy(source, place, `${head.length} bytes of something else`);
  const end = start + (head[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > head.length) throw notNpy(source, place, `a header of ${end - start} bytes`);
  return { text: new TextDecoder().decode(head.subarray(start, end)), end };
}

function descrOf(header: string, source: string, place: string): string {
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  if (descr !== undefined) return descr;
  const found = header.includes("'descr'") ? 'a table of named columns' : header.slice(0, 60);
  throw badFile(source, place, 'an array of numbers of one type', found, 'Save the columns as one float32 array.');
}

function shapeOf(header: string, source: string, place: string): number[] {
  const sizes = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  if (sizes === undefined) throw notNpy(source, place, 'a header without a shape');
  return sizes.match(/\d+/g)?.map(Number) ?? [];
}

function notNpy(source: string, place: string, found: string) {
  return badFile(source, place, 'a numpy array (npy)', found, 'Save it with numpy.save, or copy the whole file again.');
}

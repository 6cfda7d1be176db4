/**
 * The positions of one recording in a packed .anyset file, little-endian: the CRC-32 of all that follows, a step (float32),
 * and whole multiples of it (int16 each); or, where 16 bits would be too coarse, a step of 0 and the positions themselves
 * (float32 each). −32768, or NaN, is a lost joint's.
 */
import { damaged } from '../../core/bytes.js';
import { crc32OfLong } from '../../core/crc32.js';
import { extentOf } from './step.js';

const CRC_BYTES = 4;
const HEAD_BYTES = 8;
const MOST_MULTIPLE = 32767;
const LOST = -32768;
/** Steps that a skeleton is divided into at least. */
const STEPS_PER_SKELETON = 5000;

/** Bytes of so many positions. */
export function packedBytes(count: number, isWide: boolean): number {
  return HEAD_BYTES + count * (isWide ? 4 : 2);
}

/**
 * @param skeleton numbers of one person in one frame
 * @param coarsest the largest step that 16 bits may have; by default what the first skeleton that is seen allows
 */
export function packPositions(
  positions: Float32Array,
  skeleton: number,
  coarsest: number | undefined,
): { readonly bytes: Uint8Array; readonly isWide: boolean } {
  const step = stepFor(positions);
  const isWide = step > (coarsest ?? leastExtent(positions, skeleton) / STEPS_PER_SKELETON);
  const bytes = new Uint8Array(packedBytes(positions.length, isWide));
  const view = new DataView(bytes.buffer);
  if (isWide) bytes.set(new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength), HEAD_BYTES);
  else {
    view.setFloat32(CRC_BYTES, step, true);
    writeMultiples(positions, step, new Int16Array(bytes.buffer, HEAD_BYTES));
  }
  view.setUint32(0, crc32OfLong(bytes.subarray(CRC_BYTES)), true);
  return { bytes, isWide };
}

/** More than the error of a product with a reciprocal, less than any quotient of such floats lies beside a half: 2^-25. */
const UP_TO_HALF = 2 ** -30;
/** Makes multiples positive, so that leaving the fraction out rounds down. */
const SHIFT = 32768;

/** Halves are rounded up, as Math.round does. */
function writeMultiples(positions: Float32Array, step: number, multiples: Int16Array): void {
  const perUnit = 1 / step;
  for (let i = 0; i < multiples.length; i++) {
    const value = positions[i];
    multiples[i] = Number.isNaN(value) ? LOST : ((value * perUnit + (SHIFT + 0.5 + UP_TO_HALF)) | 0) - SHIFT;
  }
}

/** The least float32 with all of its digits: quotients by smaller ones would lie on halves. */
const LEAST_STEP = 2 ** -126;

/** The step by which the farthest coordinate is the largest multiple; 1 where all are 0 or lost. */
function stepFor(positions: Float32Array): number {
  let far = 0;
  for (let i = 0; i < positions.length; i++) {
    const distance = Math.abs(positions[i]);
    if (distance > far) far = distance;
  }
  const step = Math.fround((far * (1 + 2 ** -20)) / MOST_MULTIPLE);
  return far > 0 ? Math.max(step, LEAST_STEP) : 1;
}

/** Size of the first skeleton of which anything was seen. */
function leastExtent(positions: Float32Array, skeleton: number): number {
  for (let at = 0; at < positions.length; at += skeleton) {
    const extent = extentOf(positions.subarray(at, at + skeleton));
    if (extent > 0) return extent;
  }
  return 0;
}

/**
 * @param isKnown whether the bytes have been read before and were whole
 * @throws InputError on bytes that are no positions
 */
export function unpackPositions(
  bytes: Uint8Array,
  { count, isWide, isKnown }: { readonly count: number; readonly isWide: boolean; readonly isKnown: boolean },
  source: string,
  place: string,
): Float32Array {
  const expected = packedBytes(count, isWide);
  if (bytes.length !== expected) throw damaged(source, place, `${expected} bytes`, `${bytes.length}`);
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const [crc] = new Uint32Array(buffer, byteOffset, 1);
  const isWhole = isKnown || crc === crc32OfLong(new Uint8Array(buffer, byteOffset + CRC_BYTES, expected - CRC_BYTES));
  if (!isWhole) throw damaged(source, place, 'the CRC-32 it states', 'another');
  if (isWide) return new Float32Array(buffer, byteOffset + HEAD_BYTES, count).slice();
  const [step] = new Float32Array(buffer, byteOffset + CRC_BYTES, 1);
  const multiples = new Int16Array(buffer, byteOffset + HEAD_BYTES, count);
  const positions = new Float32Array(count);
  for (let i = 0; i < count; i++) positions[i] = multiples[i] === LOST ? Number.NaN : multiples[i] * step;
  return positions;
}

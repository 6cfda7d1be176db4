/**
 * A packed .anyset file (version 3): for sets that are larger than the memory. Each recording can be read by itself.
 * Little-endian:
 *   0  7  magic "anyset" and a zero byte
 *   7  1  version 3
 *   8     the positions of each recording (packed-positions.ts), one after the other
 *         header: deflated JSON (header.ts)
 *   −12 4 length of the header, inflated
 *   −8  4 length of the header, deflated
 *   −4  4 CRC-32 of the header and of the 8 bytes after it
 */
import { deflateSync } from 'fflate';
import { concatenate, damaged } from '../../core/bytes.js';
import { crc32 } from '../../runtime/file/container.js';
import { requireSoundRecording } from '../check/check-dataset.js';
import type { Dataset } from '../dataset.js';
import { readingPositions } from '../positions-elsewhere.js';
import { inflatePart, isAnyset, MAX_HEADER_BYTES, prefixOf, versionOf } from './container.js';
import { definedOf, layoutOf, sampleFacts, toHeader } from './facts.js';
import { type AnysetHeader, decodeHeader, encodeHeader } from './header.js';
import { packedBytes, packPositions, unpackPositions } from './packed-positions.js';
import { restoreTimes } from './times.js';

const PACKED_VERSION = 3;
const PREFIX_BYTES = 8;
const FOOTER_BYTES = 12;

/** Whether a file is of this kind by its first bytes. */
export function isPacked(file: Uint8Array): boolean {
  return isAnyset(file) && versionOf(file) === PACKED_VERSION;
}

/** A file of which parts can be read without the rest. */
export interface RandomAccess {
  readonly bytes: number;
  read(start: number, end: number): Uint8Array;
}

/**
 * The parts of a packed file, one after the other; one recording is in memory at a time.
 * @param step the largest step that positions are rounded to; by default a 5,000th of a skeleton. What 16 bits cannot hold
 * so finely is kept as it is.
 */
export function* packedParts(dataset: Dataset, step?: number): Generator<Uint8Array> {
  yield prefixOf(PACKED_VERSION);
  const wide: number[] = [];
  for (const [i, sample] of dataset.samples.entries()) {
    const { positions, joints } = sample;
    requireSoundRecording(sample, positions, dataset);
    const { bytes, isWide } = packPositions(positions, joints * 3, step);
    if (isWide) wide.push(i);
    yield bytes;
  }
  const header = encodeHeader({ ...toHeader(dataset, step ?? 1, undefined), wide });
  const deflated = deflateSync(header, { level: 6 });
  const footer = new Uint8Array(FOOTER_BYTES);
  const view = new DataView(footer.buffer);
  view.setUint32(0, header.length, true);
  view.setUint32(4, deflated.length, true);
  view.setUint32(8, crc32(concatenate([deflated, footer.subarray(0, 8)])), true);
  yield deflated;
  yield footer;
}

/** A data set whose positions are read from the file when they are asked for. @throws InputError on anything else */
export function openPacked(file: RandomAccess, source: string): Dataset {
  const { header, end } = readHeader(file, source);
  const { step, layout: described, samples, dimensions, nothing, performers, wide = [], ...facts } = header;
  const layout = layoutOf(described, source);
  const isWide = new Set(wide);
  const isKnown = new Uint8Array(samples.frames.length);
  let at = PREFIX_BYTES;
  const read = samples.frames.map((frames, i) => {
    const shape = { frames, persons: facts.persons, joints: layout.joints.length };
    const count = frames * shape.persons * shape.joints * 3;
    const start = at;
    at += packedBytes(count, isWide.has(i));
    const stop = at;
    const seconds = restoreTimes(samples.seconds?.[i] ?? null, shape, source);
    const sample = { ...sampleFacts(samples, i), ...shape, ...definedOf({ seconds }) };
    return readingPositions(sample, () => {
      const how = { count, isWide: isWide.has(i), isKnown: isKnown[i] === 1 };
      const positions = unpackPositions(file.read(start, stop), how, source, `positions of ${sample.id}`);
      isKnown[i] = 1;
      return positions;
    });
  });
  if (at !== end) throw damaged(source, 'positions', `${at - PREFIX_BYTES} bytes`, `${end - PREFIX_BYTES}`);
  return { ...facts, ...definedOf({ dimensions, nothing, performers }), layout, samples: read };
}

/** What the end of the file says, and where the positions end. */
function readHeader(file: RandomAccess, source: string): { readonly header: AnysetHeader; readonly end: number } {
  if (file.bytes < PREFIX_BYTES + FOOTER_BYTES) throw damaged(source, 'length', 'a header', `${file.bytes} bytes`);
  const footer = file.read(file.bytes - FOOTER_BYTES, file.bytes);
  const view = new DataView(footer.buffer, footer.byteOffset, footer.byteLength);
  const [inflated, deflated, crc] = [0, 4, 8].map((offset) => view.getUint32(offset, true));
  const end = file.bytes - FOOTER_BYTES - deflated;
  if (end < PREFIX_BYTES || deflated > MAX_HEADER_BYTES) {
    throw damaged(source, 'length', 'a header within the file', `one of ${deflated} bytes`);
  }
  const bytes = file.read(end, end + deflated);
  if (crc !== crc32(concatenate([bytes, footer.subarray(0, 8)])))
    throw damaged(source, 'header', 'the CRC-32 it states', 'another');
  return { header: decodeHeader(inflatePart(bytes, inflated, MAX_HEADER_BYTES, source, 'header'), source), end };
}

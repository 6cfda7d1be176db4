import { BitReader } from './bit-reader.js';
import { FormatError, unseal } from './container.js';
import { MAX_CODE, magnitudeOf, type Precision } from './precision.js';

/** A block ends at every multiple of this rate; it holds so many of all weights at most. */
const BLOCKS = 400;

/** Weights in the order of the file: positions into all latents laid end to end, and the latents there. */
export interface Entries {
  readonly positions: Uint32Array;
  readonly latents: Float32Array;
}

/** How many non-zeros precede each block, and all; a network of few weights has fewer blocks. */
export function blockStarts(weights: number, nonzeros: number): number[] {
  const starts = [0];
  for (let block = 1; starts.at(-1)! < nonzeros; block++) {
    const end = Math.min(Math.round((block / BLOCKS) * weights), nonzeros);
    if (end > starts.at(-1)!) starts.push(end);
  }
  return starts;
}

/** What all blocks of a file share. */
export interface BlockFormat {
  readonly precision: Precision;
  /** Magnitude of code 1 in int8. */
  readonly step: number;
}

/**
 * Reads blocks, the weights of greatest magnitude first, each block by rising position.
 * @param weights of the network
 * @param offsets where each block starts
 * @param starts how many weights precede each block, and all
 */
export function readBlocks(
  bytes: Uint8Array,
  { precision, step: quantum }: BlockFormat,
  weights: number,
  offsets: readonly number[],
  starts: readonly number[],
): Entries {
  const count = starts.at(-1)!;
  const positions = new Uint32Array(count);
  const latents = new Float32Array(count);
  const seen = new Uint8Array(weights);
  let limit = MAX_CODE[precision];
  for (let block = 0, i = 0; i < count; block++) {
    const place = `block ${block}`;
    const bits = new BitReader(unseal(bytes.subarray(offsets[block], offsets[block + 1]), place), place);
    const [k, width, least] = [bits.bits(5), bits.bits(6), bits.bits(32)];
    for (let position = -1; i < starts[block + 1]; i++) {
      position += bits.rice(k) + 1;
      if (position >= weights || seen[position]++) {
        throw new FormatError(place, `new places below ${weights}`, position);
      }
      const sign = bits.bits(1) ? -1 : 1;
      const code = least + bits.bits(width);
      if (code === 0 || code > limit) throw new FormatError(place, 'falling non-zero magnitudes', `code ${code}`);
      positions[i] = position;
      latents[i] = sign * magnitudeOf(code, precision, quantum);
    }
    bits.end();
    limit = least;
  }
  return { positions, latents };
}

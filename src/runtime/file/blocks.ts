import { FormatError } from '../format-error.js';
import { BitReader } from './bit-reader.js';
import { unseal } from './container.js';
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
  for (let block = 1; starts[starts.length - 1] < nonzeros; block++) {
    const end = Math.min(Math.round((block / BLOCKS) * weights), nonzeros);
    if (end > starts[starts.length - 1]) starts.push(end);
  }
  return starts;
}

/** What all blocks of a file share. */
export interface BlockFormat {
  readonly precision: Precision;
  /** Magnitude of code 1 in int8. */
  readonly step: number;
  /** Of the network. */
  readonly weights: number;
}

/** Reads the blocks of a file, the weights of greatest magnitude first. */
export class BlockReader {
  private readonly format: BlockFormat;
  private index = 0;
  private limit: number;

  constructor(format: BlockFormat) {
    this.format = format;
    this.limit = MAX_CODE[format.precision];
  }

  /** The weights of the next block, by rising position; none is greater than any of the block before. */
  read(block: Uint8Array, length: number, entries: Entries): void {
    const place = `block ${this.index++}`;
    const bits = new BitReader(unseal(block, length, place), place);
    const { precision, step, weights } = this.format;
    const [k, width, least] = [bits.bits(5), bits.bits(6), bits.bits(32)];
    let position = -1;
    for (let i = 0; i < entries.positions.length; i++) {
      position += bits.rice(k) + 1;
      if (position >= weights) throw new FormatError(place, `places below ${weights}`, position);
      const sign = bits.bits(1) ? -1 : 1;
      const code = least + bits.bits(width);
      if (code === 0 || code > this.limit) throw new FormatError(place, 'falling non-zero magnitudes', `code ${code}`);
      entries.positions[i] = position;
      entries.latents[i] = sign * magnitudeOf(code, precision, step);
    }
    bits.end();
    this.limit = least;
  }
}

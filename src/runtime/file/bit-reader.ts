import { FormatError } from './container.js';

/** So many ones mean that 32 plain bits follow. */
export const RICE_ESCAPE = 20;

/** Reads numbers bit by bit, the lowest bit of each byte first, and never past the end. */
export class BitReader {
  private at = 0;
  private readonly size: number;
  private readonly words: DataView;
  private readonly place: string;

  constructor(bytes: Uint8Array, place: string) {
    const padded = new Uint8Array(bytes.length + 4); // so that a word can be read after the last byte
    padded.set(bytes);
    this.size = bytes.length * 8;
    this.words = new DataView(padded.buffer);
    this.place = place;
  }

  /** The next 25 bits at least, the lowest first. */
  private ahead(): number {
    return this.words.getUint32(this.at >> 3, true) >>> (this.at & 7);
  }

  /** An unsigned number of at most 32 bits, the lowest first. */
  bits(count: number): number {
    if (count > 25) return this.bits(16) + this.bits(count - 16) * 2 ** 16;
    const value = this.ahead() & ((1 << count) - 1);
    this.need(count);
    this.at += count;
    return value;
  }

  /** So many bits must be left. */
  private need(count: number): void {
    if (this.at + count > this.size) throw new FormatError(this.place, 'more bytes', 'the end');
  }

  /** Golomb-Rice: the value / 2^k in ones, a zero, and the k bits that remain. */
  rice(k: number): number {
    const zeros = ~this.ahead() | (1 << RICE_ESCAPE);
    const ones = 31 - Math.clz32(zeros & -zeros);
    this.bits(Math.min(ones + 1, RICE_ESCAPE));
    return ones < RICE_ESCAPE ? ones * 2 ** k + this.bits(k) : this.bits(32);
  }

  /** `count` whole numbers, each as its difference from that `stride` before it. */
  series(count: number, stride: number): Int32Array {
    const k = this.bits(5);
    this.need(count); // each takes a bit at least
    const values = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const zigzag = this.rice(k);
      const difference = zigzag % 2 ? -(zigzag + 1) / 2 : zigzag / 2;
      values[i] = difference + (i < stride ? 0 : values[i - stride]);
    }
    return values;
  }

  /** Nothing but zero bits, and less than a byte of them, may be left. */
  end(): void {
    const left = this.size - this.at;
    if (left > 7 || this.bits(left)) throw new FormatError(this.place, 'its end', 'more');
  }
}

import { FormatError } from '../format-error.js';

/** So many ones mean that 32 plain bits follow. */
export const RICE_ESCAPE = 20;

/** Reads numbers bit by bit, the lowest bit of each byte first, and never past the end. */
export class BitReader {
  private at = 0;
  private readonly bytes: Uint8Array;
  private readonly place: string;

  constructor(bytes: Uint8Array, place: string) {
    this.bytes = bytes;
    this.place = place;
  }

  /** An unsigned number of at most 32 bits, the lowest first. */
  bits(count: number): number {
    if (this.at + count > this.bytes.length * 8) throw new FormatError(this.place, 'more bytes', 'the end');
    let value = 0;
    for (let done = 0; done < count; ) {
      const shift = this.at & 7;
      const take = Math.min(8 - shift, count - done);
      value += ((this.bytes[this.at >> 3] >> shift) & ((1 << take) - 1)) * 2 ** done;
      this.at += take;
      done += take;
    }
    return value;
  }

  /** Golomb-Rice: the value / 2^k in ones, a zero, and the k bits that remain. */
  rice(k: number): number {
    let ones = 0;
    while (ones < RICE_ESCAPE && this.bits(1)) ones++;
    return ones < RICE_ESCAPE ? ones * 2 ** k + this.bits(k) : this.bits(32);
  }

  /** `count` whole numbers, each as its difference from that `stride` before it. */
  series(count: number, stride: number): Int32Array {
    const values = new Int32Array(count);
    const k = this.bits(5);
    for (let i = 0; i < count; i++) {
      const zigzag = this.rice(k);
      const difference = zigzag % 2 ? -(zigzag + 1) / 2 : zigzag / 2;
      values[i] = difference + (i < stride ? 0 : values[i - stride]);
    }
    return values;
  }

  /** Nothing but zero bits, and less than a byte of them, may be left. */
  end(): void {
    const left = this.bytes.length * 8 - this.at;
    if (left > 7 || this.bits(left)) throw new FormatError(this.place, 'its end', 'more');
  }
}

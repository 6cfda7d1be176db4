/** A table of whole numbers in memory: its address, and the bytes of each. */
export type Table = readonly [address: number, width: number];

/** Lays values out in memory, little-endian, from an address on. */
export class ImageWriter {
  private readonly start: number;
  private memory = new Uint8Array(1 << 16);
  private length = 0;

  constructor(start: number) {
    this.start = start;
  }

  /** Where the next value would be. */
  get end(): number {
    return this.start + this.length;
  }

  /** What was written so far. */
  finish(): Uint8Array {
    return this.memory.slice(0, this.length);
  }

  words(values: readonly number[]): number {
    return this.write(values, 4, (view, at, value) => view.setInt32(at, value, true));
  }

  floats(values: ArrayLike<number>): number {
    return this.write(values, 4, (view, at, value) => view.setFloat32(at, value, true));
  }

  doubles(values: ArrayLike<number>): number {
    return this.write(values, 8, (view, at, value) => view.setFloat64(at, value, true));
  }

  /** Whole numbers of 1 byte each if none is negative or greater than 255, or else of 2 or 4. */
  table(values: readonly number[]): Table {
    const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
    if (least >= 0 && most < 256) return [this.bytes(values), 1];
    if (least >= -32768 && most < 32768) return [this.halves(values), 2];
    return [this.words(values), 4];
  }

  bytes(values: ArrayLike<number>): number {
    return this.write(values, 1, (view, at, value) => view.setInt8(at, value));
  }

  halves(values: ArrayLike<number>): number {
    return this.write(values, 2, (view, at, value) => view.setInt16(at, value, true));
  }

  private write(
    values: ArrayLike<number>,
    size: number,
    set: (view: DataView, at: number, value: number) => void,
  ): number {
    this.length += -this.end & (size - 1);
    const address = this.end;
    this.grow(this.length + values.length * size);
    const view = new DataView(this.memory.buffer);
    for (let i = 0; i < values.length; i++, this.length += size) set(view, this.length, values[i]);
    return address;
  }

  private grow(length: number): void {
    if (length <= this.memory.length) return;
    const larger = new Uint8Array(2 * length);
    larger.set(this.memory);
    this.memory = larger;
  }
}

import { InputError } from './errors.js';

/** What a file says of itself, and how to speak of it. */
export interface FileKind {
  /** Seven ASCII characters at its start. */
  readonly magic: string;
  readonly version: number;
  /** `an .anyrate model`, for error messages. */
  readonly title: string;
}

/** A file that is whole by its own account but says something impossible, or is not whole. */
export function damaged(source: string, place: string, expected: string, found: string): InputError {
  return new InputError({ source, place, expected, found, mend: 'The file is damaged: copy it again.' });
}

/** Lays byte arrays end to end. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Little-endian float32. */
export function float32Bytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i], true);
  return bytes;
}

/** Little-endian float64. */
export function float64Bytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i], true);
  return bytes;
}

/** Unsigned LEB128: seven bits a byte, the lowest first, the top bit set on all but the last. */
export function varintBytes(values: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 5);
  let at = 0;
  for (let value of values) {
    for (; value > 0x7f; value >>>= 7) bytes[at++] = (value & 0x7f) | 0x80;
    bytes[at++] = value;
  }
  return bytes.subarray(0, at);
}

/** Reads numbers one after another and never past the end. */
export class ByteReader {
  private at = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly source: string;

  constructor(bytes: Uint8Array, source: string) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.source = source;
  }

  float64(place: string): number {
    return this.view.getFloat64(this.take(8, place), true);
  }

  /** `count` finite numbers. */
  float32s(count: number, place: string): Float32Array<ArrayBuffer> {
    const start = this.take(count * 4, place);
    const values = Float32Array.from({ length: count }, (_, i) => this.view.getFloat32(start + i * 4, true));
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw damaged(this.source, `${place}, number ${bad}`, 'a finite number', String(values[bad]));
    return values;
  }

  float64s(count: number, place: string): Float64Array<ArrayBuffer> {
    const start = this.take(count * 8, place);
    return Float64Array.from({ length: count }, (_, i) => this.view.getFloat64(start + i * 8, true));
  }

  /** Unsigned LEB128 below 2³², in its shortest form. */
  varint(place: string): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
      const byte = this.bytes[this.take(1, place)];
      value += (byte & 0x7f) * factor;
      if (byte > 0x7f) continue;
      if (value < 2 ** 32 && (byte > 0 || factor === 1)) return value;
      break;
    }
    throw damaged(this.source, place, 'a number of at most 32 bits in LEB128', 'other bytes');
  }

  end(place: string): void {
    const left = this.bytes.length - this.at;
    if (left > 0) throw damaged(this.source, place, 'the end of the file', `${left} more bytes`);
  }

  private take(count: number, place: string): number {
    const start = this.at;
    const left = this.bytes.length - start;
    if (count > left) throw damaged(this.source, place, `${count} bytes`, `${left}`);
    this.at += count;
    return start;
  }
}

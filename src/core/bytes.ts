import { crc32 } from '../runtime/file/container.js';
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

/** Reads numbers one after another and never past the end. */
export class ByteReader {
  private at = 0;
  private readonly view: DataView;
  private readonly source: string;

  constructor(bytes: Uint8Array, source: string) {
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

  end(place: string): void {
    const left = this.view.byteLength - this.at;
    if (left > 0) throw damaged(this.source, place, 'the end of the file', `${left} more bytes`);
  }

  private take(count: number, place: string): number {
    const start = this.at;
    const left = this.view.byteLength - start;
    if (count > left) throw damaged(this.source, place, `${count} bytes`, `${left}`);
    this.at += count;
    return start;
  }
}

export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** The CRC-32 of a text, in hexadecimal digits. */
export function checksum(text: string): string {
  return crc32(new TextEncoder().encode(text)).toString(16);
}

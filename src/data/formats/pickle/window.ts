import type { RecordingFile } from '../format.js';
import { badFile } from '../format.js';

const CHUNK = 1 << 20;

/** No instruction of a pickle needs more than this to be read at once; longer payloads are left in the file. */
export const MOST_AT_ONCE = 1 << 17;

/** A piece of a file that moves forward through it; numbers are little-endian unless they are named otherwise. */
export class Window {
  private readonly file: RecordingFile;
  private bytes: Uint8Array = new Uint8Array(0);
  private view: DataView = new DataView(new ArrayBuffer(0));
  private start = 0;
  private at = 0;

  constructor(file: RecordingFile) {
    this.file = file;
  }

  /** Where in the file the next byte lies. */
  get position(): number {
    return this.start + this.at;
  }

  /** Makes sure that the next instruction lies in memory, or the end of the file. */
  async fill(): Promise<void> {
    if (this.bytes.length - this.at >= MOST_AT_ONCE || this.start + this.bytes.length >= this.file.bytes) return;
    this.start = this.position;
    this.at = 0;
    this.bytes = await this.file.read(this.start, Math.min(this.file.bytes, this.start + CHUNK));
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }

  /** Whether `fill` has nothing to do. */
  get isFull(): boolean {
    return this.bytes.length - this.at >= MOST_AT_ONCE || this.start + this.bytes.length >= this.file.bytes;
  }

  uint8(): number {
    return this.view.getUint8(this.take(1));
  }

  uint16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  int32(): number {
    return this.view.getInt32(this.take(4), true);
  }

  uint64(): number {
    return Number(this.view.getBigUint64(this.take(8), true));
  }

  float64BigEndian(): number {
    return this.view.getFloat64(this.take(8), false);
  }

  some(count: number): Uint8Array {
    const from = this.take(count);
    return this.bytes.subarray(from, from + count);
  }

  /** The bytes up to the next line feed, which is passed over. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0 || end - this.at > MOST_AT_ONCE) throw this.cutOff();
    const text = new TextDecoder().decode(this.bytes.subarray(this.at, end));
    this.at = end + 1;
    return text;
  }

  /** Passes over bytes without reading them; returns where they begin. */
  skip(count: number): number {
    const from = this.position;
    if (!(count <= this.file.bytes - from)) throw this.cutOff();
    if (this.at + count <= this.bytes.length) this.at += count;
    else {
      this.start = from + count;
      this.at = 0;
      this.bytes = new Uint8Array(0);
    }
    return from;
  }

  private take(count: number): number {
    const from = this.at;
    if (count > this.bytes.length - from) throw this.cutOff();
    this.at += count;
    return from;
  }

  private cutOff(): Error {
    const place = `byte ${this.position}`;
    return badFile(
      this.file.path,
      place,
      'a whole pickle',
      'its end or a length beyond it',
      'Copy the whole file again.',
    );
  }
}

import type { Detection } from './detected.js';
import { MOST_JOINTS } from './format.js';
import { detectedPose } from './keypoints.js';
import { PlainDecimal } from './plain-decimal.js';

/** What a file of Kinetics-skeleton tells. */
export interface KineticsClip {
  /** The persons of a frame by its number. */
  readonly frames: ReadonlyMap<number, readonly Detection[]>;
  readonly label?: string;
}

/**
 * Reads a file as ST-GCN writes it from its bytes, without a text and the values of it between.
 * @returns undefined of anything else, be it JSON or not
 */
export function scanKineticsClip(bytes: Uint8Array): KineticsClip | undefined {
  try {
    return new Scanner(bytes).clip();
  } catch (error) {
    if (error === OTHER) return undefined;
    throw error;
  }
}

/** Thrown where something else is written. */
const OTHER = new Error('not as ST-GCN writes it');

class Scanner {
  private readonly bytes: Uint8Array;
  private readonly decimal = new PlainDecimal();
  private readonly points = new Float64Array(2 * MOST_JOINTS);
  private readonly scores = new Float64Array(MOST_JOINTS);
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  clip(): KineticsClip {
    this.expect(OBJECT);
    this.key(DATA);
    const frames = new Map<number, readonly Detection[]>();
    this.list(() => this.frame(frames));
    const label = this.next() === COMMA ? this.label() : undefined;
    this.expect(OBJECT_END);
    if (this.next() !== undefined) throw OTHER;
    return label === undefined ? { frames } : { frames, label };
  }

  private frame(frames: Map<number, readonly Detection[]>): void {
    this.expect(OBJECT);
    this.key(FRAME_INDEX);
    const number = this.number();
    this.expect(COMMA);
    this.key(SKELETON);
    const skeletons: Detection[] = [];
    this.list(() => skeletons.push({ pose: this.pose() }));
    this.expect(OBJECT_END);
    if (!Number.isSafeInteger(number)) throw OTHER;
    frames.set(number, skeletons);
  }

  private pose(): Detection['pose'] {
    this.expect(OBJECT);
    this.key(POSE);
    const points = this.numbers(this.points);
    this.expect(COMMA);
    this.key(SCORE);
    const scores = this.numbers(this.scores);
    this.expect(OBJECT_END);
    if (points.length === 0 || points.length !== scores.length * 2) throw OTHER;
    return detectedPose(points, scores);
  }

  /** A comma, the class and its number. */
  private label(): string {
    this.expect(COMMA);
    this.key(LABEL);
    const label = this.text();
    this.expect(COMMA);
    this.key(LABEL_INDEX);
    this.number();
    return label;
  }

  private list(item: () => void): void {
    this.expect(LIST);
    if (this.next() !== LIST_END) {
      item();
      while (this.next() === COMMA) {
        this.at++;
        item();
      }
    }
    this.expect(LIST_END);
  }

  /** A list of numbers, as many as there is room for at most. */
  private numbers(room: Float64Array): Float64Array {
    this.expect(LIST);
    let count = 0;
    if (this.next() !== LIST_END) {
      room[count++] = this.number();
      while (this.next() === COMMA && count < room.length) {
        this.at++;
        room[count++] = this.number();
      }
    }
    this.expect(LIST_END);
    return room.subarray(0, count);
  }

  /** A plain decimal that JSON allows: with a digit on both sides of a point, and no 0 before another. */
  private number(): number {
    const { bytes, decimal } = this;
    const first = this.next() === MINUS ? this.at + 1 : this.at;
    const end = decimal.read(bytes, this.at);
    const isOther = end < 0 || bytes[first] === POINT || bytes[end - 1] === POINT;
    if (isOther || (bytes[first] === ZERO && end > first + 1 && bytes[first + 1] !== POINT)) throw OTHER;
    this.at = end;
    return decimal.value;
  }

  /** A text of plain letters. */
  private text(): string {
    this.expect(QUOTE);
    const start = this.at;
    while (this.bytes[this.at] !== QUOTE) {
      const byte = this.bytes[this.at++];
      if (byte === undefined || byte < BLANK || byte === BACKSLASH || byte > MOST_PLAIN) throw OTHER;
    }
    return String.fromCharCode(...this.bytes.subarray(start, this.at++));
  }

  /** A name in quotes, and the colon after it. */
  private key(name: Uint8Array): void {
    this.next();
    for (let i = 0; i < name.length; i++) if (this.bytes[this.at + i] !== name[i]) throw OTHER;
    this.at += name.length;
    this.expect(COLON);
  }

  private expect(sign: number): void {
    if (this.next() !== sign) throw OTHER;
    this.at++;
  }

  /** The next byte that is no white space, which stays the next; undefined at the end. */
  private next(): number | undefined {
    const { bytes } = this;
    let at = this.at;
    while (bytes[at] <= BLANK && SPACES.has(bytes[at])) at++;
    this.at = at;
    return bytes[at];
  }
}

const [DATA, FRAME_INDEX, SKELETON, POSE, SCORE, LABEL, LABEL_INDEX] = [
  ...['data', 'frame_index', 'skeleton', 'pose', 'score', 'label', 'label_index'],
].map((name) => new TextEncoder().encode(`"${name}"`));
const [OBJECT, OBJECT_END, LIST, LIST_END, COMMA, COLON, QUOTE, BACKSLASH] = codesOf('{}[],:"\\');
const [BLANK, ZERO, MINUS, POINT] = codesOf(' 0-.');
const MOST_PLAIN = 0x7e;
const SPACES = new Set(codesOf(' \t\r\n'));

function codesOf(letters: string): number[] {
  return [...letters].map((letter) => letter.charCodeAt(0));
}

import { assemble, lossNotes, type Pose, type PoseFrame } from './assemble.js';
import {
  badFile,
  type FileHead,
  MOST_PERSONS,
  type RecordingFile,
  type RecordingFormat,
  wholeBytes,
} from './format.js';
import { numbersOfLine, widthsOf } from './number-lines.js';
import { PlainDecimal } from './plain-decimal.js';
import type { Recording } from './recording.js';
import { decodeText } from './text.js';

const JOINTS = 25;
/** Bodies that a recording has: those that move most. */
const MOST_BODIES = 2;
const MEND = 'Copy the file again from its source, or leave it out.';
const NAME = /S\d{3}C\d{3}P(\d{3})R\d{3}A(\d{3})/;

/**
 * NTU RGB+D: the number of frames; for each frame the number of bodies; for each body its facts, the number of joints, and
 * a line a joint (x, y, z in metres, depth and colour coordinates, an orientation, a tracking state).
 */
export const format: RecordingFormat = {
  name: 'ntu-skeleton',
  title: 'NTU RGB+D .skeleton, one file per recording',
  recognise: ({ text }: FileHead) => {
    const [frames, bodies, ...rest] = widthsOf(text, 5);
    if (frames !== 1 || bodies !== 1) return false;
    return rest.length === 0 || rest[0] === 10 || rest[0] === 1;
  },
  async *read(file: RecordingFile) {
    const lines = new Lines(await digitBytes(file), file.path);
    const frames = lines.first('the number of frames');
    const bodies = new Map<string, Pose[]>();
    for (let t = 0; t < frames; t++) readFrame(lines, t, bodies);
    const chosen = [...bodies].sort(([, a], [, b]) => motionOf(b) - motionOf(a)).slice(0, MOST_BODIES);
    yield toRecording(
      chosen.map(([, poses]) => poses),
      bodies.size,
      frames,
      file.path,
    );
  },
};

/** The lines of a file, one after the other; blank ones are passed over. They are read as bytes, since a text of them takes as long to make. */
class Lines {
  private readonly bytes: Uint8Array;
  /** The same four at a time, as far as they go. */
  private readonly fours: Int32Array;
  private readonly source: string;
  /** Where the next line begins. */
  private next = 0;
  /** The line that was read last: where it begins, and its number. */
  private start = 0;
  private number = 0;
  private readonly decimal = new PlainDecimal();
  private readonly three = [0, 0, 0];

  constructor(bytes: Uint8Array, source: string) {
    const lined = bytes.includes(LINE_FEED) ? bytes : bytes.map((byte) => (byte === RETURN ? LINE_FEED : byte));
    this.bytes = lined.byteOffset % 4 === 0 ? lined : lined.slice();
    this.fours = new Int32Array(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length >> 2);
    this.source = source;
  }

  /** The first number of the next line. */
  first(expected: string): number {
    this.begin(expected);
    const end = this.plainDecimal(this.start);
    const isAlone = end >= 0 && this.bytes[end] !== BLANK;
    this.finish(isAlone ? end : this.start);
    return isAlone ? this.decimal.value : this.numbersHere(expected, 1)[0];
  }

  count(expected: string, most: number): number {
    const count = this.first(expected);
    if (Number.isInteger(count) && count >= 0 && count <= most) return count;
    throw this.fault(`${expected} of at most ${most}`, `${count}`);
  }

  /** The first word of the next line. */
  body(): string {
    this.begin('a body');
    this.finish(this.start);
    return this.here().trim().split(/\s+/)[0];
  }

  /** Writes the first three numbers of the next line to `pose`, unless all of them are 0, which says that the joint was lost. */
  point(pose: Pose, at: number): void {
    this.begin('x, y, z of a joint');
    const end = this.threeDecimals();
    this.finish(end < 0 ? this.start : end);
    const [x, y, z] = end < 0 ? this.numbersHere('x, y, z of a joint', 3) : this.three;
    if (x === 0 && y === 0 && z === 0) return;
    pose[at] = x;
    pose[at + 1] = y;
    pose[at + 2] = z;
  }

  /** Reads three decimals with a blank between them. @returns where they end; −1 where something else is written */
  private threeDecimals(): number {
    const { bytes, three } = this;
    let end = this.start - 1;
    for (let axis = 0; axis < 3; axis++) {
      if (axis > 0 && bytes[end] !== BLANK) return -1;
      end = this.plainDecimal(end + 1);
      if (end < 0) return -1;
      three[axis] = this.decimal.value;
    }
    return end;
  }

  /** Reads a plain decimal. @returns where it ends, at a blank or at the end of the line; −1 where something else is written */
  private plainDecimal(from: number): number {
    const end = this.decimal.read(this.bytes, from);
    return end >= 0 && this.isEnd(end) ? end : -1;
  }

  private isEnd(at: number): boolean {
    if (at >= this.bytes.length) return true;
    const byte = this.bytes[at];
    return byte === BLANK || byte === RETURN || byte === LINE_FEED;
  }

  private numbersHere(expected: string, least: number): readonly number[] {
    const numbers = numbersOfLine({ number: this.number, text: this.here() }, this.source);
    if (numbers.length >= least) return numbers;
    throw this.fault(expected, `${numbers.length} numbers`);
  }

  /** The line that was finished last. */
  private here(): string {
    return decodeText(this.bytes.subarray(this.start, this.next - 1));
  }

  /** Goes to the next line that is not blank. */
  private begin(expected: string): void {
    const before = this.number;
    while (this.next < this.bytes.length) {
      this.start = this.next;
      this.number++;
      if (this.bytes[this.start] > BLANK) return;
      this.finish(this.start);
      if (this.here().trim() === '') continue;
      return;
    }
    throw badFile(this.source, `after line ${before}`, expected, 'the end of the file', MEND);
  }

  /** Finds the end of the line, which is not before `from`. */
  private finish(from: number): void {
    const { bytes, fours } = this;
    let at = from;
    while (at % 4 !== 0 && at < bytes.length && bytes[at] !== LINE_FEED) at++;
    if (at % 4 === 0) {
      let four = at / 4;
      while (four < fours.length && !hasLineFeed(fours[four])) four++;
      at = four * 4;
      while (at < bytes.length && bytes[at] !== LINE_FEED) at++;
    }
    this.next = at + 1;
  }

  fault(expected: string, found: string): Error {
    return badFile(this.source, `line ${this.number}`, expected, found, MEND);
  }
}

/** Whether one of four bytes is a line feed: less one, only a byte of zero borrows and had no high bit. */
function hasLineFeed(four: number): boolean {
  const differing = four ^ 0x0a0a0a0a;
  return ((differing - 0x01010101) & ~differing & 0x80808080) !== 0;
}

const [BLANK, LINE_FEED, RETURN] = [...' \n\r'].map((letter) => letter.charCodeAt(0));

/** The bytes of a file whose digits are a byte each: as they are, or of UTF-16. */
async function digitBytes(file: RecordingFile): Promise<Uint8Array> {
  const bytes = await wholeBytes(file);
  return bytes[0] > 0x7f ? new TextEncoder().encode(decodeText(bytes)) : bytes;
}

function readFrame(lines: Lines, t: number, bodies: Map<string, Pose[]>): void {
  const count = lines.count('a number of bodies', MOST_PERSONS);
  for (let i = 0; i < count; i++) {
    // The identity has more digits than a double holds, so it is kept as text.
    const id = lines.body();
    const joints = lines.count('a number of joints', JOINTS);
    if (joints !== JOINTS) throw lines.fault(`${JOINTS} joints`, `${joints}`);
    const pose = new Float32Array(JOINTS * 3).fill(Number.NaN);
    for (let joint = 0; joint < JOINTS; joint++) lines.point(pose, joint * 3);
    const poses = bodies.get(id) ?? [];
    bodies.set(id, poses);
    poses[t] = pose;
  }
}

/** How far the joints spread over time, by which those who act are told from chairs that were taken for bodies. */
function motionOf(poses: readonly (Pose | undefined)[]): number {
  const seen = poses.filter((pose) => pose !== undefined);
  let sum = 0;
  for (let at = 0; at < JOINTS * 3; at++) sum += varianceOf(seen, at);
  return sum;
}

/** Of one coordinate, where it is not lost; 0 where it always is. */
function varianceOf(poses: readonly Pose[], at: number): number {
  let [count, total, squares] = [0, 0, 0];
  for (const pose of poses) {
    if (Number.isNaN(pose[at])) continue;
    total += pose[at];
    count++;
  }
  if (count === 0) return 0;
  const mean = total / count;
  for (const pose of poses) if (!Number.isNaN(pose[at])) squares += (pose[at] - mean) ** 2;
  return squares / count;
}

function toRecording(
  bodies: readonly (readonly (Pose | undefined)[])[],
  seen: number,
  frames: number,
  source: string,
): Recording {
  const slots: PoseFrame[] = Array.from({ length: frames }, (_, t) => bodies.map((poses) => poses[t]));
  if (bodies.length === 0)
    throw badFile(source, '', 'a body in at least one of the frames', `${frames} frames without any`, MEND);
  const name = NAME.exec(source);
  const facts = {
    part: '',
    dimensions: 3,
    layout: 'kinect-v2',
    unit: 'metre',
    framesPerSecond: 30,
    ...(name !== null && { label: `A${name[2]}`, subject: `P${name[1]}` }),
    notes: [
      ...(seen > MOST_BODIES ? [`${seen} bodies, of which only the ${MOST_BODIES} that move most are kept`] : []),
      ...lossNotes(slots, '0 0 0'),
    ],
  } as const;
  return assemble(slots, JOINTS, facts, source);
}

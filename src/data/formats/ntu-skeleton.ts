import { assemble, lossNotes, type Pose, type PoseFrame } from './assemble.js';
import { badFile, type FileHead, MOST_PERSONS, type RecordingFile, type RecordingFormat } from './format.js';
import { numbersOfLine, widthsOf } from './number-lines.js';
import type { Recording } from './recording.js';
import { readText } from './text.js';

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
    const lines = new Lines(await readText(file), file.path);
    const [frames] = lines.numbers('the number of frames', 1);
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

/** The lines of a file, one after the other; blank ones are passed over. */
class Lines {
  private readonly text: string;
  private readonly source: string;
  /** Where the next line begins. */
  private next = 0;
  /** The line that was read last: where it begins and ends, and its number. */
  private start = 0;
  private end = 0;
  private number = 0;

  constructor(text: string, source: string) {
    this.text = text.includes('\n') ? text : text.replaceAll('\r', '\n');
    this.source = source;
  }

  /** The next line's numbers; `least` of them at least. */
  numbers(expected: string, least: number): readonly number[] {
    this.advance(expected);
    return this.numbersHere(expected, least);
  }

  count(expected: string, most: number): number {
    const [count] = this.numbers(expected, 1);
    if (Number.isInteger(count) && count >= 0 && count <= most) return count;
    throw this.fault(`${expected} of at most ${most}`, `${count}`);
  }

  body(): string {
    this.advance('a body');
    return this.here().trim().split(/\s+/)[0];
  }

  /** Writes the first three numbers of the next line to `pose`, unless all of them are 0, which says that the joint was lost. */
  point(pose: Pose, at: number): void {
    this.advance('x, y, z of a joint');
    let from = this.start;
    for (let axis = 0; axis < 3; axis++) {
      from = this.plainDecimal(from, axis);
      if (from < 0) break;
    }
    const [x, y, z] = from < 0 ? this.numbersHere('x, y, z of a joint', 3) : this.three;
    if (x === 0 && y === 0 && z === 0) return;
    pose[at] = x;
    pose[at + 1] = y;
    pose[at + 2] = z;
  }

  private readonly three = [0, 0, 0];

  /**
   * Reads a decimal of at most 15 digits and no exponent, which one division gives exactly as `Number` does, and the blank
   * after it.
   * @returns where it ends; −1 where something else is written
   */
  private plainDecimal(from: number, axis: number): number {
    const { text } = this;
    let at = from;
    const isNegative = text.charCodeAt(at) === MINUS;
    if (isNegative) at++;
    let [digits, point, value] = [0, -1, 0];
    for (; ; at++) {
      const code = text.charCodeAt(at) - ZERO;
      if (code >= 0 && code <= 9) {
        value = value * 10 + code;
        digits++;
      } else if (code === POINT - ZERO && point < 0) point = digits;
      else break;
    }
    if (digits === 0 || digits > EXACT_DIGITS || text.charCodeAt(at) !== BLANK) return -1;
    const magnitude = point < 0 ? value : value / POWERS[digits - point];
    this.three[axis] = isNegative ? -magnitude : magnitude;
    return at + 1;
  }

  private numbersHere(expected: string, least: number): readonly number[] {
    const numbers = numbersOfLine({ number: this.number, text: this.here() }, this.source);
    if (numbers.length >= least) return numbers;
    throw this.fault(expected, `${numbers.length} numbers`);
  }

  private here(): string {
    return this.text.slice(this.start, this.end);
  }

  private advance(expected: string): void {
    const { text } = this;
    const before = this.number;
    while (this.next < text.length) {
      this.start = this.next;
      const found = text.indexOf('\n', this.start);
      this.end = found < 0 ? text.length : found;
      this.next = this.end + 1;
      this.number++;
      if (text.charCodeAt(this.start) > BLANK || this.here().trim() !== '') return;
    }
    throw badFile(this.source, `after line ${before}`, expected, 'the end of the file', MEND);
  }

  fault(expected: string, found: string): Error {
    return badFile(this.source, `line ${this.number}`, expected, found, MEND);
  }
}

const [ZERO, BLANK, MINUS, POINT] = [...'0 -.'].map((letter) => letter.charCodeAt(0));
/** So many digits are a whole number that a double holds. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i);

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

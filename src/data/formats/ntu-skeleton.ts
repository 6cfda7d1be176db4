import { assemble, lossNotes, type Pose, type PoseFrame } from './assemble.js';
import { badFile, type FileHead, MOST_PERSONS, type RecordingFile, type RecordingFormat } from './format.js';
import { numbersOfLine, widthsOf } from './number-lines.js';
import type { Recording } from './recording.js';
import { type Line, linesOf, readText } from './text.js';

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

/** The lines of a file, one after the other. */
class Lines {
  private readonly lines: Generator<Line>;
  private readonly source: string;
  private last = 0;

  constructor(text: string, source: string) {
    this.lines = linesOf(text);
    this.source = source;
  }

  /** The next line's numbers; `least` of them at least. */
  numbers(expected: string, least: number): readonly number[] {
    const { value: line, done } = this.lines.next();
    if (done) throw badFile(this.source, `after line ${this.last}`, expected, 'the end of the file', MEND);
    this.last = line.number;
    const numbers = numbersOfLine(line, this.source);
    if (numbers.length >= least) return numbers;
    throw this.fault(expected, `${numbers.length} numbers`);
  }

  count(expected: string, most: number): number {
    const [count] = this.numbers(expected, 1);
    if (Number.isInteger(count) && count >= 0 && count <= most) return count;
    throw this.fault(`${expected} of at most ${most}`, `${count}`);
  }

  body(): string {
    const { value: line, done } = this.lines.next();
    if (done) throw badFile(this.source, `after line ${this.last}`, 'a body', 'the end of the file', MEND);
    this.last = line.number;
    return line.text.trim().split(/\s+/)[0];
  }

  fault(expected: string, found: string): Error {
    return badFile(this.source, `line ${this.last}`, expected, found, MEND);
  }
}

function readFrame(lines: Lines, t: number, bodies: Map<string, Pose[]>): void {
  const count = lines.count('a number of bodies', MOST_PERSONS);
  for (let i = 0; i < count; i++) {
    // The identity has more digits than a double holds, so it is kept as text.
    const id = lines.body();
    const joints = lines.count('a number of joints', JOINTS);
    if (joints !== JOINTS) throw lines.fault(`${JOINTS} joints`, `${joints}`);
    const pose = new Float32Array(JOINTS * 3).fill(Number.NaN);
    for (let joint = 0; joint < JOINTS; joint++) {
      const point = lines.numbers('x, y, z of a joint', 3).slice(0, 3);
      if (point.some((value) => value !== 0)) pose.set(point, joint * 3);
    }
    const poses = bodies.get(id) ?? [];
    bodies.set(id, poses);
    poses[t] = pose;
  }
}

/** How far the joints spread over time, by which those who act are told from chairs that were taken for bodies. */
function motionOf(poses: readonly (Pose | undefined)[]): number {
  const seen = poses.filter((pose) => pose !== undefined);
  let sum = 0;
  for (let at = 0; at < JOINTS * 3; at++) {
    const values = seen.map((pose) => pose[at]).filter((value) => !Number.isNaN(value));
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    if (values.length > 0) sum += values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
  }
  return sum;
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

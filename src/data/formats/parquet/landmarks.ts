import { assemble, checkShape, lossNotes, type Pose, type PoseFrame } from '../assemble.js';
import { withAbsentFrames } from '../detected.js';
import { badFile, describeValue } from '../format.js';
import type { Recording } from '../recording.js';
import type { Columns, ParquetTable } from './table.js';

const NEEDED = ['frame', 'type', 'landmark_index', 'x', 'y', 'z'];
const POSE = 33;
const HAND = 21;
const JOINTS = POSE + 2 * HAND;
const MEND = 'Write frame, type, landmark_index, x, y, z, a row for each landmark.';

/** Where the landmarks of each type begin in mediapipe-holistic, and how many there are; the face is left out. */
const PARTS: Readonly<Record<string, { readonly start: number; readonly count: number } | undefined>> = {
  face: { start: Number.NaN, count: 478 },
  pose: { start: 0, count: POSE },
  left_hand: { start: POSE, count: HAND },
  right_hand: { start: POSE + HAND, count: HAND },
};

/**
 * The recording of a table with a row for each landmark: 75 joints of mediapipe-holistic; where no pose is in it, two hands
 * as two persons, the left one first. Landmarks without numbers, and those without a row, are lost.
 * @throws InputError if the table has other columns, a landmark twice, or none at all
 */
export async function landmarkRecording(table: ParquetTable, source: string): Promise<Recording> {
  const lacking = NEEDED.filter((name) => !table.columnNames.includes(name));
  if (lacking.length > 0) {
    const found = table.columnNames.slice(0, 12).join(', ').slice(0, 120);
    throw badFile(source, 'columns', NEEDED.join(', '), found || 'none', MEND);
  }
  const poses = new Map<number, Pose>();
  let row = 0;
  for await (const columns of table.read(NEEDED)) row = addRows(columns, row, poses, source);
  if (![...poses.values()].some((pose) => isSeen(pose, 0, JOINTS))) {
    throw badFile(source, '', 'landmarks of a pose or a hand', `${poses.size} frames without any`, 'Leave it out.');
  }
  return arranged(withAbsentFrames(new Map([...poses].map(([frame, pose]) => [frame, [pose]]))), source);
}

/** Adds rows to the poses of their frames; returns the number of rows up to here. */
function addRows(columns: Columns, before: number, poses: Map<number, Pose>, source: string): number {
  const { frame, type, landmark_index, x, y, z } = columns;
  for (let i = 0; i < frame.length; i++) {
    const place = `row ${before + i + 1}`;
    const part = partOf(type[i], source, place);
    const index = wholeBelow(part.count, landmark_index[i], source, `${place}, landmark_index`);
    const pose = poseAt(wholeBelow(Number.MAX_SAFE_INTEGER, frame[i], source, `${place}, frame`), poses, source);
    if (Number.isNaN(part.start)) continue;
    const at = (part.start + index) * 3;
    if (!Number.isNaN(pose[at])) {
      throw badFile(source, place, 'each landmark once in a frame', `${type[i]} ${index} again`, MEND);
    }
    const point = [x[i], y[i], z[i]].map((value) => coordinate(value, source, place));
    if (!point.some(Number.isNaN)) pose.set(point, at);
  }
  return before + frame.length;
}

function poseAt(frame: number, poses: Map<number, Pose>, source: string): Pose {
  const known = poses.get(frame);
  if (known !== undefined) return known;
  checkShape(poses.size + 1, 1, JOINTS, source);
  const pose = new Float32Array(JOINTS * 3).fill(Number.NaN);
  poses.set(frame, pose);
  return pose;
}

function partOf(type: unknown, source: string, place: string) {
  const part = typeof type === 'string' && Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  if (part !== undefined) return part;
  throw badFile(source, `${place}, type`, Object.keys(PARTS).join(', '), describeValue(type), MEND);
}

/** A whole number from 0 on; the package gives those of 64 bits as bigint. */
function wholeBelow(limit: number, value: unknown, source: string, place: string): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (Number.isInteger(number) && (number as number) >= 0 && (number as number) < limit) return number as number;
  throw badFile(source, place, `a whole number from 0 to ${limit - 1}`, describeValue(number), MEND);
}

/** NaN where the landmark is lost. */
function coordinate(value: unknown, source: string, place: string): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'number' && (Number.isNaN(value) || Number.isFinite(Math.fround(value)))) return value;
  throw badFile(source, place, 'x, y, z as finite numbers, or NaN', describeValue(value), MEND);
}

function arranged(frames: readonly (readonly Pose[])[], source: string): Recording {
  const hasPose = frames.some(([pose]) => pose !== undefined && isSeen(pose, 0, POSE));
  const slots = frames.map(([pose]) => (hasPose ? [part(pose, 0, JOINTS)] : handsOf(pose)));
  const facts = {
    part: '',
    dimensions: 3,
    layout: hasPose ? 'mediapipe-holistic' : 'mediapipe-hand',
    unit: 'image',
    notes: [...(hasPose ? [] : ['person 1 is the left hand, person 2 the right one']), ...lossNotes(slots, 'not seen')],
  } as const;
  return assemble(slots, hasPose ? JOINTS : HAND, facts, source);
}

function handsOf(pose: Pose | undefined): PoseFrame {
  return [part(pose, POSE, HAND), part(pose, POSE + HAND, HAND)];
}

/** Some joints of a pose; undefined where none of them is seen. */
function part(pose: Pose | undefined, start: number, count: number): Pose | undefined {
  if (pose === undefined || !isSeen(pose, start, count)) return undefined;
  return pose.subarray(start * 3, (start + count) * 3);
}

function isSeen(pose: Pose, start: number, count: number): boolean {
  return pose.subarray(start * 3, (start + count) * 3).some((value) => !Number.isNaN(value));
}

import type { Pose } from './assemble.js';
import { badFile, describeValue } from './format.js';
import { listOf } from './json.js';

/** Detected points with a smaller confidence are taken as lost; OpenPose draws none below it. */
export const LEAST_CONFIDENCE = 0.05;

/** Layouts of 2-D detectors by their number of joints. */
export const DETECTED_LAYOUTS: Readonly<Record<number, string>> = {
  17: 'coco-17',
  18: 'openpose-coco-18',
  25: 'openpose-body-25',
};

const MEND = 'Write the file again with the program that made it.';

/** Numbers of a list; null and NaN as NaN. */
export function numbersOf(value: unknown, source: string, place: string, expected: string): readonly number[] {
  const list = listOf(value);
  if (list === undefined) throw badFile(source, place, expected, describeValue(value), MEND);
  const wrong = list.findIndex((item) => item !== null && !isFiniteNumber(item));
  if (wrong >= 0) throw badFile(source, `${place}[${wrong}]`, 'a finite number', describeValue(list[wrong]), MEND);
  return list.map((item) => (item === null ? Number.NaN : (item as number)));
}

/** A pose out of x, y, confidence of each joint in one list. */
export function poseOfTriples(value: unknown, source: string, place: string): Pose {
  const numbers = numbersOf(value, source, place, 'a list of x, y, confidence');
  if (numbers.length % 3 !== 0 || numbers.length === 0) {
    throw badFile(source, place, 'x, y, confidence of each joint', `${numbers.length} numbers`, MEND);
  }
  const points = numbers.filter((_, i) => i % 3 < 2);
  return detectedPose(
    points,
    numbers.filter((_, i) => i % 3 === 2),
  );
}

/** A pose out of a list of [x, y] (or of x, y in one list) and a list of scores, or without scores. */
export function poseOfPoints(points: unknown, scores: unknown, source: string, place: string): Pose {
  const list = listOf(points) ?? [];
  const isNested = list.some((item) => listOf(item) !== undefined);
  const flat = isNested ? list.flatMap((point) => listOf(point)?.slice(0, 2) ?? [null, null]) : points;
  const xy = numbersOf(flat, source, place, 'a list of points');
  if (xy.length % 2 !== 0 || xy.length === 0) {
    throw badFile(source, place, 'x and y of each joint', `${xy.length} numbers`, MEND);
  }
  const joints = xy.length / 2;
  const confidences = scores === undefined ? undefined : numbersOf(scores, source, place, 'a list of scores');
  if (confidences !== undefined && confidences.length !== joints) {
    throw badFile(source, place, `${joints} scores, one per joint`, `${confidences.length}`, MEND);
  }
  return detectedPose(xy, confidences);
}

/** @param points x and y of each joint, one after the other @param confidences one a joint; by default all are seen */
export function detectedPose(points: ArrayLike<number>, confidences?: ArrayLike<number>): Pose {
  const pose = new Float32Array((points.length / 2) * 3).fill(Number.NaN);
  for (let joint = 0; joint < points.length / 2; joint++) {
    const [x, y] = [points[joint * 2], points[joint * 2 + 1]];
    const confidence = confidences === undefined ? 1 : confidences[joint];
    if (!(confidence >= LEAST_CONFIDENCE) || (x === 0 && y === 0) || Number.isNaN(x + y)) continue;
    pose[joint * 3] = x;
    pose[joint * 3 + 1] = y;
    pose[joint * 3 + 2] = 0;
  }
  return pose;
}

/** A share of a picture is not larger, even of somebody who is partly outside. */
const MOST_OF_PICTURE = 2;

/** `image` where all coordinates are shares of the picture, `pixel` otherwise. */
export function pictureUnit(poses: readonly (Pose | undefined)[]): 'pixel' | 'image' {
  for (const pose of poses) {
    if (pose === undefined) continue;
    for (let i = 0; i < pose.length; i++) if (pose[i] > MOST_OF_PICTURE) return 'pixel';
  }
  return 'image';
}

function isFiniteNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(Math.fround(value));
}

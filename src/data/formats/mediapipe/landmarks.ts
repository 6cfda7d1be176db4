import { LEAST_VISIBILITY } from '../../../runtime/stream/read-frame.js';
import type { Pose } from '../assemble.js';
import { badFile, describeValue } from '../format.js';
import { listOf, objectOf } from '../json.js';

const POINT = '{"x": ..., "y": ..., "z": ...} or [x, y, z]';
const MEND = 'Write the landmarks as MediaPipe gives them.';

/** Whether a value is a landmark: an object with x and y, or a list of two to five numbers. */
function isPoint(value: unknown): boolean {
  const list = listOf(value);
  if (list !== undefined) return list.length >= 2 && list.length <= 5 && list.every((item) => typeof item === 'number');
  const point = objectOf(value);
  return point !== undefined && 'x' in point && 'y' in point;
}

/** The landmarks of one person or hand, out of the protocol buffer's {"landmark": [...]} if they are in one. */
export function landmarkList(value: unknown): readonly unknown[] | undefined {
  const list = listOf(value) ?? listOf(objectOf(value)?.landmark) ?? listOf(objectOf(value)?.landmarks);
  return list !== undefined && list.length > 0 && (isPoint(list[0]) || list[0] === null) ? list : undefined;
}

/** The lists of several persons or hands, or the one list that is in their place. */
export function landmarkLists(value: unknown): readonly (readonly unknown[])[] {
  const one = landmarkList(value);
  if (one !== undefined) return [one];
  const lists = (listOf(value) ?? []).map((item) => landmarkList(item) ?? []);
  return lists.every(({ length }) => length === 0) ? [] : lists;
}

/**
 * @param list one landmark a joint
 * @throws InputError that names the place of a landmark that is none
 */
export function poseOf(list: readonly unknown[], source: string, place: string): Pose {
  const pose = new Float32Array(list.length * 3);
  const least = list.some(isEstimated) ? LEAST_VISIBILITY : 0;
  for (const [joint, point] of list.entries())
    pose.set(positionOf(point, source, `${place}[${joint}]`, least), joint * 3);
  return pose;
}

/** Whether it says how visible a joint is: the Tasks write a visibility of 0 for every landmark of a hand. */
function isEstimated(point: unknown): boolean {
  const { visibility, presence } = objectOf(point) ?? { visibility: 1 };
  return Boolean(visibility) || Boolean(presence);
}

function positionOf(point: unknown, source: string, place: string, least: number): readonly number[] {
  const lost = [Number.NaN, Number.NaN, Number.NaN];
  if (point === null) return lost;
  const [x, y, z, visibility, presence] = numbersOf(point, source, place);
  if (x === null || y === null || z === null) return lost;
  if ((visibility ?? 1) < least || (presence ?? 1) < least) return lost;
  for (const value of [x, y, z]) {
    if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) {
      throw badFile(source, place, `finite numbers as ${POINT}`, describeValue(value), MEND);
    }
  }
  return [x, y, z] as readonly number[];
}

type Coordinate = number | null | undefined;

function numbersOf(point: unknown, source: string, place: string): readonly Coordinate[] {
  const list = listOf(point);
  if (list !== undefined && list.length >= 2 && list.length <= 5) {
    return list.length === 2 ? [...(list as Coordinate[]), 0] : (list as Coordinate[]);
  }
  const object = objectOf(point);
  if (object === undefined || !('x' in object && 'y' in object)) {
    throw badFile(source, place, `a landmark ${POINT}`, describeValue(point), MEND);
  }
  const { x, y, z = 0, visibility, presence } = object as Readonly<Record<string, Coordinate>>;
  return [x, y, z, visibility, presence];
}

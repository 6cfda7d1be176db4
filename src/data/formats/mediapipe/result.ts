import type { Pose } from '../assemble.js';
import { badFile, describeValue } from '../format.js';
import { listOf, objectOf } from '../json.js';
import { type TimeUnit, timeNamed, timeOf } from '../time-stamps.js';
import { landmarkList, landmarkLists, poseOf } from './landmarks.js';

export type Side = 'left' | 'right';

/** Poses of one kind of coordinates in one frame. */
export interface Landmarks {
  /** Bodies, or hands whose side is in `sides`. */
  readonly poses: readonly Pose[];
  /** The hands of a holistic result. */
  readonly left?: Pose;
  readonly right?: Pose;
}

/** What MediaPipe saw in one frame. */
export interface Result {
  readonly image: Landmarks;
  readonly world: Landmarks;
  /** Side of each of the poses, where they are hands. */
  readonly sides: readonly (Side | undefined)[];
  readonly time?: { readonly stamp: number; readonly unit?: TimeUnit };
}

const IMAGE = new Set(['landmarks', 'poselandmarks', 'handlandmarks', 'multihandlandmarks']);
const WORLD = new Set(['worldlandmarks', 'poseworldlandmarks', 'handworldlandmarks', 'multihandworldlandmarks']);
const SIDES = new Set(['handedness', 'handednesses', 'multihandedness']);
const HANDS: Readonly<Record<string, readonly ['image' | 'world', Side]>> = {
  lefthandlandmarks: ['image', 'left'],
  righthandlandmarks: ['image', 'right'],
  lefthandworldlandmarks: ['world', 'left'],
  righthandworldlandmarks: ['world', 'right'],
};
/** Objects that programs wrap a result in. */
const WRAPPERS = ['result', 'results', 'data', 'detection', 'pose', 'prediction'];

/** Whether the keys of an object are those of a result. */
export function isResult(value: unknown): boolean {
  if (landmarkList(value) !== undefined) return true;
  const object = objectOf(value);
  return object !== undefined && Object.keys(object).some((key) => isLandmarkKey(plain(key)));
}

/** @throws InputError if the frame is no result */
export function readResult(value: unknown, source: string, place: string): Result {
  if (value === null) return EMPTY;
  const list = listOf(value);
  if (list !== undefined) return fromLists(list, source, place);
  const outer = objectOf(value);
  const wrapper = outer === undefined || isResult(outer) ? undefined : WRAPPERS.find((key) => isWrapped(outer[key]));
  const inner = wrapper === undefined ? outer : objectOf(outer?.[wrapper]);
  const where = wrapper === undefined ? place : `${place}.${wrapper}`;
  if (outer === undefined || (inner === undefined && wrapper === undefined)) throw noResult(value, source, place);
  const result =
    inner === undefined ? fromLists(listOf(outer[wrapper!])!, source, where) : fromObject(inner, source, where);
  const time = timeAmong(outer) ?? (inner === undefined ? undefined : timeAmong(inner));
  return time === undefined ? result : { ...result, time };
}

const NONE: Landmarks = { poses: [] };
const EMPTY: Result = { image: NONE, world: NONE, sides: [] };

function isWrapped(value: unknown): boolean {
  return isResult(value) || (Array.isArray(value) && value.length === 0);
}

function fromLists(list: readonly unknown[], source: string, place: string): Result {
  const lists = landmarkLists(list);
  if (lists.length === 0 && list.length > 0) throw noResult(list[0], source, `${place}[0]`);
  return { ...EMPTY, image: { poses: readPoses(lists, source, place) } };
}

function fromObject(object: Readonly<Record<string, unknown>>, source: string, place: string): Result {
  const image: Writable<Landmarks> = { poses: [] };
  const world: Writable<Landmarks> = { poses: [] };
  let sides: readonly (Side | undefined)[] = [];
  let isEmpty = true;
  for (const [key, value] of Object.entries(object)) {
    const name = plain(key);
    const where = `${place}.${key}`;
    if (isLandmarkKey(name) || SIDES.has(name)) isEmpty = false;
    const hand = HANDS[name];
    if (hand !== undefined) {
      const list = landmarkLists(value)[0];
      if (list !== undefined) ({ image, world })[hand[0]][hand[1]] = poseOf(list, source, where);
    } else if (IMAGE.has(name)) image.poses = readPoses(checkedLists(value, source, where), source, where);
    else if (WORLD.has(name)) world.poses = readPoses(checkedLists(value, source, where), source, where);
    else if (SIDES.has(name)) sides = (listOf(value) ?? []).map(sideOf);
  }
  if (isEmpty && Object.keys(object).every((key) => timeNamed(key) === undefined))
    throw noResult(object, source, place);
  return { image, world, sides };
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

function checkedLists(value: unknown, source: string, place: string): readonly (readonly unknown[])[] {
  const lists = landmarkLists(value);
  const isNothing = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (lists.length === 0 && !isNothing) {
    throw badFile(
      source,
      place,
      'a list of landmarks',
      describeValue(value),
      'Write the landmarks as MediaPipe gives them.',
    );
  }
  return lists;
}

function readPoses(lists: readonly (readonly unknown[])[], source: string, place: string): Pose[] {
  return lists.flatMap((list, i) =>
    list.length === 0 ? [] : [poseOf(list, source, lists.length === 1 ? place : `${place}[${i}]`)],
  );
}

/** Side of a hand as the Tasks ([{categoryName}]), the older solutions ({label}) or Python's protocol buffers write it. */
function sideOf(value: unknown): Side | undefined {
  if (typeof value === 'string') return /^l/i.test(value) ? 'left' : /^r/i.test(value) ? 'right' : undefined;
  const list = listOf(value);
  if (list !== undefined) return sideOf(list[0]);
  const object = objectOf(value);
  if (object === undefined) return undefined;
  const { categoryName, category_name, label, displayName, classification, categories } = object;
  return sideOf(categoryName ?? category_name ?? label ?? displayName ?? classification ?? categories);
}

function timeAmong(object: Readonly<Record<string, unknown>>): Result['time'] {
  for (const [key, value] of Object.entries(object)) {
    const named = timeNamed(key);
    const stamp = named === undefined ? undefined : timeOf(value);
    if (stamp !== undefined) return { stamp, ...named };
  }
  return undefined;
}

function isLandmarkKey(name: string): boolean {
  return IMAGE.has(name) || WORLD.has(name) || Object.hasOwn(HANDS, name);
}

function plain(key: string): string {
  return key.replaceAll('_', '').toLowerCase();
}

function noResult(value: unknown, source: string, place: string): Error {
  const expected = 'a result of MediaPipe with landmarks, poseLandmarks or multiHandLandmarks';
  return badFile(source, place, expected, describeValue(value), 'Write one result for each frame.');
}

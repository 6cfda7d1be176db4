import { LEAST_VISIBILITY } from '../../runtime/stream/read-frame.js';
import { assemble, type Facts, lossNotes, type Pose, type PoseFrame } from './assemble.js';
import { followPersons } from './follow-persons.js';
import { badFile, describeValue, type FileHead, type RecordingFile, type RecordingFormat } from './format.js';
import { droppedNotes } from './join-frames.js';
import { beginsAsJson, listOf, objectOf, readJson } from './json.js';
import { isResult, type Landmarks, type Result, readResult, type Side } from './mediapipe/result.js';
import type { Recording } from './recording.js';
import { toSeconds } from './time-stamps.js';

const LANDMARK_KEYS = /"(?:pose|hand|multi_?hand|(?:left|right)_?hand)?_?(?:world_?)?landmarks"\s*:|"landmark"\s*:/i;
const POINTS = /^\s*(?:\{\s*"frames"\s*:\s*)?(?:\[\s*|null\s*,\s*|\]\s*,\s*)+\{\s*"x"[^}]*"y"/;
const FRAMES = ['frames', 'results', 'data', 'landmarks'];
const POSE = 33;
const HAND = 21;
const LAYOUTS: Readonly<Record<number, string>> = { [POSE]: 'mediapipe-pose', [HAND]: 'mediapipe-hand' };

/**
 * Results of MediaPipe Pose, Hands or Holistic (Tasks or the older solutions), a JSON list, an object or JSON lines.
 * Image landmarks are read; world landmarks, which do not tell where somebody is, only where there are no others.
 */
export const format: RecordingFormat = {
  name: 'mediapipe-json',
  title: 'results of MediaPipe Pose, Hands or Holistic as JSON or JSON lines',
  recognise: (head: FileHead) => beginsAsJson(head) && (LANDMARK_KEYS.test(head.text) || POINTS.test(head.text)),
  async *read(file: RecordingFile) {
    yield readRecording(await readJson(file), file.path);
  },
};

function readRecording(values: readonly unknown[], source: string): Recording {
  const [document, frames, key] = framesOf(values, source);
  const results = frames.map((frame, t) => readResult(frame, source, `${key}[${t}]`));
  const isWorld = !results.some(({ image }) => hasPoses(image));
  const seen = results.map((result) => (isWorld ? result.world : result.image));
  const { joints, layout, slots, notes } = arrange(seen, results, source);
  const aspect = aspectOf(document);
  const facts: Facts = {
    part: '',
    dimensions: 3,
    ...(layout !== undefined && { layout }),
    unit: isWorld ? 'metre' : 'image',
    ...(aspect !== undefined && { aspect }),
    ...timesOf(results, source, key),
    ...textAmong(document, 'label', ['label', 'class', 'gesture', 'action']),
    ...textAmong(document, 'subject', ['subject', 'participant', 'performer']),
    notes: [...notes, ...lossNotes(slots, `not seen, or visibility below ${LEAST_VISIBILITY}`)],
  };
  return assemble(slots, joints, facts, source);
}

type Frames = readonly [document: unknown, frames: readonly unknown[], key: string];

/** The results of a file, whatever they are wrapped in. */
function framesOf(values: readonly unknown[], source: string): Frames {
  if (values.length > 1) return [undefined, values, 'line'];
  const [document] = values;
  const list = listOf(document);
  if (list !== undefined) return isResult(list) ? [undefined, [list], 'frames'] : [undefined, list, 'frames'];
  const object = objectOf(document);
  for (const key of FRAMES) {
    const frames = listOf(object?.[key]);
    if (frames?.some((frame) => isResult(frame) || isResult(objectOf(frame)?.result)) && !isPersons(object, key)) {
      return [document, frames, key];
    }
  }
  if (isResult(document) || isResult(object?.result)) return [document, [document], 'frames'];
  const found = describeValue(document);
  throw badFile(source, '', 'results of MediaPipe, one per frame', found, 'Write {"frames": [result, result, ...]}.');
}

/** Whether the `landmarks` of an object are the persons of one result rather than its frames. */
function isPersons(object: Readonly<Record<string, unknown>> | undefined, key: string): boolean {
  const list = listOf(object?.[key]);
  return key === 'landmarks' && list !== undefined && list.length <= 4;
}

interface Arrangement {
  readonly joints: number;
  readonly layout?: string;
  readonly slots: readonly PoseFrame[];
  readonly notes: readonly string[];
}

function arrange(seen: readonly Landmarks[], results: readonly Result[], source: string): Arrangement {
  const first = seen.find(hasPoses);
  if (first === undefined) {
    throw badFile(
      source,
      '',
      'landmarks in at least one of the frames',
      `${seen.length} results without any`,
      'Leave the file out.',
    );
  }
  const hasHands = seen.some(({ left, right }) => left !== undefined || right !== undefined);
  if (hasHands) return seen.some(({ poses }) => poses.length > 0) ? holistic(seen, source) : sided(seen, source);
  const joints = first.poses[0].length / 3;
  for (const [t, { poses }] of seen.entries()) for (const pose of poses) checkJoints(pose, joints, source, t);
  const layout = LAYOUTS[joints];
  const shape = layout === undefined ? { joints } : { joints, layout };
  if (seen.every(({ poses }) => poses.length <= 1))
    return { ...shape, slots: seen.map(({ poses }) => poses), notes: [] };
  if (joints === HAND && results.every(isSided)) {
    return { ...shape, slots: seen.map(({ poses }, t) => bySide(poses, results[t].sides)), notes: SIDED };
  }
  const { frames, dropped } = followPersons(seen.map(({ poses }) => poses));
  return { ...shape, slots: frames, notes: droppedNotes(dropped) };
}

const SIDED = ['person 1 is the left hand, person 2 the right one'];

function isSided({ image, world, sides }: Result): boolean {
  const hands = Math.max(image.poses.length, world.poses.length);
  return hands <= 2 && sides.length >= hands && sides.slice(0, hands).every((side) => side !== undefined);
}

/** Left hand first; of two hands that are called by the same side, the second takes the other place. */
function bySide(poses: readonly Pose[], sides: readonly (Side | undefined)[]): PoseFrame {
  const slots: (Pose | undefined)[] = [undefined, undefined];
  for (const [i, pose] of poses.entries()) {
    const slot = sides[i] === 'left' ? 0 : 1;
    slots[slots[slot] === undefined ? slot : 1 - slot] = pose;
  }
  return slots;
}

function sided(seen: readonly Landmarks[], source: string): Arrangement {
  for (const [t, { left, right }] of seen.entries()) {
    for (const hand of [left, right]) if (hand !== undefined) checkJoints(hand, HAND, source, t);
  }
  const slots = seen.map(({ left, right }) => [left, right]);
  return { joints: HAND, layout: 'mediapipe-hand', slots, notes: SIDED };
}

/** Body, left hand and right hand as one person of 75 joints; faces are left out. */
function holistic(seen: readonly Landmarks[], source: string): Arrangement {
  const joints = POSE + 2 * HAND;
  const slots = seen.map(({ poses: [body], left, right }, t) => {
    if (body === undefined && left === undefined && right === undefined) return [undefined];
    const whole = new Float32Array(joints * 3).fill(Number.NaN);
    const parts = [
      [body, POSE, 0],
      [left, HAND, POSE],
      [right, HAND, POSE + HAND],
    ] as const;
    for (const [part, size, start] of parts) {
      if (part === undefined) continue;
      checkJoints(part, size, source, t);
      whole.set(part, start * 3);
    }
    return [whole];
  });
  return { joints, layout: 'mediapipe-holistic', slots, notes: [] };
}

function checkJoints(pose: Pose, joints: number, source: string, t: number): void {
  if (pose.length === joints * 3) return;
  const expected = `${joints} landmarks in all frames`;
  throw badFile(
    source,
    `frame ${t + 1}`,
    expected,
    `${pose.length / 3}`,
    'Keep results of different models in separate files.',
  );
}

function hasPoses({ poses, left, right }: Landmarks): boolean {
  return poses.length > 0 || left !== undefined || right !== undefined;
}

function timesOf(results: readonly Result[], source: string, key: string): Pick<Facts, 'seconds'> {
  const stamps = results.flatMap(({ time }) => (time === undefined ? [] : [time.stamp]));
  if (stamps.length < results.length || results.length < 2) return {};
  return { seconds: toSeconds(stamps, results[0].time?.unit, source, (t) => `${key}[${t}]`) };
}

function aspectOf(document: unknown): number | undefined {
  const object = objectOf(document) ?? {};
  const width = object.width ?? object.imageWidth ?? object.image_width;
  const height = object.height ?? object.imageHeight ?? object.image_height;
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
    ? width / height
    : undefined;
}

function textAmong<K extends string>(document: unknown, name: K, keys: readonly string[]): { [key in K]?: string } {
  const object = objectOf(document);
  const value = keys
    .map((key) => object?.[key])
    .find((found) => typeof found === 'string' || typeof found === 'number');
  return value === undefined ? {} : ({ [name]: `${value}` } as { [key in K]?: string });
}

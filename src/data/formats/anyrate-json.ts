import { assemble, type Facts, lossNotes, type Pose, type PoseFrame } from './assemble.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile, describeValue } from './format.js';
import { beginsAsJson, listOf, objectOf, readJson } from './json.js';
import { type Recording, UNITS, type Unit } from './recording.js';
import { toSeconds } from './time-stamps.js';

const MEND = 'Write {"frames": [[[x, y, z], ...], ...]} with all joints in each frame, null for what was lost.';

/** Our own: {"frames": [[[x, y, z], ...], ...]}, null for a lost joint or frame; the rest may be absent. */
export const format: RecordingFormat = {
  name: 'anyrate-json',
  title: '{"frames": [[[x, y, z], ...], ...]}: frames of joints',
  recognise: (head: FileHead) =>
    beginsAsJson(head) && /"frames"\s*:|^\s*\[\s*(?:null\s*,\s*)*\[\s*(?:null|\[)/.test(head.text),
  async *read(file: RecordingFile) {
    const [document] = await readJson(file);
    yield readDocument(document, file.path);
  },
};

/** Where in the file, for error messages. */
interface Place {
  readonly source: string;
  readonly persons: number;
  readonly nodes: number;
  readonly dimensions: 2 | 3;
}

function readDocument(document: unknown, source: string): Recording {
  const object = objectOf(document) ?? {};
  const frames = expectList(listOf(document) ?? object.frames, source, 'frames', 'a list of frames');
  const persons = personsOf(object.persons, frames, source);
  const example = frames.map(jointsOf).find((joints) => joints !== undefined);
  if (example === undefined) throw badFile(source, 'frames', 'joints in at least one of the frames', 'none', MEND);
  if (example.length % persons !== 0) {
    throw badFile(source, 'frames', `joints of ${persons} persons`, `${example.length} joints`, MEND);
  }
  const dimensions = dimensionsOf(example);
  const place: Place = { source, persons, nodes: example.length, dimensions };
  const poses = frames.map((frame, t) => readFrame(frame, t, place));
  const facts = { part: '', dimensions, ...factsOf(object, frames.length, source), notes: lossNotes(poses, 'null') };
  return assemble(poses, example.length / persons, facts, source);
}

/** The joints of all persons of a frame in one list, whether they are in lists of persons or not. */
function jointsOf(frame: unknown): readonly unknown[] | undefined {
  const list = listOf(frame);
  if (list === undefined || list.length === 0) return undefined;
  if (!list.some((item) => listOf(listOf(item)?.find((point) => point !== null)) !== undefined)) return list;
  const joints = listOf(list.find((person) => person !== null)) ?? [];
  return list.flatMap((person) => (person === null ? joints.map(() => null) : (person as readonly unknown[])));
}

function personsOf(given: unknown, frames: readonly unknown[], source: string): number {
  if (given === undefined) {
    const nested = frames.map(listOf).find((frame) => frame !== undefined && jointsOf(frame) !== frame);
    return nested?.length || 1;
  }
  if (Number.isInteger(given) && (given as number) >= 1) return given as number;
  throw badFile(source, 'persons', 'a number of persons', describeValue(given), MEND);
}

function dimensionsOf(joints: readonly unknown[]): 2 | 3 {
  return listOf(joints.find((joint) => joint !== null))?.length === 2 ? 2 : 3;
}

function readFrame(frame: unknown, t: number, { source, persons, nodes, dimensions }: Place): PoseFrame {
  if (frame === null) return Array<undefined>(persons).fill(undefined);
  const joints = jointsOf(frame);
  if (joints?.length !== nodes)
    throw badFile(source, `frames[${t}]`, `a list of ${nodes} joints`, describeValue(joints ?? frame), MEND);
  const all = new Float32Array(nodes * 3);
  for (const [node, joint] of joints.entries()) {
    all.set(readJoint(joint, dimensions, source, `frames[${t}][${node}]`), node * 3);
  }
  const size = all.length / persons;
  return Array.from({ length: persons }, (_, person) => presentPose(all.subarray(person * size, (person + 1) * size)));
}

function presentPose(pose: Pose): Pose | undefined {
  return pose.some((value) => !Number.isNaN(value)) ? pose : undefined;
}

function readJoint(joint: unknown, dimensions: 2 | 3, source: string, place: string): readonly number[] {
  const lost = [Number.NaN, Number.NaN, Number.NaN];
  if (joint === null) return lost;
  const coordinates = listOf(joint);
  if (coordinates?.length !== dimensions) {
    throw badFile(source, place, dimensions === 3 ? '[x, y, z]' : '[x, y]', describeValue(joint), MEND);
  }
  if (coordinates.every((value) => value === null)) return lost;
  for (const [axis, value] of coordinates.entries()) {
    if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) {
      throw badFile(source, `${place}[${axis}]`, 'a finite number', describeValue(value), MEND);
    }
  }
  return [...(coordinates as readonly number[]), 0].slice(0, 3);
}

function factsOf(object: Readonly<Record<string, unknown>>, frames: number, source: string): Partial<Facts> {
  const { layout, joints, seconds, framesPerSecond, unit, label, subject } = object;
  const isText = (value: unknown): value is string => typeof value === 'string';
  return {
    ...(isText(layout) && { layout }),
    ...(joints !== undefined && { jointNames: namesOf(joints, source) }),
    ...(seconds !== undefined && { seconds: secondsOf(seconds, frames, source) }),
    ...(typeof framesPerSecond === 'number' && framesPerSecond > 0 && { framesPerSecond }),
    ...(unit !== undefined && { unit: unitOf(unit, source) }),
    ...(isText(label) && { label }),
    ...(isText(subject) && { subject }),
  };
}

function namesOf(value: unknown, source: string): readonly string[] {
  const names = expectList(value, source, 'joints', 'a list of names');
  const wrong = names.findIndex((name) => typeof name !== 'string');
  if (wrong >= 0) throw badFile(source, `joints[${wrong}]`, 'a name', describeValue(names[wrong]), MEND);
  return names as readonly string[];
}

function secondsOf(value: unknown, frames: number, source: string): Float64Array {
  const stamps = expectList(value, source, 'seconds', `a list of ${frames} times`);
  const wrong = stamps.findIndex((stamp) => typeof stamp !== 'number' || !Number.isFinite(stamp));
  if (wrong >= 0) throw badFile(source, `seconds[${wrong}]`, 'a finite number', describeValue(stamps[wrong]), MEND);
  if (stamps.length !== frames)
    throw badFile(source, 'seconds', `${frames} times, one per frame`, `${stamps.length}`, MEND);
  return toSeconds(stamps as readonly number[], 's', source, (t) => `seconds[${t}]`);
}

function unitOf(value: unknown, source: string): Unit {
  const unit = UNITS.find((known) => known === value);
  if (unit !== undefined) return unit;
  throw badFile(source, 'unit', `one of ${UNITS.join(', ')}`, describeValue(value), MEND);
}

function expectList(value: unknown, source: string, place: string, expected: string): readonly unknown[] {
  const list = listOf(value);
  if (list !== undefined && list.length > 0) return list;
  throw badFile(source, place, expected, list === undefined ? describeValue(value) : 'an empty list', MEND);
}

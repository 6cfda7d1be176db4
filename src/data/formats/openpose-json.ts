import type { Pose } from './assemble.js';
import { type Detection, detectedRecording } from './detected.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile, describeValue } from './format.js';
import { listOf, objectOf, readJson } from './json.js';
import { poseOfTriples } from './keypoints.js';
import type { Recording } from './recording.js';

const KEY = 'pose_keypoints_2d';
const PEOPLE = /"people"\s*:/;
const MEND = 'Run OpenPose with --write_json again, or leave the file out.';

/** What OpenPose writes with --write_json: people of one frame, with x, y, confidence of 25 or 18 joints; no hands and face. */
export const format: RecordingFormat = {
  name: 'openpose-json',
  title: 'OpenPose --write_json, one file per frame',
  framePerFile: true,
  recognise: (head: FileHead) => /^\s*\{/.test(head.text) && PEOPLE.test(head.text),
  async *read(file: RecordingFile) {
    const [frame] = await readJson(file);
    const people = peopleOf(frame, file.path, '');
    yield people.length === 0 ? NOBODY : detectedRecording([people], { part: '' }, file.path);
  },
};

/** Such frames in one list. */
export const listFormat: RecordingFormat = {
  name: 'openpose-list',
  title: 'frames of OpenPose in one JSON list',
  recognise: (head: FileHead) => /^\s*\[/.test(head.text) && PEOPLE.test(head.text),
  async *read(file: RecordingFile) {
    const [document] = await readJson(file);
    const frames = (listOf(document) ?? []).map((frame, t) => peopleOf(frame, file.path, `[${t}].`));
    yield detectedRecording(frames, { part: '' }, file.path);
  },
};

const NOBODY: Recording = {
  part: '',
  frames: 1,
  persons: 0,
  joints: 0,
  positions: new Float32Array(0),
  dimensions: 2,
  notes: ['nobody is in it'],
};

function peopleOf(frame: unknown, source: string, prefix: string): Detection[] {
  const people = listOf(objectOf(frame)?.people);
  if (people === undefined) {
    throw badFile(source, `${prefix}people`, 'a list of people', describeValue(objectOf(frame)?.people), MEND);
  }
  return people.map((person, i) => detectionOf(person, source, `${prefix}people[${i}]`));
}

function detectionOf(person: unknown, source: string, place: string): Detection {
  const object = objectOf(person) ?? {};
  const pose: Pose = poseOfTriples(object[KEY] ?? object.pose_keypoints, source, `${place}.${KEY}`);
  const id = listOf(object.person_id)?.[0];
  return typeof id === 'number' && id >= 0 ? { pose, track: id } : { pose };
}

import { assemble, lossNotes, type Pose } from './assemble.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile, describeValue } from './format.js';
import { beginsAsJson, listOf, objectOf, readJson } from './json.js';
import { numbersOf } from './keypoints.js';

const JOINTS = 20;
const MEND = 'Copy the file again from its source, or leave it out.';

/** Northwestern-UCLA as CTR-GCN distributes it: {"file_name", "skeletons": frames x 20 x 3, "label"}, Kinect v1 in metres. */
export const format: RecordingFormat = {
  name: 'nw-ucla',
  title: 'Northwestern-UCLA JSON of CTR-GCN, one file per recording',
  recognise: (head: FileHead) => beginsAsJson(head) && /"skeletons"\s*:/.test(head.text),
  async *read(file: RecordingFile) {
    const [document] = await readJson(file);
    const { file_name: name, skeletons, label } = objectOf(document) ?? {};
    const frames = listOf(skeletons);
    if (frames === undefined) throw badFile(file.path, 'skeletons', 'a list of frames', describeValue(skeletons), MEND);
    const poses = frames.map((frame, t) => [poseOf(frame, file.path, `skeletons[${t}]`)]);
    const subject = /_s(\d+)_/.exec(typeof name === 'string' ? name : file.path)?.[1];
    const facts = {
      part: '',
      dimensions: 3,
      layout: 'kinect-v1-20',
      unit: 'metre',
      ...(label !== undefined && { label: `${label}` }),
      ...(subject !== undefined && { subject }),
      notes: lossNotes(poses, '0 0 0'),
    } as const;
    yield assemble(poses, JOINTS, facts, file.path);
  },
};

function poseOf(frame: unknown, source: string, place: string): Pose {
  const joints = listOf(frame);
  if (joints?.length !== JOINTS) throw badFile(source, place, `a list of ${JOINTS} joints`, describeValue(frame), MEND);
  const pose = new Float32Array(JOINTS * 3).fill(Number.NaN);
  for (const [joint, value] of joints.entries()) {
    const point = numbersOf(value, source, `${place}[${joint}]`, '[x, y, z]');
    if (point.length !== 3) throw badFile(source, `${place}[${joint}]`, '[x, y, z]', `${point.length} numbers`, MEND);
    if (point.some((coordinate) => coordinate !== 0)) pose.set(point, joint * 3);
  }
  return pose;
}

import { assemble, type Pose } from './assemble.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile } from './format.js';
import { numberRows, widthsOf } from './number-lines.js';
import { readText } from './text.js';

const JOINTS = 15;
const COLUMNS = 3 + JOINTS * 3;
const ACTIONS = [
  'wave',
  'drink from a bottle',
  'answer phone',
  'clap',
  'tight lace',
  'sit down',
  'stand up',
  'read watch',
  'bow',
];
const NAMES = [
  'Head',
  'Neck',
  'Spine',
  'LeftShoulder',
  'LeftElbow',
  'LeftWrist',
  'RightShoulder',
  'RightElbow',
  'RightWrist',
  'LeftHip',
  'LeftKnee',
  'LeftAnkle',
  'RightHip',
  'RightKnee',
  'RightAnkle',
];

/** Florence 3D Actions: one text of the whole set, a line a frame: video, actor, action, and 15 joints x 3. */
export const format: RecordingFormat = {
  name: 'florence-3d',
  title: 'Florence 3D Actions, one text of all recordings',
  recognise: ({ text }: FileHead) => {
    const widths = widthsOf(text, 3);
    return widths[0] === COLUMNS && /^\s*\d+\s+\d+\s+[1-9]\s/.test(text) && !text.includes(',');
  },
  async *read(file: RecordingFile) {
    let open: { readonly key: string; readonly poses: [Pose][] } | undefined;
    const meaning = 'video, actor, action, and 15 joints x 3';
    for (const row of numberRows(await readText(file), file.path, COLUMNS, meaning)) {
      const key = row.slice(0, 3).join(' ');
      if (open !== undefined && open.key !== key) {
        yield toRecording(open.key, open.poses, file.path);
        open = undefined;
      }
      open ??= { key, poses: [] };
      open.poses.push([Float32Array.from(row.slice(3))]);
    }
    if (open !== undefined) yield toRecording(open.key, open.poses, file.path);
  },
};

function toRecording(key: string, poses: readonly [Pose][], source: string) {
  const [video, actor, action] = key.split(' ').map(Number);
  const label = ACTIONS[action - 1];
  if (label === undefined) {
    throw badFile(
      source,
      `video ${video}`,
      'an action from 1 to 9',
      `${action}`,
      'Copy the file again from its source.',
    );
  }
  const facts = {
    part: `video ${video}`,
    dimensions: 3,
    jointNames: NAMES,

    label,
    subject: `${actor}`,
  } as const;
  return assemble(poses, JOINTS, facts, source);
}

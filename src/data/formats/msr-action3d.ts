import { assemble, lossNotes, type Pose } from './assemble.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile } from './format.js';
import { numberRows, widthsOf } from './number-lines.js';
import { readText } from './text.js';

const JOINTS = 20;
const NAME = /a(\d+)_s(\d+)_e\d+_skeleton/i;

/**
 * MSR-Action3D: 20 joints of Kinect v1 a frame, a line a joint: x, y, z and a confidence. In the files of screen coordinates
 * x and y are pixels; 0 0 0 is a joint that was lost.
 */
export const format: RecordingFormat = {
  name: 'msr-action3d',
  title: 'MSR-Action3D skeletons, one file per recording',
  recognise: ({ path, text }: FileHead) => {
    const widths = widthsOf(text, JOINTS * 2);
    return widths[0] === 4 && widths.every((width) => width === 4) && (NAME.test(path) || widths.length % JOINTS === 0);
  },
  async *read(file: RecordingFile) {
    const poses: [Pose][] = [];
    let rows = 0;
    for (const row of numberRows(await readText(file), file.path, 4, 'x, y, z, confidence')) {
      const joint = rows++ % JOINTS;
      if (joint === 0) poses.push([new Float32Array(JOINTS * 3).fill(Number.NaN)]);
      const point = row.slice(0, 3);
      if (point.some((value) => value !== 0)) poses[poses.length - 1][0].set(point, joint * 3);
    }
    if (rows % JOINTS !== 0) {
      const expected = `${JOINTS} lines per frame`;
      throw badFile(file.path, '', expected, `${rows} lines`, 'Check that the file is complete.');
    }
    const name = NAME.exec(file.path);
    const facts = {
      part: '',
      dimensions: 3,
      layout: 'kinect-v1-20',
      ...(name !== null && { label: `a${name[1]}`, subject: `s${name[2]}` }),
      notes: lossNotes(poses, '0 0 0'),
    } as const;
    yield assemble(poses, JOINTS, facts, file.path);
  },
};

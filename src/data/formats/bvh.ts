import { assemble, type Pose } from './assemble.js';
import { readHierarchy } from './bvh/hierarchy.js';
import { posePositions } from './bvh/kinematics.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile } from './format.js';
import { numbersOfLine } from './number-lines.js';
import { linesOf, numberOf, readText } from './text.js';

const MEND = 'Export the file again, or copy the whole file again.';

/** BVH motion capture: a tree of joints with offsets, and rotations a frame, from which the positions are worked out. */
export const format: RecordingFormat = {
  name: 'bvh',
  title: 'BVH motion capture (Mixamo, Rokoko, Blender)',
  recognise: ({ text }: FileHead) => /^\s*HIERARCHY\b/i.test(text),
  async *read(file: RecordingFile) {
    const lines = linesOf(await readText(file));
    const joints = readHierarchy(lines, file.path);
    const frames = keyOf(lines, /^\s*Frames:\s*(\S+)\s*$/i, 'Frames: and their number', file.path);
    const seconds = keyOf(lines, /^\s*Frame\s+Time:\s*(\S+)\s*$/i, 'Frame Time: and the seconds of a frame', file.path);
    const channels = joints.reduce((sum, joint) => sum + joint.channels.length, 0);
    const poses: [Pose][] = [];
    for (const line of lines) {
      const values = numbersOfLine(line, file.path);
      if (values.length !== channels) {
        throw badFile(
          file.path,
          `line ${line.number}`,
          `${channels} numbers, one per channel`,
          `${values.length}`,
          MEND,
        );
      }
      poses.push([posePositions(joints, values)]);
    }
    if (poses.length !== frames) throw badFile(file.path, 'MOTION', `${frames} frames`, `${poses.length}`, MEND);
    const facts = {
      part: '',
      dimensions: 3,
      jointNames: joints.map(({ name }) => name),
      parents: joints.map(({ parent }) => parent),
      ...(seconds > 0 && { framesPerSecond: 1 / seconds }),
    } as const;
    yield assemble(poses, joints.length, facts, file.path);
  },
};

function keyOf(lines: ReturnType<typeof linesOf>, pattern: RegExp, expected: string, source: string): number {
  const { value: line, done } = lines.next();
  if (done) throw badFile(source, 'MOTION', expected, 'the end of the file', MEND);
  const number = numberOf(pattern.exec(line.text)?.[1] ?? '');
  if (number !== undefined && !Number.isNaN(number)) return number;
  throw badFile(source, `line ${line.number}`, expected, `"${line.text.trim().slice(0, 40)}"`, MEND);
}

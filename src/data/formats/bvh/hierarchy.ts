import { badFile, MOST_JOINTS } from '../format.js';
import { type Line, numberOf } from '../text.js';

export type Channel = `${'X' | 'Y' | 'Z'}${'position' | 'rotation'}`;

/** A joint of a BVH file. */
export interface BvhJoint {
  readonly name: string;
  /** Index of the joint it hangs from, −1 for the root. */
  readonly parent: number;
  /** Where it is in its parent's frame at rest. */
  readonly offset: readonly [x: number, y: number, z: number];
  /** What the motion gives of it, in the order in which it is applied; none of an end. */
  readonly channels: readonly Channel[];
}

const MEND = 'Export the file again.';

/**
 * Reads HIERARCHY up to the line MOTION. Ends that lie apart from their joint are joints of their own.
 * @throws InputError that names the line
 */
export function readHierarchy(lines: Iterator<Line>, source: string): readonly BvhJoint[] {
  const joints: { -readonly [key in keyof BvhJoint]: BvhJoint[key] }[] = [];
  const open: number[] = [];
  for (;;) {
    const { value: line, done } = lines.next();
    if (done) throw badFile(source, '', 'MOTION after the hierarchy', 'the end of the file', MEND);
    if (/^\s*MOTION\b/i.test(line.text)) break;
    for (const text of line.text.split(/(?<=\{)|(?=[{}])|(?<=\})/)) {
      const word = text.trim();
      const joint = /^(?:ROOT|JOINT)\s+(.+)$/i.exec(word);
      const parent = open[open.length - 1] ?? -1;
      if (word === '{' || word === '' || /^HIERARCHY$/i.test(word)) continue;
      if (word === '}') open.pop();
      else if (joint !== null) open.push(joints.push(newJoint(joint[1], parent)) - 1);
      else if (/^End\s+Site/i.test(word))
        open.push(joints.push(newJoint(`${joints[parent]?.name ?? ''}End`, parent)) - 1);
      else if (/^OFFSET\s/i.test(word) && parent >= 0) joints[parent].offset = offsetOf(word, line, source);
      else if (/^CHANNELS\s/i.test(word) && parent >= 0) joints[parent].channels = channelsOf(word, line, source);
      else throw badFile(source, `line ${line.number}`, 'a joint, OFFSET or CHANNELS', `"${word.slice(0, 40)}"`, MEND);
    }
    if (joints.length > MOST_JOINTS) {
      throw badFile(source, `line ${line.number}`, `at most ${MOST_JOINTS} joints`, 'one more', MEND);
    }
  }
  if (joints.length === 0) throw badFile(source, '', 'ROOT and its joints', 'none', MEND);
  const parents = new Set(joints.map(({ parent }) => parent));
  // Ends that lie at their joint are left out. Nothing hangs from them, so that only the indices after them move.
  const isKept = joints.map(
    ({ channels, offset }, i) =>
      i === 0 || parents.has(i) || channels.length > 0 || offset.some((value) => value !== 0),
  );
  const indices = isKept.map((_, i) => isKept.slice(0, i).filter(Boolean).length);
  return joints
    .filter((_, i) => isKept[i])
    .map((joint) => ({ ...joint, parent: joint.parent < 0 ? -1 : indices[joint.parent] }));
}

function newJoint(name: string, parent: number): BvhJoint {
  return { name: name.slice(name.lastIndexOf(':') + 1).trim(), parent, offset: [0, 0, 0], channels: [] };
}

function offsetOf(text: string, line: Line, source: string): BvhJoint['offset'] {
  const numbers = text.split(/\s+/).slice(1).map(numberOf);
  if (numbers.length === 3 && numbers.every((value) => value !== undefined && !Number.isNaN(value))) {
    return numbers as unknown as BvhJoint['offset'];
  }
  throw badFile(source, `line ${line.number}`, 'OFFSET and three numbers', `"${text.slice(0, 40)}"`, MEND);
}

function channelsOf(text: string, line: Line, source: string): readonly Channel[] {
  const [count, ...names] = text.split(/\s+/).slice(1);
  if (Number(count) === names.length && names.every((name) => /^[XYZ](?:position|rotation)$/.test(name))) {
    return names as Channel[];
  }
  throw badFile(source, `line ${line.number}`, 'CHANNELS, their number and names', `"${text.slice(0, 60)}"`, MEND);
}

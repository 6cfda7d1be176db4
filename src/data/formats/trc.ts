import { assemble, lossNotes, type Pose } from './assemble.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile } from './format.js';
import type { Unit } from './recording.js';
import { type Line, linesOf, numberOf, readText } from './text.js';
import { toSeconds } from './time-stamps.js';

const MEND = 'Export the file again.';
const UNITS: Readonly<Record<string, Unit>> = { mm: 'millimetre', cm: 'centimetre', m: 'metre', in: 'inch' };

/**
 * TRC of OpenSim, OpenCap, Cortex and Pose2Sim: a line that begins with PathFileType, keys and their values, the names of the markers (each over
 * three columns), X1 Y1 Z1 ..., and a line a frame: number, seconds, positions. A marker without numbers was not seen.
 */
export const format: RecordingFormat = {
  name: 'trc',
  title: 'TRC markers of OpenSim, OpenCap or Cortex',
  recognise: ({ text }: FileHead) => /^\s*PathFileType\b/.test(text),
  async *read(file: RecordingFile) {
    const lines = linesOf(await readText(file));
    next(lines, file.path, 'PathFileType');
    const keys = cellsOf(next(lines, file.path, 'the names of the values'));
    const values = cellsOf(next(lines, file.path, 'values such as DataRate'));
    const header = cellsOf(next(lines, file.path, 'Frame#, Time and the names of the markers'));
    const names = header.slice(2).filter((name) => name !== '');
    if (!/^frame/i.test(header[0] ?? '') || names.length === 0) {
      throw badFile(
        file.path,
        'line 4',
        'Frame#, Time and the names of the markers',
        `"${header.join(' ').slice(0, 40)}"`,
        MEND,
      );
    }
    const poses: [Pose][] = [];
    const stamps: number[] = [];
    for (const line of lines) {
      const cells = cellsOf(line);
      if (/^\s*X1/i.test(line.text.trim())) continue;
      stamps.push(numberAt(cells, 1, line, file.path));
      poses.push([poseOf(cells, names, line, file.path)]);
    }
    const unit = UNITS[values[keys.indexOf('Units')]?.toLowerCase() ?? ''];
    const facts = {
      part: '',
      dimensions: 3,
      jointNames: names,
      ...(unit !== undefined && { unit }),
      seconds: toSeconds(stamps, 's', file.path, (frame) => `frame ${frame + 1}`),
      notes: lossNotes(poses, 'without numbers'),
    } as const;
    yield assemble(poses, names.length, facts, file.path);
  },
};

function next(lines: Generator<Line>, source: string, expected: string): Line {
  const { value, done } = lines.next();
  if (done) throw badFile(source, '', expected, 'the end of the file', MEND);
  return value;
}

function cellsOf({ text }: Line): string[] {
  return text.split('\t').map((cell) => cell.trim());
}

function poseOf(cells: readonly string[], names: readonly string[], line: Line, source: string): Pose {
  const width = cells.findLastIndex((cell) => cell !== '') + 1;
  const most = 2 + names.length * 3;
  if (width > most) throw badFile(source, `line ${line.number}`, `${most} columns`, `${width}`, MEND);
  const pose = new Float32Array(names.length * 3).fill(Number.NaN);
  for (const joint of names.keys()) {
    const at = 2 + joint * 3;
    const point = [at, at + 1, at + 2].map((column) => numberAt(cells, column, line, source));
    if (!point.some(Number.isNaN)) pose.set(point, joint * 3);
  }
  return pose;
}

function numberAt(cells: readonly string[], column: number, line: Line, source: string): number {
  const number = numberOf(cells[column] ?? '');
  if (number !== undefined) return number;
  throw badFile(
    source,
    `line ${line.number}, column ${column + 1}`,
    'a number',
    `"${cells[column].slice(0, 40)}"`,
    MEND,
  );
}

// Makes a folder of long recordings with a table of segments from a copy of SFINGE 3D or UTKinect-Action3D, so that
// `anyrate train` and `anyrate eval --stream` take it: docs/results/live-streams.md. Neither set may be passed on.
//   node scripts/stream-folder.js sfinge3d DATA OUT 1-36 19-36   of these sequences, the latter test; the dictionary trains
//   node scripts/stream-folder.js utkinect DATA OUT 1-10 8-10    the same of subjects
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [set, data, out, used, tested] = process.argv.slice(2);
const sets = { sfinge3d, utkinect };
if (!Object.hasOwn(sets, set) || data === undefined || tested === undefined) {
  console.error('node scripts/stream-folder.js sfinge3d|utkinect DATA OUT FIRST-LAST FIRST-LAST');
  process.exit(2);
}
sets[set]();

function sfinge3d() {
  const names = 'one two three four ok pinch grab expand tap swipe-left swipe-right swipe-v swipe-o'.split(' ');
  const rows = [];
  for (const line of readFileSync(join(data, 'Sequences/sequencesGT.csv'), 'utf8').trim().split(/\r?\n/)) {
    const [sequence, count, ...rest] = line.split(/[,;]/).filter(Boolean).map(Number);
    const source = join(data, 'Sequences', `${sequence}.txt`);
    if (!isWithin(sequence, used) || !existsSync(source)) continue;
    const file = `streams/${String(sequence).padStart(2, '0')}.json`;
    write(file, leapFrames(source), 20);
    for (let i = 0; i < count; i++) {
      const [label, start, end] = rest.slice(i * 3, i * 3 + 3);
      rows.push([file, start, end, names[label - 1], `sequence${sequence}`]);
    }
  }
  for (const [label, name] of names.entries()) {
    for (let i = 1; i <= 36; i++) {
      const frames = leapFrames(join(data, 'Dictionary', String(label + 1), `${i}.txt`));
      const file = `dictionary/${name}/${String(i).padStart(2, '0')}.json`;
      write(file, frames, 20);
      rows.push([file, 0, frames.length - 1, name, `block${Math.ceil(i / 3)}`]);
    }
  }
  describe(rows, { layout: 'leap-hand', framesPerSecond: 20, unit: 'metre' });
}

/** Whether a number lies in a range such as 1-18. */
function isWithin(number, range) {
  const [first, last] = range.split('-').map(Number);
  return number >= first && number <= last;
}

/** A line is 20 joints x (x, y, z and a quaternion), with commas or semicolons. */
function leapFrames(source) {
  return readFileSync(source, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const values = line.split(/[,;]/).map(Number);
      return Array.from({ length: 20 }, (_, joint) => values.slice(joint * 7, joint * 7 + 3));
    });
}

function utkinect() {
  const rows = [];
  const table = new Map();
  for (const line of readFileSync(join(data, 'actionLabel_modified.txt'), 'utf8').split(/\r?\n/)) {
    const name = /^\s*(s\d\d_e\d\d)\s*$/.exec(line)?.[1];
    if (name) table.set(name, []);
    const action = /^\s*(\w+)\s*:\s*(\d+)\s+(\d+)/.exec(line);
    if (action) [...table.values()].at(-1).push(action.slice(1));
  }
  for (const source of readdirSync(data)
    .filter((name) => name.startsWith('joints_'))
    .sort()) {
    const name = source.slice('joints_'.length, -'.txt'.length);
    if (!isWithin(Number(name.slice(1, 3)), used)) continue;
    const lines = readFileSync(join(data, source), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    const numbers = lines.map((line) => line.trim().split(/\s+/).map(Number));
    const seconds = numbers.map(([number]) => (number - numbers[0][0]) / 30);
    const frames = numbers.map((row) =>
      Array.from({ length: 20 }, (_, joint) => row.slice(1 + joint * 3, 4 + joint * 3)),
    );
    const file = `streams/${name}.json`;
    write(file, frames, undefined, seconds);
    for (const [action, start, end] of table.get(name) ?? []) {
      const at = (number) => Number(((Number(number) - numbers[0][0]) / 30).toFixed(4));
      const kind = action.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
      if (at(end) >= 0 && at(start) <= seconds.at(-1))
        rows.push([file, Math.max(at(start), 0), at(end), kind, name.slice(0, 3)]);
    }
  }
  describe(rows, { layout: 'kinect-v1-20', unit: 'metre' }, 'seconds');
}

function write(file, frames, framesPerSecond, seconds) {
  mkdirSync(join(out, file, '..'), { recursive: true });
  writeFileSync(join(out, file), JSON.stringify({ framesPerSecond, seconds, frames }));
}

function describe(rows, facts, unit = 'frames') {
  const lines = [['file', 'start', 'end', 'class', 'subject'], ...rows].map((row) => row.join(','));
  writeFileSync(join(out, 'segments.csv'), `${lines.join('\n')}\n`);
  const segments = { table: 'segments.csv', unit, between: 'nothing' };
  const subjects = [...new Set(rows.map((row) => row[4]))];
  const isTested = (subject) => !subject.startsWith('block') && isWithin(Number(subject.replace(/\D+/, '')), tested);
  const splits = [{ name: 'streams', test: { subjects: subjects.filter(isTested) } }];
  writeFileSync(join(out, 'dataset.json'), JSON.stringify({ name: set, ...facts, segments, splits }, null, 2));
}

import { InputError } from '../../core/errors.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { leapHand } from '../../skeleton/layouts/hands.js';
import { cutSegment, type Segment } from '../cut-segments.js';
import type { Dataset, Sample, SkippedFile, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { linesOf, readText } from '../formats/text.js';
import { parseNumberTable } from './number-table.js';
import { classIndex, compareCodeUnits, type Identity, readSamples, type TableSet } from './published-set.js';

/** Gestures 1 to 13; the first five are poses that are held. */
const CLASSES = [
  'one',
  'two',
  'three',
  'four',
  'ok',
  'pinch',
  'grab',
  'expand',
  'tap',
  'swipe-left',
  'swipe-right',
  'swipe-v',
  'swipe-o',
];

/** Dictionary/<gesture>/<instance>.txt and Sequences/<number>.txt */
const INSTANCE = /(?:^|\/)Dictionary\/(\d+)\/(\d+)\.txt$/;
const SEQUENCE = /(?:^|\/)Sequences\/(\d+)\.txt$/;
const ANNOTATION = /(?:^|\/)sequencesGT\.csv$/;

const JOINTS = leapHand.joints.length;
const PER_JOINT = 7;
const COLUMNS = JOINTS * PER_JOINT;

/**
 * Performers are not named, but instance k of every gesture seems to be of one person, three in a row: blocks of three are
 * kept together as one subject, and dealt into folds.
 */
const BLOCK = 3;
const FOLDS = 4;

/** SFINGE 3D: a line a frame, 20 joints x (x, y, z in metres, then a quaternion), 20 frames a second. */
export const sfinge3d: TableSet = {
  name: 'sfinge3d',
  title: 'SFINGE 3D: hand gestures, a dictionary and annotated sequences',
  example: 'Dictionary/1/1.txt',
  matches: (path) => INSTANCE.test(path),
  read,
  table: { columns: COLUMNS, parse },
};

async function read(entries: readonly RecordingFile[]): Promise<Dataset> {
  const { samples: instances, skipped } = await readSamples(sfinge3d, entries, identify);
  const segments = await readSegments(entries);
  const samples = [...instances, ...segments.samples];
  return {
    name: sfinge3d.name,
    title: sfinge3d.title,
    licence: 'not stated; its authors ask to be cited',
    citation:
      'A. Caputo, A. Giachetti, F. Giannini, K. Lupinetti, M. Monti, M. Pegoraro, A. Ranieri: SFINGE 3D: A novel ' +
      'benchmark for online detection and recognition of heterogeneous hand gestures from 3D fingers’ trajectories. ' +
      'Computers & Graphics, 2020',
    layout: leapHand,
    persons: 1,
    unit: 'metre',
    classes: CLASSES,
    performers: 'unknown',
    samples,
    splits: splitsOf(instances.length, samples),
    skipped: [...skipped, ...segments.skipped],
  };
}

function identify(path: string): Identity {
  const [, gesture, instance] = INSTANCE.exec(path)!;
  return {
    id: `Dictionary/${gesture.padStart(2, '0')}/${instance.padStart(2, '0')}`,
    subject: `block${Math.floor((Number(instance) - 1) / BLOCK) + 1}`,
    label: classIndex(CLASSES, { written: gesture, first: 1 }, path, 'gesture folder'),
  };
}

/** Dictionary and sequences differ in the separator, which may also end a line. */
function parse(text: string, source: string): SkeletonSequence {
  const table = text.replaceAll(';', ',').replace(/,[ \t\r]*$/gm, '');
  const { rows, values } = parseNumberTable(table, source, COLUMNS, '20 joints x (3 coordinates and a quaternion)');
  const positions = new Float32Array(rows * JOINTS * 3);
  for (let joint = 0; joint < rows * JOINTS; joint++) {
    positions.set(values.subarray(joint * PER_JOINT, joint * PER_JOINT + 3), joint * 3);
  }
  return { frames: rows, persons: 1, joints: JOINTS, positions };
}

/** The gestures inside the long sequences, as their annotation has them. */
async function readSegments(entries: readonly RecordingFile[]): Promise<{ samples: Sample[]; skipped: SkippedFile[] }> {
  const annotation = await readAnnotation(entries);
  const samples: Sample[] = [];
  const skipped: SkippedFile[] = [];
  const recordings = entries.filter(({ path }) => SEQUENCE.test(path)).sort((a, b) => compareCodeUnits(a.path, b.path));
  for (const entry of recordings) {
    const number = SEQUENCE.exec(entry.path)![1];
    const name = `Sequences/${number.padStart(2, '0')}`;
    const segments = annotation.get(Number(number));
    if (segments === undefined) {
      skipped.push({ id: name, reason: 'not annotated' });
      continue;
    }
    const sequence = parse(await readText(entry), entry.path);
    const frames = Array.from({ length: sequence.frames }, (_, frame) => frame);
    for (const segment of segments) {
      const cut = cutSegment(sequence, frames, segment);
      const id = `${name}/${segment.first}-${segment.last}`;
      const label = classIndex(CLASSES, { written: segment.label, first: 1 }, entry.path, 'gesture of a segment');
      if (cut === undefined) skipped.push({ id, reason: 'no frame of it recorded' });
      else samples.push({ id, subject: `sequence${number}`, label, ...cut });
    }
  }
  return { samples, skipped };
}

/** A line a sequence: its number, the number of gestures, then (gesture, first frame, last frame) of each. */
async function readAnnotation(entries: readonly RecordingFile[]): Promise<ReadonlyMap<number, readonly Segment[]>> {
  const entry = entries.find(({ path }) => ANNOTATION.test(path));
  const sequences = new Map<number, Segment[]>();
  if (entry === undefined) return sequences;
  for (const { number, text } of linesOf(await readText(entry))) {
    const cells = text.split(/[,;]/).filter((cell) => cell.trim() !== '');
    const [sequence, count, ...rest] = cells.map(Number);
    if (!cells.every((cell) => /^\s*\d+\s*$/.test(cell)) || rest.length !== count * 3) {
      throw badLine(entry.path, number, text);
    }
    const segments = Array.from({ length: count }, (_, i) => {
      return { label: cells[2 + i * 3].trim(), first: rest[i * 3 + 1], last: rest[i * 3 + 2] };
    });
    sequences.set(sequence, segments);
  }
  return sequences;
}

function splitsOf(instances: number, samples: readonly Sample[]): Split[] {
  const dictionary = Array.from({ length: instances }, (_, index) => index);
  const foldOf = (index: number) => (Number(samples[index].subject.slice('block'.length)) - 1) % FOLDS;
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    name: `fold${fold + 1}`,
    description: `Of the dictionary, in blocks of three neighbouring instances, every fourth block tests (from ${fold + 1}).`,
    train: dictionary.filter((index) => foldOf(index) !== fold),
    test: dictionary.filter((index) => foldOf(index) === fold),
  }));
  if (samples.length === instances) return folds;
  const test = samples.map((_, index) => index).slice(instances);
  const description = 'The dictionary trains, the annotated gestures of the long sequences test.';
  return [...folds, { name: 'sequences', description, train: dictionary, test }];
}

function badLine(source: string, line: number, found: string): InputError {
  return new InputError({
    source,
    place: `line ${line}`,
    expected: 'a sequence, its number of gestures, and (gesture, first frame, last frame) of each',
    found: `"${found.slice(0, 60)}"`,
    mend: 'Use the file as the data set publishes it.',
  });
}

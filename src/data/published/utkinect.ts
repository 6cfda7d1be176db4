import { InputError } from '../../core/errors.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { kinectV1Joints20 } from '../../skeleton/layouts/kinect-v1-20.js';
import { cutSegment, type Segment } from '../cut-segments.js';
import type { Dataset, Sample, SkippedFile } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { linesOf, readText } from '../formats/text.js';
import { splitBy, splitsBySubject } from '../splits.js';
import { parseNumberTable } from './number-table.js';
import { compareCodeUnits, type TableSet } from './published-set.js';

/** The ten actions as the annotation writes them. */
const ACTIONS = ['walk', 'sitDown', 'standUp', 'pickUp', 'carry', 'throw', 'push', 'pull', 'waveHands', 'clapHands'];

/** joints_<subject>_<recording>.txt */
const FILE_NAME = /(?:^|\/)joints_((s\d\d)_e\d\d)\.txt$/;

/** The annotation with a few typing errors mended, before the one that has them. */
const ANNOTATIONS = [/(?:^|\/)actionLabel_modified\.txt$/, /(?:^|\/)actionLabel\.txt$/];

const JOINTS = kinectV1Joints20.joints.length;
const COLUMNS = 1 + JOINTS * 3;

/** UTKinect-Action3D: long recordings, a line a frame: its number, then 20 x 3 metres; and a table of their actions. */
export const utkinect: TableSet = {
  name: 'utkinect',
  title: 'UTKinect-Action3D: ten actions in continuous recordings',
  example: 'joints_s01_e01.txt beside actionLabel.txt',
  matches: (path) => FILE_NAME.test(path),
  read,
  table: { columns: COLUMNS, parse: (text, source) => parse(text, source).sequence },
};

async function read(entries: readonly RecordingFile[]): Promise<Dataset> {
  const annotation = await readAnnotation(entries);
  const samples: Sample[] = [];
  const skipped: SkippedFile[] = [];
  const recordings = entries.filter(({ path }) => FILE_NAME.test(path));
  for (const entry of recordings.sort((a, b) => compareCodeUnits(a.path, b.path))) {
    const [, name, subject] = FILE_NAME.exec(entry.path)!;
    const { numbers, sequence } = parse(await readText(entry), entry.path);
    for (const segment of annotation.get(name) ?? []) {
      const id = `${name}/${segment.label}`;
      const cut = cutSegment(sequence, numbers, segment);
      if (cut !== undefined) samples.push({ id, subject, label: ACTIONS.indexOf(segment.label), ...cut });
      else skipped.push({ id, reason: Number.isNaN(segment.first) ? 'annotated as NaN' : 'no frame of it recorded' });
    }
    if (!annotation.has(name)) skipped.push({ id: name, reason: 'not annotated' });
  }
  return {
    name: utkinect.name,
    title: utkinect.title,
    licence: 'for research (its authors)',
    citation:
      'L. Xia, C.-C. Chen, J. K. Aggarwal: View Invariant Human Action Recognition Using Histograms of 3D Joints. ' +
      'CVPR Workshops, 2012',
    layout: kinectV1Joints20,
    persons: 1,
    unit: 'metre',
    classes: ACTIONS.map((action) => action.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)),
    samples,
    splits: [...splitsBySubject(samples), ...splitsByRecording(samples)],
    skipped,
  };
}

function parse(text: string, source: string): { readonly numbers: Float32Array; readonly sequence: SkeletonSequence } {
  const { rows, values } = parseNumberTable(text, source, COLUMNS, 'frame number, then 20 joints x 3');
  const positions = new Float32Array(rows * (COLUMNS - 1));
  const numbers = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    numbers[row] = values[row * COLUMNS];
    positions.set(values.subarray(row * COLUMNS + 1, (row + 1) * COLUMNS), row * (COLUMNS - 1));
  }
  return { numbers, sequence: { frames: rows, persons: 1, joints: JOINTS, positions } };
}

/** The segments of each recording: its name in a line of its own, then `walk: 252 390` for each action. */
async function readAnnotation(entries: readonly RecordingFile[]): Promise<ReadonlyMap<string, readonly Segment[]>> {
  const entry = ANNOTATIONS.map((name) => entries.find(({ path }) => name.test(path))).find((found) => found);
  if (entry === undefined) throw withoutAnnotation();
  const recordings = new Map<string, Segment[]>();
  let segments: Segment[] = [];
  for (const { number, text } of linesOf(await readText(entry))) {
    const name = /^\s*(s\d\d_e\d\d)\s*$/.exec(text)?.[1];
    if (name === undefined) segments.push(parseSegment(text, entry.path, number));
    else {
      segments = [];
      recordings.set(name, segments);
    }
  }
  return recordings;
}

function parseSegment(line: string, source: string, number: number): Segment {
  const [, label = '', first, last] = /^\s*(\w+)\s*:\s*(\d+|NaN)\s+(\d+|NaN)\s*$/.exec(line) ?? [];
  if (ACTIONS.includes(label)) return { label, first: Number(first), last: Number(last) };
  throw new InputError({
    source,
    place: `line ${number}`,
    expected: `a recording such as "s01_e01", or an action such as "walk: 252 390" (${ACTIONS.join(', ')})`,
    found: `"${line.trim().slice(0, 60)}"`,
    mend: 'Use the file as the data set publishes it.',
  });
}

/** The protocol that leaves a sequence out, by the 20 sequences that were recorded. */
function splitsByRecording(samples: readonly Sample[]) {
  const recordingOf = ({ id }: Sample): string => id.slice(0, id.indexOf('/'));
  return [...new Set(samples.map(recordingOf))].map((name) =>
    splitBy(samples, `recording-${name}`, `Recording ${name} tests, the others train.`, (sample) => {
      return recordingOf(sample) === name;
    }),
  );
}

function withoutAnnotation(): InputError {
  return new InputError({
    source: 'actionLabel.txt',
    expected: 'the table of actions beside the joints_*.txt, as the data set publishes it',
    found: 'no such file in the folder',
    mend: 'Copy it into the folder.',
  });
}

import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { kinectV2 } from '../../skeleton/layouts/kinect-v2.js';
import type { Dataset, Sample, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { splitBy } from '../splits.js';
import { parseNumberTable } from './number-table.js';
import { classIndex, type Identity, readSamples, type TableSet } from './published-set.js';

/** Gesture numbers 0 to 8, as the paper names them; its left gestures move the joints that Kinect names Right. */
const CLASSES = [
  'elbow-flexion-left',
  'elbow-flexion-right',
  'shoulder-flexion-left',
  'shoulder-flexion-right',
  'shoulder-abduction-left',
  'shoulder-abduction-right',
  'shoulder-forward-elevation',
  'side-tap-left',
  'side-tap-right',
];

/** SubjectID_DateID_Gesture_Repetition_Correct_Position.txt */
const FILE_NAME = /(?:^|\/)((\d{3})_\d+_(\d+)_\d+_(\d+)_[\w-]+)\.txt$/;

/** RawData repeats the file names of Simplified, in another notation. */
const RAW_FOLDER = /(?:^|\/)raw[^/]*\//i;

const POORLY_EXECUTED = '3';
const COLUMNS = kinectV2.joints.length * 3;

/** IntelliRehabDS, folder SkeletonData/Simplified: a line of 25 x 3 metres per frame. */
export const irds: TableSet = {
  name: 'irds',
  title: 'IntelliRehabDS: rehabilitation gestures',
  example: 'SkeletonData/Simplified/101_18_0_1_1_stand.txt',
  matches: (path) => FILE_NAME.test(path) && !RAW_FOLDER.test(path),
  read,
  table: { columns: COLUMNS, parse },
};

function parse(text: string, source: string): SkeletonSequence {
  const { rows, values } = parseNumberTable(text, source, COLUMNS, '25 joints x 3');
  return { frames: rows, persons: 1, joints: kinectV2.joints.length, positions: values };
}

async function read(entries: readonly RecordingFile[]): Promise<Dataset> {
  const { samples, skipped } = await readSamples(irds, entries, identify);
  return {
    name: irds.name,
    title: irds.title,
    licence: 'CC BY 4.0',
    citation:
      'A. Miron, N. Sadawi, W. Ismail, H. Hussain, C. Grosan: IntelliRehabDS (IRDS) - A Dataset of Physical ' +
      'Rehabilitation Movements. Data 6(5):46, 2021. doi:10.3390/data6050046, doi:10.5281/zenodo.4610859',
    layout: kinectV2,
    persons: 1,
    unit: 'metre',
    classes: CLASSES,
    samples,
    splits: splits(samples),
    skipped,
  };
}

function identify(path: string): Identity {
  const [, id, subject, gesture, correctness] = FILE_NAME.exec(path)!;
  return {
    id,
    subject,
    label: classIndex(CLASSES, { written: gesture, first: 0 }, path, 'gesture number in the file name'),
    leftOut: correctness === POORLY_EXECUTED ? 'labelled 3, to be left out, by its authors' : undefined,
  };
}

function splits(samples: readonly Sample[]): Split[] {
  return [
    splitBy(
      samples,
      'cross-subject',
      'Even subject ids train, odd ones test.',
      ({ subject }) => Number(subject) % 2 === 1,
    ),
    splitBy(samples, 'patients', 'Healthy subjects (1xx, 3xx) train, patients (2xx) test.', ({ subject }) =>
      subject.startsWith('2'),
    ),
  ];
}

import { fillLostJoints } from '../../runtime/skeleton/lost.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { viconPlugInGait } from '../../skeleton/layouts/vicon-plug-in-gait.js';
import type { Dataset } from '../dataset.js';
import { loseZeros } from '../folder/to-positions.js';
import type { RecordingFile } from '../formats/format.js';
import { splitBy } from '../splits.js';
import { parseNumberTable } from './number-table.js';
import { classIndex, type Identity, readSamples, type TableSet } from './published-set.js';

/** Movements m01 to m10 of the paper. */
const CLASSES = [
  'deep-squat',
  'hurdle-step',
  'inline-lunge',
  'side-lunge',
  'sit-to-stand',
  'standing-active-straight-leg-raise',
  'standing-shoulder-abduction',
  'standing-shoulder-extension',
  'standing-shoulder-internal-external-rotation',
  'standing-shoulder-scaption',
];

/** Movement, subject, episode; the incorrect movements end in `_positions_inc.txt`. */
const FILE_NAME = /(?:^|\/)(m(\d\d)_(s\d\d)_e\d\d)_positions\.txt$/;

/** The Kinect recordings repeat the file names of the Vicon ones. */
const KINECT_FOLDER = /(?:^|\/)kinect\//i;

const LAST_TRAINING_SUBJECT = 's05';
const COLUMNS = viconPlugInGait.joints.length * 3;

/** UI-PRMD, correct movements, Vicon positions: a line of 39 x 3 millimetres per frame, 100 frames a second. */
export const uiPrmd: TableSet = {
  name: 'ui-prmd',
  title: 'UI-PRMD: physical rehabilitation movements (Vicon, correct)',
  example: 'Segmented Movements/Vicon/Positions/m01_s01_e01_positions.txt',
  matches: (path) => FILE_NAME.test(path) && !KINECT_FOLDER.test(path),
  read,
  table: { columns: COLUMNS, parse },
};

function parse(text: string, source: string): SkeletonSequence {
  const { rows, values } = parseNumberTable(text, source, COLUMNS, '39 Vicon markers x 3');
  const sequence = { frames: rows, persons: 1, joints: viconPlugInGait.joints.length, positions: values };
  loseZeros(values);
  return fillLostJoints(sequence, viconPlugInGait);
}

async function read(entries: readonly RecordingFile[]): Promise<Dataset> {
  const { samples, skipped } = await readSamples(uiPrmd, entries, identify);
  return {
    name: uiPrmd.name,
    title: uiPrmd.title,
    licence: 'PDDL 1.0',
    citation:
      'A. Vakanski, H.-p. Jun, D. Paul, R. Baker: A Data Set of Human Body Movements for Physical Rehabilitation ' +
      'Exercises. Data 3(1):2, 2018. doi:10.3390/data3010002',
    layout: viconPlugInGait,
    persons: 1,
    unit: 'millimetre',
    classes: CLASSES,
    samples,
    splits: [
      splitBy(samples, 'cross-subject', 'Subjects 1 to 5 train, 6 to 10 test.', ({ subject }) => {
        return subject > LAST_TRAINING_SUBJECT;
      }),
    ],
    skipped,
    note: 'Markers lost by the cameras, written as (0, 0, 0), are filled in from their other frames or a neighbour.',
  };
}

function identify(path: string): Identity {
  const [, id, movement, subject] = FILE_NAME.exec(path)!;
  return {
    id,
    subject,
    label: classIndex(CLASSES, { written: movement, first: 1 }, path, 'movement number in the file name'),
  };
}

import { InputError } from '../../core/errors.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { kinectV1Joints15 } from '../../skeleton/layouts/kinect-v1-15.js';
import type { Dataset, Sample, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { splitBy } from '../splits.js';
import { parseNumberTable } from './number-table.js';
import { classIndex, type Identity, readSamples, type TableSet } from './published-set.js';

/** Folders 01 to 08. */
const CLASSES = [
  'approaching',
  'departing',
  'kicking',
  'pushing',
  'shaking-hands',
  'hugging',
  'exchanging-object',
  'punching',
];

/** Pairs (acting person, then reacting person) that test in each of the five folds of the data set's README. */
const FOLDS = [
  ['s01s02', 's03s04', 's05s02', 's06s04'],
  ['s02s03', 's02s07', 's03s05', 's05s03'],
  ['s01s03', 's01s07', 's07s01', 's07s03'],
  ['s02s01', 's02s06', 's03s02', 's03s06'],
  ['s04s02', 's04s03', 's04s06', 's06s02', 's06s03'],
];

/** Fold 5 is the default: published tables of pruned networks are on it. */
const FOLD_ORDER = [5, 1, 2, 3, 4];

/** <pair>/<class>/<take>/skeleton_pos.txt */
const FILE_PATH = /(?:^|\/)(s\d\ds\d\d)\/(\d\d)\/(\d+)\/skeleton_pos\.txt$/;

const PERSONS = 2;
const JOINTS = kinectV1Joints15.joints.length;
const COLUMNS = 1 + PERSONS * JOINTS * 3;

/** SBU Kinect Interaction 2.0: a line per frame, its number, then 2 persons x 15 joints x 3 normalised coordinates. */
export const sbu: TableSet = {
  name: 'sbu',
  title: 'SBU Kinect Interaction 2.0: two-person interactions',
  example: 's01s02/01/001/skeleton_pos.txt',
  matches: (path) => FILE_PATH.test(path),
  read,
  table: { columns: COLUMNS, parse },
};

async function read(entries: readonly RecordingFile[]): Promise<Dataset> {
  const { samples, skipped } = await readSamples(sbu, entries, identify);
  return {
    name: sbu.name,
    title: sbu.title,
    licence: 'research only (README of the data set)',
    citation:
      'K. Yun, J. Honorio, D. Chattopadhyay, T. L. Berg, D. Samaras: Two-person Interaction Detection Using ' +
      'Body-Pose Features and Multiple Instance Learning. CVPR Workshops (HAU3D), 2012',
    layout: kinectV1Joints15,
    persons: PERSONS,
    unit: 'millimetre',
    classes: CLASSES,
    samples,
    splits: FOLD_ORDER.map((fold) => foldSplit(samples, fold)),
    skipped,
  };
}

function identify(path: string): Identity {
  const [, pair, folder, take] = FILE_PATH.exec(path)!;
  if (!FOLDS.flat().includes(pair)) throw unknownPair(path, pair);
  return {
    id: `${pair}/${folder}/${take}`,
    subject: pair,
    label: classIndex(CLASSES, { written: folder, first: 1 }, path, 'class folder'),
  };
}

function unknownPair(source: string, found: string): InputError {
  const expected = `a pair of the five folds: ${FOLDS.flat().sort().join(', ')}`;
  return new InputError({ source, place: 'pair of persons', expected, found, mend: 'Leave the folder out.' });
}

function foldSplit(samples: readonly Sample[], fold: number): Split {
  const description = `Official fold ${fold} tests, the other four train.`;
  return splitBy(samples, `fold${fold}`, description, ({ subject }) => FOLDS[fold - 1].includes(subject));
}

function parse(text: string, source: string): SkeletonSequence {
  const { rows, values } = parseNumberTable(text, source, COLUMNS, 'frame number, then 2 persons x 15 joints x 3');
  const positions = new Float32Array(rows * (COLUMNS - 1));
  for (let row = 0; row < rows; row++) {
    const frame = values.subarray(row * COLUMNS + 1, (row + 1) * COLUMNS);
    for (let i = 0; i < frame.length; i += 3) positions.set(toMillimetres(frame, i), row * frame.length + i);
  }
  return { frames: rows, persons: PERSONS, joints: JOINTS, positions };
}

/**
 * Undoes the normalisation by the README's formula. Its result is a frame in millimetres with y up: limb lengths vary by
 * 2.4 % there (thighs 422 and 421), by 5.5 % in the normalised numbers, and by more under any pinhole model.
 */
function toMillimetres(normalised: Float32Array, at: number): [number, number, number] {
  return [1280 - normalised[at] * 2560, 960 - normalised[at + 1] * 1920, (normalised[at + 2] * 10000) / 7.8125];
}

import { kinectV2 } from '../../skeleton/layouts/kinect-v2.js';
import type { Dataset, Sample, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import type { KeepPositions } from '../positions-elsewhere.js';
import { splitBy } from '../splits.js';
import type { PublishedSet } from './published-set.js';
import { type RecordedSet, recordedSet } from './recorded-set.js';

/** S<setup>C<camera>P<performer>R<repetition>A<action>.skeleton */
const FILE_NAME = /(?:^|\/)(S(\d{3})C(\d{3})P(\d{3})R(\d{3})A(\d{3}))\.skeleton$/;

/** Performers that train in the cross-subject split: of NTU RGB+D, and those that its extension adds. */
const TRAINING = [1, 2, 4, 5, 8, 9, 13, 14, 15, 16, 17, 18, 19, 25, 27, 28, 31, 34, 35, 38];
const TRAINING_ADDED = [
  45, 46, 47, 49, 50, 52, 53, 54, 55, 56, 57, 58, 59, 70, 74, 78, 80, 81, 82, 83, 84, 85, 86, 89, 91, 92, 93, 94, 95,
  97, 98, 100, 103,
];

const ACTIONS = 60;
const ACTIONS_OF_BOTH = 120;

/** NTU RGB+D, 60 actions, or 120 if the folder holds files of its extension: 25 Kinect v2 joints of up to two persons. */
export const ntu: PublishedSet = { ...ntuOf(ACTIONS), name: 'ntu', read };

async function read(entries: readonly RecordingFile[], keep?: KeepPositions): Promise<Dataset> {
  const isBoth = entries.some(({ path }) => Number(FILE_NAME.exec(path)?.[6]) > ACTIONS);
  return ntuOf(isBoth ? ACTIONS_OF_BOTH : ACTIONS).read(entries, keep);
}

function ntuOf(actions: number): PublishedSet {
  const set: RecordedSet = {
    name: `ntu${actions}`,
    title: `NTU RGB+D${actions === ACTIONS ? '' : ' 120'}: ${actions} actions`,
    example: 'nturgb+d_skeletons/S001C001P001R001A001.skeleton',
    file: FILE_NAME,
    isEmpty: /^\s*\d+(?:\s+0)*\s*$/, // the number of frames, and no body in any of them
    licence: 'for research; not to be redistributed (its authors)',
    citation:
      'A. Shahroudy, J. Liu, T.-T. Ng, G. Wang: NTU RGB+D: A Large Scale Dataset for 3D Human Activity Analysis. CVPR, 2016; ' +
      'J. Liu, A. Shahroudy, M. Perez, G. Wang, L.-Y. Duan, A. C. Kot: NTU RGB+D 120: A Large-Scale Benchmark for 3D Human ' +
      'Activity Understanding. TPAMI, 2019',
    layout: kinectV2,
    persons: 2,
    unit: 'metre',
    classes: Array.from({ length: actions }, (_, i) => `A${String(i + 1).padStart(3, '0')}`),
    identify: ([, id, , , subject, , action]) => ({ id, subject: `P${subject}`, label: Number(action) - 1 }),
    splits: actions === ACTIONS ? splits60 : splits120,
  };
  return recordedSet(set);
}

async function splits60(samples: readonly Sample[]): Promise<Split[]> {
  return [
    crossSubject(samples, TRAINING),
    splitBy(samples, 'xview', 'Cameras 2 and 3 train, camera 1 tests.', ({ id }) => id.slice(4, 8) === 'C001'),
  ];
}

async function splits120(samples: readonly Sample[]): Promise<Split[]> {
  return [
    crossSubject(samples, [...TRAINING, ...TRAINING_ADDED]),
    splitBy(samples, 'xset', 'Even setups train, odd ones test.', ({ id }) => Number(id.slice(1, 4)) % 2 === 1),
  ];
}

function crossSubject(samples: readonly Sample[], training: readonly number[]): Split {
  const isTest = ({ subject }: Sample) => !training.includes(Number(subject.slice(1)));
  return splitBy(samples, 'xsub', `The ${training.length} performers of the authors’ list train.`, isTest);
}

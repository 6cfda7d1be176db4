import { kinectV1Joints20 } from '../../skeleton/layouts/kinect-v1-20.js';
import type { Sample, Split } from '../dataset.js';
import { splitBy, splitsBySubject } from '../splits.js';
import { classIndex } from './published-set.js';
import { recordedSet } from './recorded-set.js';

const MHAD_CLASSES = [
  'swipe-left',
  'swipe-right',
  'wave',
  'clap',
  'throw',
  'arm-cross',
  'basketball-shoot',
  'draw-x',
  'draw-circle-clockwise',
  'draw-circle-counter-clockwise',
  'draw-triangle',
  'bowling',
  'boxing',
  'baseball-swing',
  'tennis-swing',
  'arm-curl',
  'tennis-serve',
  'push',
  'knock',
  'catch',
  'pickup-and-throw',
  'jog',
  'walk',
  'sit-to-stand',
  'stand-to-sit',
  'lunge',
  'squat',
];

const PLACE = 'action number in the file name';

/** Even subjects test, as the authors of both sets have it. */
function oddTrains(samples: readonly Sample[]): Split {
  const isEven = ({ subject }: Sample) => Number(subject) % 2 === 0;
  return splitBy(samples, 'cross-subject', 'Odd subjects train, even ones test.', isEven);
}

/** UTD-MHAD: a MATLAB file a sequence. */
export const utdMhad = recordedSet({
  name: 'utd-mhad',
  title: 'UTD-MHAD: 27 actions of eight subjects',
  example: 'Skeleton/a1_s1_t1_skeleton.mat',
  file: /(?:^|\/)(a(\d+)_s(\d+)_t\d+)_skeleton\.mat$/,
  licence: 'for research (its authors)',
  citation:
    'C. Chen, R. Jafari, N. Kehtarnavaz: UTD-MHAD: A Multimodal Dataset for Human Action Recognition Utilizing a Depth ' +
    'Camera and a Wearable Inertial Sensor. ICIP, 2015',
  layout: kinectV1Joints20,
  persons: 1,
  unit: 'metre',
  classes: MHAD_CLASSES,
  identify: ([, id, action, subject], path) => ({
    id,
    subject,
    label: classIndex(MHAD_CLASSES, { written: action, first: 1 }, path, PLACE),
  }),
  splits: async (samples) => [oddTrains(samples), ...splitsBySubject(samples)],
});

const MSR_CLASSES = [
  'high-arm-wave',
  'horizontal-arm-wave',
  'hammer',
  'hand-catch',
  'forward-punch',
  'high-throw',
  'draw-x',
  'draw-tick',
  'draw-circle',
  'hand-clap',
  'two-hand-wave',
  'side-boxing',
  'bend',
  'forward-kick',
  'side-kick',
  'jogging',
  'tennis-swing',
  'tennis-serve',
  'golf-swing',
  'pickup-and-throw',
];

/** The three subsets of eight actions, by their numbers, that most papers report. */
const MSR_SUBSETS: Readonly<Record<string, readonly number[]>> = {
  AS1: [2, 3, 5, 6, 10, 13, 18, 20],
  AS2: [1, 4, 7, 8, 9, 11, 12, 14],
  AS3: [6, 14, 15, 16, 17, 18, 19, 20],
};

/** MSR-Action3D: a text file a sequence. */
export const msrAction3d = recordedSet({
  name: 'msr-action3d',
  title: 'MSR-Action3D: 20 actions of ten subjects',
  example: 'a01_s01_e01_skeleton3D.txt',
  file: /(?:^|\/)(a(\d\d)_s(\d\d)_e\d\d)_skeleton(?:3D)?\.txt$/,
  licence: 'for research (its authors)',
  citation: 'W. Li, Z. Zhang, Z. Liu: Action Recognition Based on a Bag of 3D Points. CVPR Workshops, 2010',
  layout: kinectV1Joints20,
  persons: 1,
  unit: 'metre',
  classes: MSR_CLASSES,
  identify: ([, id, action, subject], path) => ({
    id,
    subject,
    label: classIndex(MSR_CLASSES, { written: action, first: 1 }, path, PLACE),
  }),
  splits: async (samples) => [oddTrains(samples), ...Object.keys(MSR_SUBSETS).map((name) => subset(samples, name))],
});

/** The cross-subject split among the actions of a subset. */
function subset(samples: readonly Sample[], name: string): Split {
  const isIn = (index: number) => MSR_SUBSETS[name].includes(samples[index].label + 1);
  const { train, test } = oddTrains(samples);
  const description = `Of the eight actions of ${name}, odd subjects train, even ones test.`;
  return { name, description, train: train.filter(isIn), test: test.filter(isIn) };
}

/** Numbers of the ten actions; those between were not published. */
const UCLA_NUMBERS = ['01', '02', '03', '04', '05', '06', '08', '09', '11', '12'];

const UCLA_CLASSES = [
  'pick-up-with-one-hand',
  'pick-up-with-two-hands',
  'drop-trash',
  'walk-around',
  'sit-down',
  'stand-up',
  'donning',
  'doffing',
  'throw',
  'carry',
];

/** Northwestern-UCLA as CTR-GCN gives it: a JSON file a sequence. */
export const nwUcla = recordedSet({
  name: 'nw-ucla',
  title: 'Northwestern-UCLA Multiview Action 3D: ten actions from three sides',
  example: 'all_sqe/a01_s01_e00_v01.json',
  file: /(?:^|\/)(a(\d\d)_s(\d\d)_e\d\d_v0[123])\.json$/,
  licence: 'for research (its authors)',
  citation:
    'J. Wang, X. Nie, Y. Xia, Y. Wu, S.-C. Zhu: Cross-view Action Modeling, Learning and Recognition. CVPR, 2014',
  layout: kinectV1Joints20,
  persons: 1,
  unit: 'metre',
  classes: UCLA_CLASSES,
  identify: ([, id, action, subject], path) => {
    const written = String(UCLA_NUMBERS.indexOf(action));
    return { id, subject, label: classIndex(UCLA_CLASSES, { written, first: 0 }, path, `${PLACE}, ${action}`) };
  },
  splits: async (samples) => [
    splitBy(samples, 'cross-view', 'Cameras 1 and 2 train, camera 3 tests.', ({ id }) => id.endsWith('v03')),
    ...splitsBySubject(samples),
  ],
});

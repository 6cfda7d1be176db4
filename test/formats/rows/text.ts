import { type Row, sample } from '../row.js';

/** Lines of a .skeleton: a body of 25 joints that all are at (x, 1, 2) but the first, which was lost. */
const body = (id: string, x: number) =>
  [
    `${id} 0 1 1 1 1 0 0.1 0.2 2`,
    '25',
    ...Array.from({ length: 25 }, (_, i) => `${i === 0 ? '0 0 0' : `${x} 1 2`} 200 150 900 500 0 0 0 1 2`),
  ].join('\n');
const STILL = '72057594037931101';
const ACTOR = '72057594037931691';
const GHOST = '72057594037931999';

const ntu: readonly Row[] = [
  {
    path: 'S001C002P003R001A013.skeleton',
    content: `3\n1\n${body(STILL, 5)}\n3\n${body(ACTOR, 1)}\n${body(STILL, 5)}\n${body(GHOST, 9)}\n2\n${body(ACTOR, 2)}\n${body(STILL, 5.1)}\n`,
    format: 'ntu-skeleton',
    recordings: [
      {
        frames: 3,
        persons: 2,
        joints: 25,
        layout: 'kinect-v2',
        unit: 'metre',
        label: 'A013',
        subject: 'P003',
        points: {
          '0/0/1': null,
          '0/1/1': [5, 1, 2],
          '1/0/0': null,
          '1/0/1': [1, 1, 2],
          '2/0/24': [2, 1, 2],
          '2/1/1': [5.1, 1, 2],
        },
        notes: ['3 bodies, of which only the 2 that move most are kept', '5 of 125 joints lost (0 0 0)'],
      },
    ],
  },
  {
    path: 'cut-off.skeleton',
    content: `2\n1\n${body(ACTOR, 1)}\n1\n${ACTOR} 0 1 1\n25\n1 2 3 4 5 6 7 8 9 10 11 2\n`,
    error:
      'cut-off.skeleton, after line 33: expected x, y, z of a joint, found the end of the file. Copy the file again from its source, or leave it out.',
  },
  {
    path: 'joints.skeleton',
    content: `1\n1\n${ACTOR} 0 1 1 1 1 0 0 0 2\n20\n1 2 3\n`,
    error:
      'joints.skeleton, line 4: expected 25 joints, found 20. Copy the file again from its source, or leave it out.',
  },
];

/** The tags' clock ticks 49.875 times a microsecond: 642.926 s, that of the first frame. */
const TAG_SECONDS = 32065944990 / 49.875 / 1e6;

const row = (time: number, x: number, seen = 1) => `${time} ${`${x} 0.5 2.5 ${seen} `.repeat(20)}`;

const kinect: readonly Row[] = [
  {
    path: 'P1_1_1_p06.csv',
    content: `${row(642926216, 0, 0)}\r\n${row(642959162, 0.25)}\r\n`,
    beside: { 'P1_1_1_p06.tagstream': 'XQPCTick;Tag\r\n32065944990;G1  lift outstretched arms\r\n' },
    format: 'msrc-12',
    recordings: [
      {
        frames: 2,
        joints: 20,
        layout: 'kinect-v1-20',
        label: 'G1 lift outstretched arms',
        subject: 'p06',
        seconds: [642.926216, 642.959162],
        events: [{ seconds: TAG_SECONDS, label: 'G1 lift outstretched arms' }],
        points: { '0/0/0': null, '1/0/19': [0.25, 0.5, 2.5] },
      },
    ],
  },
  {
    path: 'P9_1_1_p01.csv',
    content: `${row(642926216, 1)}\n1 2 3\n`,
    error:
      'P9_1_1_p01.csv, line 2: expected 81 numbers (a time, and 20 joints x (x, y, z, seen)), found 3. Check that the file is complete and in this format.',
  },
  {
    path: 'P9_1_2_p01.csv',
    content: `${row(642926216, 1)}\n${row(642926217, 1).replace('0.5', 'x')}\n`,
    error:
      'P9_1_2_p01.csv, line 2, number 3: expected a number, found "x". Check that the file is complete and in this format.',
  },
  {
    path: 'MSRC-12/P1_1_1_p06.csv',
    content: sample('msrc12/P1_1_1_p06.csv'),
    format: 'msrc-12',
    recordings: [
      {
        frames: 1027,
        persons: 1,
        joints: 20,
        subject: 'p06',
        points: { '0/0/0': null, '1026/0/19': [0.158372, -0.860516, 2.776821] },
      },
    ],
  },
  {
    path: 'a05_s03_e01_skeleton3D.txt',
    content: `${'1 2 3 0.9\n'.repeat(20)}${'0 0 0 0\n'.repeat(1)}${'4 5 6 0.9\n'.repeat(19)}`,
    format: 'msr-action3d',
    recordings: [
      {
        frames: 2,
        joints: 20,
        layout: 'kinect-v1-20',
        label: 'a05',
        subject: 's03',
        points: { '0/0/0': [1, 2, 3], '1/0/0': null, '1/0/19': [4, 5, 6] },
      },
    ],
  },
  {
    path: 'a05_s03_e02_skeleton3D.txt',
    content: '1 2 3 0.9\n'.repeat(21),
    error: 'a05_s03_e02_skeleton3D.txt: expected 20 lines per frame, found 21 lines. Check that the file is complete.',
  },
  {
    path: 'a05_s03_e03_skeleton3D.txt',
    content: `${'1 2 3 0.9\n'.repeat(40)}1 2 3\n`,
    error:
      'a05_s03_e03_skeleton3D.txt, line 41: expected 4 numbers (x, y, z, confidence), found 3. Check that the file is complete and in this format.',
  },
  {
    path: 'Florence_dataset_WorldCoordinates.txt',
    content: [`1 1 1 ${'1 2 3 '.repeat(15)}`, `1 1 1 ${'4 5 6 '.repeat(15)}`, `2 3 9 ${'7 8 9 '.repeat(15)}`].join(
      '\n',
    ),
    format: 'florence-3d',
    recordings: [
      { part: 'video 1', frames: 2, joints: 15, label: 'wave', subject: '1', points: { '1/0/14': [4, 5, 6] } },
      { part: 'video 2', frames: 1, joints: 15, label: 'bow', subject: '3' },
    ],
  },
  {
    path: 'florence-cut-off.txt',
    content: `1 1 1 ${'1 2 3 '.repeat(15)}\n1 1 1 4 5`,
    error:
      'florence-cut-off.txt, line 2: expected 48 numbers (video, actor, action, and 15 joints x 3), found 5. Check that the file is complete and in this format.',
  },
  {
    path: 'florence-action.txt',
    content: `1 1 1 ${'1 2 3 '.repeat(15)}\n2 1 10 ${'1 2 3 '.repeat(15)}`,
    error:
      'florence-action.txt, video 2: expected an action from 1 to 9, found 10. Copy the file again from its source.',
  },
  {
    path: 'gesture_3/finger_2/subject_7/essai_1/skeletons_world.txt',
    content: `${'0.1 0.2 0.3 '.repeat(22)}\n${'0.1 0.2 0.4 '.repeat(22)}\n`,
    format: 'shrec',
    recordings: [
      {
        frames: 2,
        joints: 22,
        layout: 'shrec-hand-22',
        unit: 'metre',
        label: 'gesture 3, finger 2',
        subject: '7',
        points: { '1/0/21': [0.1, 0.2, 0.4] },
      },
    ],
  },
  {
    path: 'gesture_3/finger_1/subject_7/essai_1/skeletons_image.txt',
    content: `${'10 20 '.repeat(22)}\n`,
    format: 'shrec',
    recordings: [{ frames: 1, joints: 22, dimensions: 2, unit: 'pixel', points: { '0/0/21': [10, 20, 0] } }],
  },
  {
    path: 'gesture_1/finger_1/subject_1/essai_1/skeletons_world.txt',
    content: `${'0.1 0.2 0.3 '.repeat(22)}\n0.1 0.2\n`,
    error:
      'gesture_1/finger_1/subject_1/essai_1/skeletons_world.txt, line 2: expected 66 numbers (22 joints x 3), found 2. Check that the file is complete and in this format.',
  },
  {
    path: 'gesture_1/finger_1/subject_1/essai_2/skeletons_world.txt',
    content: `${'0.1 0.2 0.3 '.repeat(22)}\n${'0.1 0.2 ? '.repeat(22)}\n`,
    error:
      'gesture_1/finger_1/subject_1/essai_2/skeletons_world.txt, line 2, number 3: expected a number, found "?". Check that the file is complete and in this format.',
  },
];

const trcHead =
  'PathFileType\t4\t(X/Y/Z)\twalk.trc\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\n100\t100\t2\t2\tmm\nFrame#\tTime\tRHEE\t\t\tLHEE\t\t\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n';

/** Two bones of length 1: a turn of the root about z by 90 degrees brings x to y; of the joint about x by 90 degrees, y to z. */
const bvhHead = (channels = '6 Xposition Yposition Zposition Zrotation Xrotation Yrotation') =>
  `HIERARCHY\nROOT rig:Hips\n{\n  OFFSET 0 0 0\n  CHANNELS ${channels}\n  JOINT rig:Spine {\n    OFFSET 1 0 0\n    CHANNELS 3 Zrotation Xrotation Yrotation\n    End Site\n    {\n      OFFSET 0 1 0\n    }\n  }\n}\nMOTION\nFrames: 3\nFrame Time: 0.05\n`;

const motion: readonly Row[] = [
  {
    path: 'walk.trc',
    content: `${trcHead}1\t0.00\t1\t2\t3\t4\t5\t6\n2\t0.01\t1\t2\t4\t\t\t\n`,
    format: 'trc',
    recordings: [
      {
        frames: 2,
        joints: 2,
        jointNames: ['RHEE', 'LHEE'],
        unit: 'millimetre',
        seconds: [0, 0.01],
        points: { '0/0/1': [4, 5, 6], '1/0/0': [1, 2, 4], '1/0/1': null },
      },
    ],
  },
  {
    path: 'head.trc',
    content: 'PathFileType\t4\nDataRate\n100\n',
    error:
      'head.trc: expected Frame#, Time and the names of the markers, found the end of the file. Export the file again.',
  },
  {
    path: 'word.trc',
    content: `${trcHead}1\t0.00\t1\ttwo\t3\n`,
    error: 'word.trc, line 7, column 4: expected a number, found "two". Export the file again.',
  },
  {
    path: 'turns.bvh',
    content: `${bvhHead()}0 0 0 0 0 0 0 0 0\n10 20 30 90 0 0 0 0 0\n0 0 0 90 0 0 0 90 0\n`,
    format: 'bvh',
    recordings: [
      {
        frames: 3,
        joints: 3,
        jointNames: ['Hips', 'Spine', 'SpineEnd'],
        parents: [-1, 0, 1],
        framesPerSecond: 20,
        points: {
          '0/0/1': [1, 0, 0],
          '0/0/2': [1, 1, 0],
          '1/0/0': [10, 20, 30],
          '1/0/1': [10, 21, 30],
          '1/0/2': [9, 21, 30],
          '2/0/1': [0, 1, 0],
          '2/0/2': [0, 1, 1],
        },
      },
    ],
  },
  {
    path: 'order-of-axes.bvh',
    // Z by 90, then X by 90 about the turned x: the end's y goes to z, and the joint's x to y.
    content: `${bvhHead()}0 0 0 90 90 0 0 0 0\n0 0 0 0 90 0 0 0 0\n0 0 0 0 0 90 0 0 0\n`,
    format: 'bvh',
    recordings: [
      { frames: 3, points: { '0/0/1': [0, 1, 0], '0/0/2': [0, 1, 1], '1/0/2': [1, 0, 1], '2/0/1': [0, 0, -1] } },
    ],
  },
  {
    path: 'fixed.bvh',
    // What lies at its parent and never turns, but has a joint that hangs from it, is a joint; an end that lies there is none.
    content:
      'HIERARCHY\nROOT Hips\n{\n  OFFSET 0 0 0\n  CHANNELS 3 Zrotation Xrotation Yrotation\n  JOINT Belt\n  {\n    OFFSET 0 0 0\n' +
      '    CHANNELS 0\n    JOINT Spine\n    {\n      OFFSET 1 0 0\n      CHANNELS 0\n      End Site\n      {\n        OFFSET 0 0 0\n' +
      '      }\n    }\n  }\n}\nMOTION\nFrames: 2\nFrame Time: 0.05\n0 0 0\n90 0 0\n',
    format: 'bvh',
    recordings: [
      {
        frames: 2,
        joints: 3,
        jointNames: ['Hips', 'Belt', 'Spine'],
        parents: [-1, 0, 1],
        points: { '0/0/2': [1, 0, 0], '1/0/1': [0, 0, 0], '1/0/2': [0, 1, 0] },
      },
    ],
  },
  {
    path: 'short.bvh',
    content: `${bvhHead()}0 0 0 0 0 0 0 0 0\n`,
    error: 'short.bvh, MOTION: expected 3 frames, found 1. Export the file again, or copy the whole file again.',
  },
  {
    path: 'channels.bvh',
    content: bvhHead('6 Xposition Yposition'),
    error:
      'channels.bvh, line 5: expected CHANNELS, their number and names, found "CHANNELS 6 Xposition Yposition". Export the file again.',
  },
  {
    path: 'bvh-python/test_freebvh.bvh',
    content: sample('bvh/test_freebvh.bvh'),
    format: 'bvh',
    recordings: [{ frames: 69, persons: 1, points: { '0/0/0': [-0.2399, 98.2948, -0.5224] } }],
  },
  {
    path: 'bvh-python/test_mocapbank.bvh',
    content: sample('bvh/test_mocapbank.bvh'),
    format: 'bvh',
    recordings: [{ frames: 455, persons: 1, points: { '0/0/0': [-44.0003, 93.5663, 229.0256] } }],
  },
];

export const textRows: readonly Row[] = [...ntu, ...kinect, ...motion];

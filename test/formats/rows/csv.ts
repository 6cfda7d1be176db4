import { type Row, sample } from '../row.js';

const UTF_16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));

/** A row of `joints` x 3 numbers: (j, j + first, 3) of joint j. */
const numbers = (joints: number, first: number) =>
  Array.from({ length: joints }, (_, j) => `${j},${j + first},3`).join(',');

const named: readonly Row[] = [
  {
    path: 'capitals.csv',
    content:
      '\uFEFFtimestamp_ms,LEFT_WRIST_x,LEFT_WRIST_y,LEFT_WRIST_z,NOSE_x,NOSE_y,NOSE_z\r\n0,1,2,3,4,5,6\r\n40,1.5,2,3,,,\r\n',
    format: 'csv',
    recordings: [
      {
        part: '',
        frames: 2,
        persons: 1,
        joints: 2,
        dimensions: 3,
        jointNames: ['LEFT_WRIST', 'NOSE'],
        seconds: [0, 0.04],
        notes: ['1 of 4 joints lost'],
        points: { '0/0/1': [4, 5, 6], '1/0/0': [1.5, 2, 3], '1/0/1': null },
      },
    ],
  },
  {
    path: 'points-and-quotes.csv',
    content: '"left_wrist.x","left_wrist.y","nose.x","nose.y"\n"1","2","3","NaN"\n4,5,6,7\n',
    format: 'csv',
    recordings: [
      {
        frames: 2,
        joints: 2,
        dimensions: 2,
        jointNames: ['left_wrist', 'nose'],
        points: { '0/0/1': null, '1/0/1': [6, 7, 0] },
      },
    ],
  },
  {
    path: 'rokoko.csv',
    content:
      'Timestamp,Hips_position_x,Hips_position_y,Hips_position_z,Hips_rotation_x,Hips_rotation_y,Hips_rotation_z\n0.00,0.1,0.2,0.3,9,9,9\n0.01,0.4,0.5,0.6,9,9,9\n',
    format: 'csv',
    recordings: [
      {
        frames: 2,
        joints: 1,
        seconds: [0, 0.01],
        notes: ['3 columns of rotations, velocities or errors left out'],
        points: { '1/0/0': [0.4, 0.5, 0.6] },
      },
    ],
  },
  {
    path: 'quadruples.csv',
    content: `${Array.from({ length: 33 }, (_, i) => `x${i},y${i},z${i},v${i}`).join(',')}\n${Array.from({ length: 33 }, (_, i) => `${i},1,2,${i === 5 ? 0.49 : 0.5}`).join(',')}\n`,
    format: 'csv',
    recordings: [{ frames: 1, joints: 33, layout: 'mediapipe-pose', points: { '0/0/4': [4, 1, 2], '0/0/5': null } }],
  },
  {
    // Dumped from a landmarker of hands, whose visibilities are all 0; in the second frame no hand was found.
    path: 'hands-without-visibility.csv',
    content: `${Array.from({ length: 21 }, (_, i) => `x${i},y${i},z${i},visibility${i}`).join(',')}\n${Array.from({ length: 21 }, (_, i) => `${i},1,2,0`).join(',')}\n${Array(84).fill(0).join(',')}\n`,
    format: 'csv',
    recordings: [
      { frames: 2, joints: 21, points: { '0/0/0': [0, 1, 2], '0/0/5': [5, 1, 2], '1/0/0': null, '1/0/5': null } },
    ],
  },
  {
    path: 'numbered-by-axis.csv',
    content: `class,${[1, 2, 3].map((i) => `x${i}`).join(',')},${[1, 2, 3].map((i) => `y${i}`).join(',')}\nwave,1,2,3,4,5,6\nclap,7,8,9,1,2,3\n`,
    format: 'csv',
    recordings: [
      { part: 'line 2', frames: 1, joints: 3, label: 'wave', points: { '0/0/2': [3, 6, 0] } },
      { part: 'line 3', frames: 1, joints: 3, label: 'clap', points: { '0/0/0': [7, 1, 0] } },
    ],
  },
  {
    path: 'decimal-commas.csv',
    content: 'Zeit;landmark_0_x;landmark_0_y;landmark_1_x;landmark_1_y\n0;0,25;0,5;1;-2,5e-1\n',
    format: 'csv',
    recordings: [
      {
        frames: 1,
        joints: 2,
        dimensions: 2,
        notes: ['columns left out: Zeit'],
        points: { '0/0/0': [0.25, 0.5, 0], '0/0/1': [1, -0.25, 0] },
      },
    ],
  },
  {
    path: 'quoted-decimal-commas.csv',
    content: 'a_x,a_y,b_x,b_y\n"0,25","0,5",1,"-2,5e-1"\n',
    format: 'csv',
    recordings: [{ frames: 1, joints: 2, points: { '0/0/0': [0.25, 0.5, 0], '0/0/1': [1, -0.25, 0] } }],
  },
  {
    path: 'decimal-commas-between-commas.csv',
    content: 'a_x,a_y,b_x,b_y\n0,25,0,5,1,-0,25\n',
    error:
      'decimal-commas-between-commas.csv, line 2: expected 4 columns as in the header, found 7, as if decimal commas stood between commas. Write decimal points, or semicolons between the cells: 0.5,1.25 or 0,5;1,25.',
  },
  {
    // 63 numbers of a hand become 126 whole ones, as many as two hands have
    path: 'decimal-commas-of-a-hand.csv',
    content: `${Array(63).fill('0,05').join(',')}\n`,
    error:
      'decimal-commas-of-a-hand.csv: expected coordinates between commas, found whole numbers such as 05, as if decimal commas stood between commas. Write decimal points, or semicolons between the cells: 0.5,1.25 or 0,5;1,25.',
  },
  {
    path: 'of-a-spreadsheet.txt',
    content: UTF_16('1_x\t1_y\t0_x\t0_y\r\n1,5\t2,5\t3\t4\r\n'),
    format: 'csv',
    recordings: [{ frames: 1, joints: 2, points: { '0/0/0': [3, 4, 0], '0/0/1': [1.5, 2.5, 0] } }],
  },
  {
    path: 'deeplabcut.csv',
    content:
      'scorer,DLC_resnet50,DLC_resnet50,DLC_resnet50,DLC_resnet50,DLC_resnet50,DLC_resnet50\nbodyparts,nose,nose,nose,tail,tail,tail\ncoords,x,y,likelihood,x,y,likelihood\n0,10,20,0.99,30,40,0.2\n1,11,21,0.99,31,41,0.9\n',
    format: 'csv',
    recordings: [
      {
        frames: 2,
        joints: 2,
        dimensions: 2,
        jointNames: ['nose', 'tail'],
        points: { '0/0/0': [10, 20, 0], '0/0/1': null, '1/0/1': [31, 41, 0] },
      },
    ],
  },
  {
    path: 'pandas-multiindex.csv',
    content: 'joint,0,0,0,1,1,1\naxis,x,y,z,x,y,z\nframe,,,,,,\n0,1,2,3,4,5,6\n',
    format: 'csv',
    recordings: [{ frames: 1, joints: 2, points: { '0/0/1': [4, 5, 6] } }],
  },
  {
    path: 'vicon.csv',
    content:
      'Trajectories\n100\n,,Ada:LFHD,,,Ada:RFHD,,\nFrame,Sub Frame,X,Y,Z,X,Y,Z\n,,mm,mm,mm,mm,mm,mm\n1,0,1,2,3,4,5,6\n2,0,1,2,3,,,\n',
    format: 'csv',
    recordings: [
      {
        frames: 2,
        joints: 2,
        unit: 'millimetre',
        framesPerSecond: 100,
        jointNames: ['LFHD', 'RFHD'],
        points: { '0/0/1': [4, 5, 6], '1/0/1': null },
      },
    ],
  },
  {
    path: 'data-set.csv',
    content:
      'video,label,subject,frame,hand_x,hand_y\nC:\\wave\\01.mp4,wave,Ada,0,1,2\nC:\\clap\\02.mp4,clap,Bob,0,5,6\nC:\\wave\\01.mp4,wave,Ada,1,3,4\n',
    format: 'csv',
    recordings: [
      { part: 'C:/wave/01.mp4', frames: 2, label: 'wave', subject: 'Ada', points: { '1/0/0': [3, 4, 0] } },
      { part: 'C:/clap/02.mp4', frames: 1, label: 'clap', subject: 'Bob' },
    ],
  },
  {
    path: 'frames-start-again.csv',
    content: 'frame,a_x,a_y\n1,0,0\n2,0,1\n1,5,5\n2,6,6\n',
    format: 'csv',
    recordings: [
      { part: 'line 2', frames: 2 },
      { part: 'line 4', frames: 2, points: { '1/0/0': [6, 6, 0] } },
    ],
  },
  {
    path: 'two-bodies.csv',
    content: 'frame,body_id,a_x,a_y\n1,7,0,1\n1,9,2,3\n2,9,4,5\n',
    format: 'csv',
    recordings: [
      { frames: 2, persons: 2, points: { '0/0/0': [0, 1, 0], '0/1/0': [2, 3, 0], '1/0/0': null, '1/1/0': [4, 5, 0] } },
    ],
  },
  {
    path: 'row-a-joint.csv',
    content: 'frame,type,landmark_index,x,y,z\n0,pose,0,1,2,3\n0,pose,1,4,5,6\n1,pose,1,7,8,9\n',
    format: 'csv',
    recordings: [
      {
        frames: 2,
        joints: 2,
        jointNames: ['pose_0', 'pose_1'],
        points: { '0/0/1': [4, 5, 6], '1/0/0': null, '1/0/1': [7, 8, 9] },
      },
    ],
  },
  {
    path: 'row-a-joint-of-no-frame.csv',
    content: 'keypoint,x,y\nnose,1,2\near,3,4\n',
    error:
      'row-a-joint-of-no-frame.csv, line 1: expected a column that counts frames or time, found rows of joints without one. Add a column named frame.',
  },
  {
    path: 'long-name.csv',
    content: `${'_'.repeat(60_000)}w,${'9'.repeat(3000)}w\n1,2\n3,4\n`,
    error: `long-name.csv, line 1: expected columns of joints such as left_wrist_x, left_wrist_y or x0, y0, found ${'_'.repeat(100)}. Name the columns like that.`,
  },
  {
    path: 'no-joint.csv',
    content: 'mass,height\n70,1.8\n60,1.7\n',
    error:
      'no-joint.csv, line 1: expected columns of joints such as left_wrist_x, left_wrist_y or x0, y0, found mass, height. Name the columns like that.',
  },
  {
    path: 'y-is-missing.csv',
    content: 'a_x,a_y,b_x\n1,2,3\n4,5,6\n',
    error: 'y-is-missing.csv, line 1: expected x, y of joint "b", found no y. Add the column, or leave the joint out.',
  },
  {
    path: 'twice.csv',
    content: 'a_x,a_y,a_x,a_y\n1,2,3,4\n1,2,3,4\n',
    error:
      'twice.csv, line 1: expected each column once, found "a_x" again in column 3. Give each column a name of its own.',
  },
  {
    path: 'short-row.csv',
    content: 'a_x,a_y,b_x,b_y\n1,2,3,4\n1,2\n',
    error: 'short-row.csv, line 3: expected 4 columns as in the header, found 2. Check that the file is complete.',
  },
  {
    path: 'word.csv',
    content: 'a_x,a_y\n1,2\n1,0x10\n3,4\n',
    error:
      'word.csv, line 3, column 2: expected a number, found "0x10". Write numbers, and leave the cell empty or write NaN where a joint was lost.',
  },
];

/** As a program wrote 25 joints of OpenPose: pixels and a confidence. */
const bodies = `${Array(25).fill('912 205.6 0.8').join(' ')}\n${Array(24).fill('912 205.6 0.8').join(' ')} 0 0 0\n`;

const headless: readonly Row[] = [
  {
    path: 'hand.csv',
    content: `${numbers(21, 1)}\n${numbers(21, 2)}\n`,
    format: 'csv',
    recordings: [{ frames: 2, joints: 21, dimensions: 3, points: { '0/0/20': [20, 21, 3], '1/0/20': [20, 22, 3] } }],
  },
  {
    path: 'numbered-frames.txt',
    content: `1,${numbers(15, 1)}\n2,${numbers(15, 2)}\n`,
    format: 'csv',
    recordings: [{ frames: 2, joints: 15, points: { '1/0/14': [14, 16, 3] } }],
  },
  {
    path: 'openpose-75-columns.txt',
    content: bodies,
    format: 'csv',
    recordings: [
      {
        frames: 2,
        joints: 25,
        dimensions: 2,
        unit: 'pixel',
        layout: 'openpose-body-25',
        points: { '0/0/24': [912, 205.6, 0], '1/0/24': null },
      },
    ],
  },
  {
    path: 'holistic-1662.csv',
    content: `${[...Array(132).fill(0.6), ...Array(1404).fill(0.1), ...Array(63).fill(0), ...Array(63).fill(0.7)].join(',')}\n`,
    format: 'csv',
    recordings: [
      {
        frames: 1,
        joints: 75,
        layout: 'mediapipe-holistic',
        points: { '0/0/0': [0.6, 0.6, 0.6], '0/0/33': null, '0/0/74': [0.7, 0.7, 0.7] },
      },
    ],
  },
  {
    path: 'blanks-and-decimal-commas.txt',
    content: '0,5 1,5 2,5 3,5 4,5 5,5\n0,5 1,5 2,5 3,5 4,5 5,25\n',
    format: 'csv',
    recordings: [{ frames: 2, joints: 2, points: { '1/0/1': [3.5, 4.5, 5.25] } }],
  },
  {
    path: 'seven-columns.csv',
    content: '1.5,2,3,4,5,6,7\n1,2,3,4,5,6,7\n',
    error:
      'seven-columns.csv: expected x, y, z (or x, y, or x, y, z, visibility) of the joints of a known skeleton, or a first line that names the columns, found 7 columns without names. Write a first line such as label,x0,y0,x1,y1,...',
  },
  {
    path: 'hexadecimal.txt',
    content: `0x10,${numbers(25, 1).slice(2)}\n`,
    error:
      'hexadecimal.txt, line 1, column 1: expected a number, found "0x10". Write numbers, and leave the cell empty or write NaN where a joint was lost.',
  },
  {
    path: 'short-last-line.csv',
    content: `${numbers(21, 1)}\n1,2\n`,
    error: 'short-last-line.csv, line 2: expected 63 columns, found 2. Check that the file is complete.',
  },
  {
    path: 'hand-gesture-recognition-using-mediapipe/keypoint.csv',
    content: sample('mediapipe-csv/keypoint.csv'),
    format: 'csv',
    count: 4450,
    recordings: [
      {
        part: 'line 1',
        frames: 1,
        joints: 21,
        dimensions: 2,
        label: '0',
        points: { '0/0/0': [0, 0, 0], '0/0/1': [0.2007874, -0.0511811, 0] },
      },
    ],
  },
  {
    path: 'hand-gesture-recognition-using-mediapipe/point_history.csv',
    content: sample('mediapipe-csv/point_history.csv'),
    error:
      'hand-gesture-recognition-using-mediapipe/point_history.csv: expected x, y, z (or x, y, or x, y, z, visibility) of the joints of a known skeleton, or a first line that names the columns, found 33 columns without names, the first of which looks like a label. Write a first line such as label,x0,y0,x1,y1,...',
  },
  {
    path: 'readme.txt',
    content: 'Data of 12 persons.\nRead 1 first.\n',
    error: `readme.txt: expected a recording: FORMATS, found text that begins "Data of 12 persons.\\nRead 1 first.\\n". Export the recording in one of these formats, or leave the file out.`,
  },
];

export const csvRows: readonly Row[] = [...named, ...headless];

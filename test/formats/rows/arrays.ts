import { type Expected, file, type Row, sample } from '../row.js';

/** 0, 1, 2 ... as (2 frames, 3 joints, 3). */
const counted: Expected = {
  part: '',
  frames: 2,
  persons: 1,
  joints: 3,
  dimensions: 3,
  points: { '0/0/0': [0, 1, 2], '1/0/2': [15, 16, 17] },
};

const NUMBERS = 'an array of numbers (f2 to f8, i1 to i8, u1 to u8, b1)';
const SHAPES =
  'an array of (frames, joints, 2 or 3), (frames, persons, joints, 2 or 3), ST-GCN’s (3, frames, joints, persons), many of ' +
  'them, or rows of numbers';

const npy: readonly Row[] = [
  { path: 'frames-joints-3.npy', content: file('frames-joints-3.npy'), format: 'npy', recordings: [counted] },
  { path: 'big-endian-fortran.npy', content: file('big-endian-fortran.npy'), format: 'npy', recordings: [counted] },
  {
    path: 'half.npy',
    content: file('half.npy'),
    format: 'npy',
    recordings: [{ dimensions: 2, joints: 3, points: { '0/0/1': [2, 3, 0], '1/0/2': [10, 11, 0] } }],
  },
  {
    path: 'persons.npy',
    content: file('persons.npy'),
    format: 'npy',
    recordings: [{ frames: 4, persons: 2, joints: 3, points: { '3/1/2': [69, 70, 71] } }],
  },
  {
    path: 'rows-of-6.npy',
    content: file('rows-of-6.npy'),
    format: 'npy',
    recordings: [{ frames: 2, joints: 2, points: { '1/0/1': [9, 10, 11] } }],
  },
  {
    path: 'visibility.npy',
    content: file('visibility.npy'),
    format: 'npy',
    recordings: [
      {
        notes: ['1 joints lost (visibility below 0.5)'],
        points: { '0/0/0': [0, 1, 2], '0/0/1': null, '1/0/2': [20, 21, 22] },
      },
    ],
  },
  {
    path: 'scores.npy',
    content: file('scores.npy'),
    format: 'npy',
    recordings: [
      {
        dimensions: 2,
        notes: ['the third coordinate is read as a score: it lies in 0 to 1 beside pixels'],
        points: { '0/0/1': [103, 104, 0], '1/0/2': null },
      },
    ],
  },
  {
    path: 'st-gcn/train_data.npy',
    content: file('train_data.npy'),
    beside: { 'train_label.pkl': file('train_label.pkl') },
    format: 'npy',
    recordings: [
      {
        part: '[0]',
        label: '7',
        frames: 3,
        persons: 2,
        joints: 2,
        notes: ['a person is absent 3 times (all zeros)'],
        points: { '0/0/0': [1, 7, 13], '2/0/1': [6, 12, 18], '0/1/0': null },
      },
      { part: '[1]', label: '3', frames: 4, points: { '3/1/1': [16, 32, 48] } },
    ],
  },
  {
    path: 'train_data_fortran.npy',
    content: file('train_data_fortran.npy'),
    format: 'npy',
    recordings: [
      { frames: 3, points: { '0/0/0': [1, 7, 13], '2/0/1': [6, 12, 18], '0/1/0': null } },
      { frames: 4, points: { '3/1/1': [16, 32, 48] } },
    ],
  },
  {
    path: 'objects.npy',
    content: file('objects.npy'),
    error: `objects.npy: expected ${NUMBERS}, found Python objects. Save each recording as a separate array of numbers.`,
  },
  {
    path: 'columns.npy',
    content: file('columns.npy'),
    error:
      'columns.npy: expected an array of numbers of one type, found a table of named columns. ' +
      'Save the columns as one float32 array.',
  },
  {
    path: 'seven-axes.npy',
    content: file('seven-axes.npy'),
    error: `seven-axes.npy: expected ${SHAPES}, found the shape (1, 1, 1, 1, 1, 1, 1). Save it as (frames, joints, 3).`,
  },
  {
    path: 'cut-off.npy',
    content: file('frames-joints-3.npy').subarray(0, 190),
    error:
      'cut-off.npy: expected 72 bytes of data for the shape (2, 3, 3), found 62. ' +
      'The file is cut off or damaged: copy it again.',
  },
];

const holistic: Expected = { frames: 1, persons: 1, joints: 75, layout: 'mediapipe-holistic', unit: 'image' };

const npyFrames: readonly Row[] = [
  {
    path: 'holistic-row.npy',
    content: file('holistic-row.npy'),
    format: 'npy-frames',
    recordings: [
      {
        ...holistic,
        points: {
          '0/0/0': [0, 0.001, 0.002],
          '0/0/1': null,
          '0/0/33': null,
          '0/0/53': null,
          '0/0/54': [0, 0.01, 0.02],
          '0/0/74': [0.6, 0.61, 0.62],
        },
      },
    ],
  },
  {
    path: 'mediapipe-holistic-npy/0/0.npy',
    content: sample('mediapipe-holistic-npy/0/0.npy'),
    format: 'npy-frames',
    recordings: [
      {
        ...holistic,
        points: {
          '0/0/0': [0.57626, 0.59192, -2.30149],
          '0/0/2': [0.62879, 0.48681, -2.21733],
          '0/0/13': null,
          '0/0/54': null,
        },
      },
    ],
  },
  {
    path: 'row-cut-off.npy',
    content: file('holistic-row.npy').subarray(0, 2000),
    error:
      'row-cut-off.npy: expected 2064 bytes of data for the shape (258), found 1872. ' +
      'The file is cut off or damaged: copy it again.',
  },
  {
    path: 'short-row.npy',
    content: npyOf("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", 16),
    error: `short-row.npy: expected ${SHAPES}, found the shape (4). Save it as (frames, joints, 3).`,
  },
];

/** A file of numpy.save with that header and so many bytes of zeros. */
function npyOf(header: string, bytes: number): Uint8Array {
  const whole = new Uint8Array(10 + header.length + bytes);
  whole.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  whole.set(new TextEncoder().encode(header), 10);
  return whole;
}

/** The archive with the unpacked size of its first file written otherwise, in the directory at the end. */
function withSize(archive: Uint8Array, bytes: number): Uint8Array {
  const changed = Uint8Array.from(archive);
  const view = new DataView(changed.buffer);
  let at = 0;
  while (view.getUint32(at, true) !== 0x02014b50) at++;
  view.setUint32(at + 24, bytes, true);
  return changed;
}

const npz: readonly Row[] = [
  {
    path: 'ctr-gcn.npz',
    content: file('ctr-gcn.npz'),
    format: 'npz',
    recordings: [
      {
        part: 'x_train[0]',
        label: '2',
        splits: { published: 'train' },
        frames: 2,
        persons: 2,
        joints: 25,
        points: { '0/0/1': [4, 5, 6], '1/0/24': [73, 74, 75], '0/1/0': null },
      },
      { part: 'x_train[1]', label: '0', frames: 3, points: { '2/1/24': [2, 2, 2] } },
      { part: 'x_test', label: '3', splits: { published: 'test' }, frames: 2 },
    ],
  },
  {
    path: 'a-recording-each.npz',
    content: file('a-recording-each.npz'),
    format: 'npz',
    recordings: [
      { ...counted, part: 'wave' },
      { part: 'point', frames: 3 },
    ],
  },
  {
    path: 'cut-off.npz',
    content: file('ctr-gcn.npz').subarray(0, 900),
    error:
      'cut-off.npz: expected a zip archive with its directory at the end, found an archive that is cut off. ' +
      'The file is cut off or damaged: copy it again.',
  },
  {
    path: 'bomb.npz',
    content: withSize(file('ctr-gcn.npz'), 0xfffffff0),
    error:
      'bomb.npz, x_train.npy: expected a size that its bytes can hold, found 4294967280 bytes out of 252. Leave it out.',
  },
];

const annotations: readonly Expected[] = [
  {
    part: 'S001C001P003R001A001',
    label: '0',
    subject: 'P003',
    splits: { xsub: 'train' },
    frames: 2,
    persons: 1,
    joints: 17,
    dimensions: 2,
    layout: 'coco-17',
    unit: 'pixel',
    aspect: 16 / 9,
    points: { '0/0/1': [2, 3, 0], '1/0/15': [64, 65, 0], '1/0/16': null },
  },
  {
    part: 'other',
    label: '59',
    splits: { xsub: 'test' },
    frames: 2,
    persons: 2,
    joints: 25,
    dimensions: 3,
    layout: 'kinect-v2',
    unit: 'metre',
    points: { '1/1/24': [297, 298, 299] },
  },
];

const pickle: readonly Row[] = [
  ...[2, 3, 4, 5].map((protocol) => ({
    path: `pyskl-${protocol}.pkl`,
    content: file(`pyskl-${protocol}.pkl`),
    format: 'pickle',
    recordings: annotations,
  })),
  {
    path: 'numpy-labels.pkl',
    content: file('numpy-labels.pkl'),
    format: 'pickle',
    recordings: [{ part: 'other', label: '5', joints: 4, points: { '1/0/3': [21, 22, 23] } }],
  },
  {
    path: 'dd-net.pkl',
    content: file('dd-net.pkl'),
    format: 'pickle',
    recordings: [
      { part: 'pose[0]', label: 'clap', layout: 'jhmdb-15', dimensions: 2, points: { '1/0/14': [58, 59, 0] } },
    ],
  },
  {
    path: 'train_label.pkl',
    content: file('train_label.pkl'),
    beside: { 'train_data.npy': file('train_data.npy') },
    format: 'pickle',
    recordings: [],
  },
  {
    path: 'without-data/train_label.pkl',
    content: file('train_label.pkl'),
    error:
      'without-data/train_label.pkl, [0]: expected PYSKL annotations, {pose, label}, or arrays of numbers, ' +
      'found other values. Save the recordings as arrays, with numpy.save.',
  },
  {
    path: 'without-keypoints.pkl',
    content: file('without-keypoints.pkl'),
    error:
      'without-keypoints.pkl, annotations[0]: expected an array "keypoint" (persons, frames, joints, 2 or 3), found ' +
      'frame_dir, label and no keypoints. This PYSKL or mmaction2 pickle names files that hold the keypoints: ' +
      'give one that has them inside.',
  },
  {
    path: 'mmaction2-pkl/sample.pkl',
    content: sample('mmaction2-pkl/sample.pkl'),
    error:
      'mmaction2-pkl/sample.pkl, annotations[0]: expected an array "keypoint" (persons, frames, joints, 2 or 3), found ' +
      'label, frame_dir, img_shape, original_shape, frame_inds, box_score, total_frames, valid and no keypoints. ' +
      'This PYSKL or mmaction2 pickle names files that hold the keypoints: give one that has them inside.',
  },
  {
    path: 'texts.pkl',
    content: file('texts.pkl'),
    error:
      'texts.pkl, [0]: expected PYSKL annotations, {pose, label}, or arrays of numbers, found other values. ' +
      'Save the recordings as arrays, with numpy.save.',
  },
  {
    path: 'attack.pkl',
    content: file('attack.pkl'),
    error:
      'attack.pkl, byte 29: expected arrays, numbers, texts, lists and dictionaries, found "posix.system". ' +
      'A pickle that names functions could run a program and is not read: save the arrays with numpy.save.',
  },
  {
    path: 'cut-off.pkl',
    content: file('pyskl-4.pkl').subarray(0, 700),
    error:
      'cut-off.pkl, byte 661: expected a whole pickle, found its end or a length beyond it. Copy the whole file again.',
  },
];

export const arrayRows: readonly Row[] = [...npy, ...npyFrames, ...npz, ...pickle];

import { file, type Row } from '../row.js';

export const parquetRows: readonly Row[] = [
  {
    path: 'train_landmark_files/26734/1000035562.parquet',
    content: file('asl-signs.parquet'),
    format: 'parquet',
    recordings: [
      {
        part: '',
        frames: 4,
        persons: 1,
        joints: 75,
        dimensions: 3,
        layout: 'mediapipe-holistic',
        unit: 'image',
        notes: ['1 of 4 frames without a person', '108 of 225 joints lost (not seen)'],
        points: {
          '0/0/0': [0.2, 0.02, 0],
          '0/0/16': null,
          '1/0/32': [0.21, 0.02, 0.32],
          '1/0/33': null,
          '1/0/54': [0.21, 0.03, 0],
          '1/0/74': [0.21, 0.03, 0.2],
          '2/0/0': null,
          '3/0/15': [0.23, 0.02, 0.15],
          '3/0/74': null,
        },
      },
    ],
  },
  {
    path: 'hands.parquet',
    content: file('hands.parquet'),
    format: 'parquet',
    recordings: [
      {
        frames: 2,
        persons: 2,
        joints: 21,
        layout: 'mediapipe-hand',
        notes: ['person 1 is the left hand, person 2 the right one', '1 of 2 frames without a person'],
        points: { '0/0/20': [0, 0.01, 0.2], '0/1/1': [0, 0.03, 0.01], '1/0/0': null, '1/1/20': null },
      },
    ],
  },
  {
    path: 'cut-off.parquet',
    content: file('hands.parquet').subarray(0, 1000),
    error: 'cut-off.parquet, end: expected PAR1, after the footer, found other bytes. Copy the file again.',
  },
  {
    path: 'wide.parquet',
    content: file('wide.parquet'),
    error:
      'wide.parquet, columns: expected frame, type, landmark_index, x, y, z, found time, nose_x, nose_y. Write frame, type, landmark_index, x, y, z, a row for each landmark.',
  },
  {
    path: 'twice.parquet',
    content: file('twice.parquet'),
    error:
      'twice.parquet, row 85: expected each landmark once in a frame, found left_hand 0 again. Write frame, type, landmark_index, x, y, z, a row for each landmark.',
  },
  {
    path: 'zstd.parquet',
    content: file('zstd.parquet'),
    error:
      "zstd.parquet, column frame: expected the compression snappy, or none, found ZSTD. Write it with compression='snappy'.",
  },
];

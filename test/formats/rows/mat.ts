import { file, type Row } from '../row.js';

const notCounted = { persons: 1, joints: 3, dimensions: 3 } as const;

export const matRows: readonly Row[] = [
  {
    path: 'a1_s1_t1_skeleton.mat',
    content: file('a1_s1_t1_skeleton.mat'),
    format: 'mat',
    recordings: [
      {
        part: 'd_skel',
        frames: 3,
        persons: 1,
        joints: 20,
        dimensions: 3,
        layout: 'kinect-v1-20',
        unit: 'metre',
        points: { '0/0/0': [3, 3.5, 0], '1/0/3': [0, 0.5, 1], '2/0/19': [19, 19.5, 2] },
      },
    ],
  },
  {
    path: 'two-variables.mat',
    content: file('two-variables.mat'),
    format: 'mat',
    recordings: [
      { ...notCounted, part: 'wave', frames: 2, points: { '0/0/1': [3, 4, 5], '1/0/2': [15, 16, 17] } },
      { ...notCounted, part: 'hop', frames: 4, points: { '3/0/2': [33, 34, 35] } },
    ],
  },
  {
    path: 'only-a-structure.mat',
    content: file('only-a-structure.mat'),
    error: 'only-a-structure.mat: expected an array of numbers, found none. Save (frames, joints, 3) as an array.',
  },
  {
    path: 'cut-off.mat',
    content: file('a1_s1_t1_skeleton.mat').subarray(0, 200),
    error: 'cut-off.mat, byte 0: expected an element of 172 bytes, found 64 bytes. Copy the file again.',
  },
  {
    path: 'new.mat',
    content: `MATLAB 7.3 MAT-file, Platform: GLNXA64${' '.repeat(200)}`,
    error:
      'new.mat: expected a MATLAB file up to version 7, found version 7.3, which is HDF5. Save it with save(..., "-v7").',
  },
];

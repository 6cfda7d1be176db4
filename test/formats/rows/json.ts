import type { Row } from '../row.js';

/** `count` landmarks (i, i + 1, i + 2) / 100, of which some are written otherwise. */
function landmarks(count: number, others: Readonly<Record<number, object>> = {}): object[] {
  return Array.from({ length: count }, (_, i) => ({ x: i / 100, y: (i + 1) / 100, z: (i + 2) / 100, ...others[i] }));
}

const pose = landmarks(33);
const hand = landmarks(21);
const json = (value: unknown) => JSON.stringify(value);

const anyrate: readonly Row[] = [
  {
    path: 'plain.json',
    content: '{"frames": [[[1, 2, 3], null], null, [[4, 5, 6], [null, null, null]]]}',
    format: 'anyrate-json',
    recordings: [
      {
        frames: 3,
        persons: 1,
        joints: 2,
        dimensions: 3,
        notes: ['1 of 3 frames without a person', '2 of 4 joints lost (null)'],
        points: { '0/0/0': [1, 2, 3], '0/0/1': null, '1/0/0': null, '2/0/0': [4, 5, 6] },
      },
    ],
  },
  {
    path: 'two-persons.json',
    content: json({
      persons: 2,
      layout: 'kinect-v2',
      joints: ['a', 'b'],
      seconds: [0, 0.5],
      unit: 'metre',
      label: 'wave',
      subject: 'Ada',
      frames: [
        [
          [1, 1, 1],
          [2, 2, 2],
          [3, 3, 3],
          [4, 4, 4],
        ],
        [[1, 1, 1], [2, 2, 2], null, null],
      ],
    }),
    format: 'anyrate-json',
    recordings: [
      {
        frames: 2,
        persons: 2,
        joints: 2,
        layout: 'kinect-v2',
        jointNames: ['a', 'b'],
        unit: 'metre',
        label: 'wave',
        subject: 'Ada',
        seconds: [0, 0.5],
        points: { '0/1/0': [3, 3, 3], '1/0/1': [2, 2, 2], '1/1/1': null },
      },
    ],
  },
  {
    path: 'nested-persons-2d.json',
    content: '[[[[1, 2], [3, 4]], null], [[[5, 6], [7, 8]], [[9, 1], null]]]',
    format: 'anyrate-json',
    recordings: [
      {
        frames: 2,
        persons: 2,
        joints: 2,
        dimensions: 2,
        points: { '0/1/0': null, '1/0/1': [7, 8, 0], '1/1/0': [9, 1, 0] },
      },
    ],
  },
  {
    path: 'nan-of-python.json',
    content: '{"frames": [[[1, 2, 3], [NaN, NaN, NaN]]]}',
    format: 'anyrate-json',
    recordings: [{ frames: 1, joints: 2, points: { '0/0/1': null } }],
  },
  {
    path: 'cut-off.json',
    content: '{"frames": [[[1, 2, 3]',
    error:
      'cut-off.json: expected JSON, found text that is not valid at character 23. Export it again, or copy the whole file again.',
  },
  {
    path: 'joints-differ.json',
    content: '{"frames": [[[1, 2, 3], [1, 2, 3]], [[1, 2, 3]]]}',
    error:
      'joints-differ.json, frames[1]: expected a list of 2 joints, found a list of 1. Write {"frames": [[[x, y, z], ...], ...]} with all joints in each frame, null for what was lost.',
  },
  {
    path: 'too-large.json',
    content: '{"frames": [[[1, 2, 1e39]]]}',
    error:
      'too-large.json, frames[0][0][2]: expected a finite number, found 1e+39. Write {"frames": [[[x, y, z], ...], ...]} with all joints in each frame, null for what was lost.',
  },
  {
    path: 'deep.json',
    content: `{"frames": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    error:
      'deep.json, character 75: expected lists and objects at most 64 levels deep, found more. The file is not a recording: leave it out.',
  },
  {
    path: 'backwards.json',
    content: '{"frames": [[[1, 2, 3]], [[1, 2, 3]]], "seconds": [1, 0.5]}',
    error:
      'backwards.json, seconds[1]: expected a time not before 1, that of the frame before, found 0.5. Sort the frames, or split the recordings.',
  },
];

const mediapipe: readonly Row[] = [
  {
    path: 'tasks-pose.json',
    content: json([
      {
        timestamp: 0,
        landmarks: [landmarks(33, { 3: { visibility: 0.4 } })],
        worldLandmarks: [landmarks(33, { 0: { x: 9 } })],
      },
      { timestamp: 33, landmarks: [], worldLandmarks: [] },
      {
        timestamp: 67,
        landmarks: [landmarks(33, { 4: { presence: 0.1 }, 5: { visibility: 0.5 } })],
        worldLandmarks: [pose],
      },
    ]),
    format: 'mediapipe-json',
    recordings: [
      {
        frames: 3,
        persons: 1,
        joints: 33,
        layout: 'mediapipe-pose',
        unit: 'image',
        seconds: [0, 0.033, 0.067],
        notes: ['1 of 3 frames without a person', '2 of 66 joints lost (not seen, or visibility below 0.5)'],
        points: { '0/0/0': [0, 0.01, 0.02], '0/0/3': null, '1/0/0': null, '2/0/4': null, '2/0/5': [0.05, 0.06, 0.07] },
      },
    ],
  },
  {
    // As HandLandmarker of the Tasks writes hands, for JavaScript and for Python: they have neither, and 0 stands for that.
    path: 'tasks-hands.json',
    content: json([
      {
        timestamp: 0,
        landmarks: [hand.map((point) => ({ ...point, visibility: 0, presence: 0 }))],
        handedness: [[{ score: 0.9, index: 0, categoryName: 'Right', displayName: 'Right' }]],
      },
      { timestamp: 33, landmarks: [hand.map((point) => ({ ...point, visibility: 0 }))], handedness: [] },
    ]),
    format: 'mediapipe-json',
    recordings: [
      { frames: 2, persons: 1, joints: 21, points: { '0/0/0': [0, 0.01, 0.02], '1/0/20': [0.2, 0.21, 0.22] } },
    ],
  },
  {
    path: 'world-only.jsonl',
    content: `${json({ t: 0.1, pose_world_landmarks: pose })}\r\n${json({ t: 0.2, pose_world_landmarks: null })}\r\n`,
    format: 'mediapipe-json',
    recordings: [
      {
        frames: 2,
        joints: 33,
        unit: 'metre',
        seconds: [0.1, 0.2],
        points: { '0/0/32': [0.32, 0.33, 0.34], '1/0/32': null },
      },
    ],
  },
  {
    path: 'tasks-hands-without-visibility.json', // HandLandmarker of tasks-vision 0.10 writes 0 for every landmark
    content: json([{ landmarks: [hand.map((point) => ({ ...point, visibility: 0 }))] }]),
    format: 'mediapipe-json',
    recordings: [{ frames: 1, joints: 21, layout: 'mediapipe-hand', points: { '0/0/3': [0.03, 0.04, 0.05] } }],
  },
  {
    path: 'tasks-hands.json',
    content: json({
      width: 640,
      height: 480,
      frames: [
        {
          handednesses: [[{ score: 0.9, categoryName: 'Right' }], [{ score: 0.8, categoryName: 'Left' }]],
          landmarks: [landmarks(21, { 0: { x: 0.7 } }), landmarks(21, { 0: { x: 0.2 } })],
        },
        { handednesses: [[{ score: 0.9, category_name: 'Right' }]], landmarks: [landmarks(21, { 0: { x: 0.8 } })] },
      ],
    }),
    format: 'mediapipe-json',
    recordings: [
      {
        frames: 2,
        persons: 2,
        joints: 21,
        layout: 'mediapipe-hand',
        aspect: 640 / 480,
        points: { '0/0/0': [0.2, 0.01, 0.02], '0/1/0': [0.7, 0.01, 0.02], '1/0/0': null, '1/1/0': [0.8, 0.01, 0.02] },
      },
    ],
  },
  {
    path: 'legacy-hands.json',
    content: json([
      { multiHandLandmarks: [hand], multiHandedness: [{ index: 0, score: 0.9, label: 'Left' }] },
      { multiHandLandmarks: [hand], multiHandedness: [{ index: 1, score: 0.9, label: 'Right' }] },
    ]),
    format: 'mediapipe-json',
    recordings: [{ frames: 2, persons: 1, joints: 21, points: { '1/0/20': [0.2, 0.21, 0.22] } }],
  },
  {
    path: 'protocol-buffers-of-python.json',
    content: json([
      {
        multi_hand_landmarks: [{ landmark: hand }, { landmark: hand }],
        multi_handedness: [{ classification: [{ label: 'Left' }] }, { classification: [{ label: 'Right' }] }],
      },
    ]),
    format: 'mediapipe-json',
    recordings: [{ frames: 1, persons: 2, joints: 21 }],
  },
  {
    path: 'holistic.json',
    content: json([
      { poseLandmarks: pose, leftHandLandmarks: landmarks(21, { 0: { x: 0.5 } }), faceLandmarks: landmarks(468) },
      { poseLandmarks: pose, rightHandLandmarks: landmarks(21, { 20: { x: 0.6 } }) },
    ]),
    format: 'mediapipe-json',
    recordings: [
      {
        frames: 2,
        persons: 1,
        joints: 75,
        layout: 'mediapipe-holistic',
        points: { '0/0/33': [0.5, 0.01, 0.02], '0/0/54': null, '1/0/33': null, '1/0/74': [0.6, 0.21, 0.22] },
      },
    ],
  },
  {
    path: 'arrays.json',
    content: json({ results: [{ landmarks: hand.map((_, i) => [i, 1, 2]) }, { landmarks: [] }] }),
    format: 'mediapipe-json',
    recordings: [{ frames: 2, persons: 1, joints: 21, points: { '0/0/20': [20, 1, 2], '1/0/0': null } }],
  },
  {
    path: 'bare-frames.json',
    content: json([pose, [], pose]),
    format: 'mediapipe-json',
    recordings: [{ frames: 3, persons: 1, joints: 33, points: { '2/0/1': [0.01, 0.02, 0.03] } }],
  },
  {
    path: 'one-pose.json',
    content: json({ result: { landmarks: [pose] } }),
    format: 'mediapipe-json',
    recordings: [{ frames: 1, persons: 1, joints: 33 }],
  },
  {
    path: 'word.json',
    content: json([{ landmarks: [landmarks(33, { 2: { y: 'low' } })] }]),
    error:
      'word.json, frames[0].landmarks[2]: expected finite numbers as {"x": ..., "y": ..., "z": ...} or [x, y, z], found "low". Write the landmarks as MediaPipe gives them.',
  },
  {
    path: 'two-models.jsonl',
    content: `${json({ landmarks: pose })}\n${json({ landmarks: hand })}`,
    error:
      'two-models.jsonl, frame 2: expected 33 landmarks in all frames, found 21. Keep results of different models in separate files.',
  },
  {
    path: 'nobody.json',
    content: json([{ landmarks: [] }, { landmarks: [] }]),
    error:
      'nobody.json: expected landmarks in at least one of the frames, found 2 results without any. Leave the file out.',
  },
];

const others: readonly Row[] = [
  {
    path: 'package.json',
    content: '{"name": "anyrate"}',
    error: `package.json: expected a recording: FORMATS, found text that begins "{\\"name\\": \\"anyrate\\"}". Export the recording in one of these formats, or leave the file out.`,
  },
];

export const jsonRows: readonly Row[] = [...anyrate, ...mediapipe, ...others];

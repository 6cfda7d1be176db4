import type { Row } from '../row.js';

const json = (value: unknown) => JSON.stringify(value);

/** x and y of 18 joints in a column, a twentieth of the picture apart. */
const standing = (x: number) => Array.from({ length: 18 }, (_, i) => [x, i / 20]).flat();

/** x, y, confidence of `joints` joints, all of them at (x, y). */
const triples = (joints: number, x: number, y: number) => Array.from({ length: joints }, () => [x, y, 0.9]).flat();

const person = (joints: number, x: number) => ({
  person_id: [-1],
  pose_keypoints_2d: [x, 10, 0.9, ...triples(joints - 1, x + 5, 40)],
});

/** Files of 2-D detectors: OpenPose, COCO and those that write like them. */
export const detectorRows: readonly Row[] = [
  {
    path: 'video_000000000000_keypoints.json',
    content: json({ version: 1.3, people: [person(25, 100), person(25, 300)] }),
    format: 'openpose-json',
    recordings: [
      {
        frames: 1,
        persons: 2,
        joints: 25,
        layout: 'openpose-body-25',
        dimensions: 2,
        unit: 'pixel',
        points: { '0/0/0': [100, 10, 0], '0/1/24': [305, 40, 0] },
      },
    ],
  },
  {
    path: 'nobody_keypoints.json',
    content: '{"version":1.3,"people":[]}',
    format: 'openpose-json',
    recordings: [{ frames: 1, persons: 0, joints: 0 }],
  },
  {
    path: 'all-frames-exchanged.json',
    content: json([{ people: [person(18, 100), person(18, 300)] }, { people: [person(18, 301), person(18, 101)] }]),
    format: 'openpose-list',
    recordings: [
      {
        frames: 2,
        persons: 2,
        joints: 18,
        layout: 'openpose-coco-18',
        points: { '1/0/0': [101, 10, 0], '1/1/0': [301, 10, 0] },
      },
    ],
  },
  {
    path: 'unsure_keypoints.json',
    content: json({ people: [{ pose_keypoints_2d: [0, 0, 0, 0.5, 0.5, 0.04, 0.5, 0.6, 0.06] }] }),
    format: 'openpose-json',
    recordings: [{ joints: 3, unit: 'image', points: { '0/0/0': null, '0/0/1': null, '0/0/2': [0.5, 0.6, 0] } }],
  },
  {
    path: 'pairs_keypoints.json',
    content: '{"people": [{"pose_keypoints_2d": [1, 2, 0.5, 4]}]}',
    error:
      'pairs_keypoints.json, people[0].pose_keypoints_2d: expected x, y, confidence of each joint, found 4 numbers. Write the file again with the program that made it.',
  },
  {
    path: 'people-by-name_keypoints.json',
    content: '{"people": {"Ada": 1}}',
    error:
      'people-by-name_keypoints.json, people: expected a list of people, found an object with Ada. Run OpenPose with --write_json again, or leave the file out.',
  },
  {
    path: 'list-of-nobody.json',
    content: '[{"people": []}, {"people": []}]',
    error: 'list-of-nobody.json: expected a person in at least one of the frames, found 2 empty frames. Leave it out.',
  },
  {
    path: 'list-of-two-models.json',
    content: json([{ people: [person(18, 100)] }, { people: [person(25, 100)] }]),
    error:
      'list-of-two-models.json, frame 2: expected 18 joints in all frames, found 25. Keep results of different models in separate files.',
  },
  {
    path: 'coco.json',
    content: json({
      images: [
        { id: 7, file_name: 'a/1.jpg', width: 200, height: 100 },
        { id: 8, file_name: 'a/2.jpg', width: 200, height: 100 },
        { id: 9, file_name: 'b/1.jpg' },
      ],
      annotations: [
        { image_id: 8, track_id: 2, keypoints: triples(17, 30, 40) },
        { image_id: 7, track_id: 2, keypoints: triples(17, 10, 20) },
        { image_id: 9, track_id: 1, keypoints: [0, 0, 0, ...triples(16, 5, 6)] },
      ],
    }),
    format: 'coco-keypoints',
    recordings: [
      {
        part: 'a',
        frames: 2,
        persons: 1,
        joints: 17,
        layout: 'coco-17',
        aspect: 2,
        points: { '0/0/0': [10, 20, 0], '1/0/0': [30, 40, 0] },
      },
      { part: 'b', frames: 1, persons: 1, points: { '0/0/0': null, '0/0/1': [5, 6, 0] } },
    ],
  },
  {
    path: 'alphapose-results.json',
    content: json([
      { image_id: '0.jpg', category_id: 1, keypoints: triples(17, 10, 20), score: 2.9, idx: 1 },
      { image_id: '2.jpg', category_id: 1, keypoints: triples(17, 12, 20), score: 2.9, idx: 1 },
    ]),
    format: 'coco-keypoints',
    recordings: [
      {
        frames: 3,
        persons: 1,
        joints: 17,
        points: { '1/0/0': null, '2/0/0': [12, 20, 0] },
        notes: ['1 of 3 frames without a person'],
      },
    ],
  },
  {
    path: 'rtmpose.json',
    content: json({
      meta_info: { keypoint_id2name: { 0: 'nose', 1: 'neck' } },
      instance_info: [
        {
          frame_id: 1,
          instances: [
            {
              keypoints: [
                [1, 2],
                [3, 4],
              ],
              keypoint_scores: [0.9, 0.01],
            },
          ],
        },
        { frame_id: 2, instances: [] },
      ],
    }),
    format: 'coco-keypoints',
    recordings: [
      {
        frames: 2,
        persons: 1,
        joints: 2,
        jointNames: ['nose', 'neck'],
        points: { '0/0/0': [1, 2, 0], '0/0/1': null, '1/0/0': null },
      },
    ],
  },
  {
    path: 'short-scores.json',
    content: json([
      {
        keypoints: [
          [1, 2],
          [3, 4],
        ],
        keypoint_scores: [0.9],
      },
    ]),
    error:
      'short-scores.json, [0].keypoints: expected 2 scores, one per joint, found 1. Write the file again with the program that made it.',
  },
  {
    path: 'boxes-only.json',
    content: json({ images: [], annotations: [{ image_id: 1, bbox: [1, 2, 3, 4] }] }),
    error:
      'boxes-only.json, annotations[0].keypoints: expected a list of x, y, confidence, found nothing. Write the file again with the program that made it.',
  },
  {
    path: 'kinetics.json',
    content: json({
      data: [
        { frame_index: 1, skeleton: [{ pose: standing(0.4), score: [0, ...Array(17).fill(0.5)] }] },
        { frame_index: 2, skeleton: [] },
        { frame_index: 4, skeleton: [{ pose: standing(0.5), score: Array(18).fill(0.5) }] },
      ],
      label: 'jump',
      label_index: 3,
    }),
    format: 'kinetics-skeleton',
    recordings: [
      {
        frames: 4,
        persons: 1,
        joints: 18,
        layout: 'openpose-coco-18',
        label: 'jump',
        unit: 'image',
        points: { '0/0/0': null, '0/0/1': [0.4, 0.05, 0], '1/0/1': null, '2/0/1': null, '3/0/2': [0.5, 0.1, 0] },
      },
    ],
  },
  {
    path: 'kinetics-odd.json',
    content: json({ data: [{ frame_index: 1, skeleton: [{ pose: [0.1, 0.2, 0.3], score: [1] }] }], label: 'jump' }),
    error:
      'kinetics-odd.json, data[0].skeleton[0].pose: expected x and y of each joint, found 3 numbers. Write the file again with the program that made it.',
  },
  {
    path: 'kinetics-nobody.json',
    content: json({ data: [{ frame_index: 1, skeleton: [] }], label: 'jump' }),
    error: 'kinetics-nobody.json: expected a person in at least one of the frames, found 1 empty frames. Leave it out.',
  },
  {
    path: 'a01_s02_e00_v01.json',
    content: json({
      file_name: 'a01_s02_e00_v01',
      label: 1,
      skeletons: [Array(20).fill([0.1, 0.2, 3]), [[0, 0, 0], ...Array(19).fill([0.2, 0.3, 3.1])]],
    }),
    format: 'nw-ucla',
    recordings: [
      {
        frames: 2,
        joints: 20,
        layout: 'kinect-v1-20',
        label: '1',
        subject: '02',
        points: { '0/0/19': [0.1, 0.2, 3], '1/0/0': null },
      },
    ],
  },
  {
    path: 'ucla-joints.json',
    content: json({ skeletons: [Array(19).fill([0, 0, 1])] }),
    error:
      'ucla-joints.json, skeletons[0]: expected a list of 20 joints, found a list of 19. Copy the file again from its source, or leave it out.',
  },
  {
    path: 'ucla-flat.json',
    content: json({ skeletons: [Array(20).fill([0, 1])] }),
    error:
      'ucla-flat.json, skeletons[0][0]: expected [x, y, z], found 2 numbers. Copy the file again from its source, or leave it out.',
  },
];

// A recipe and recordings so small that a training takes a second.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Random } from '../../dist/core/random.js';

const RECIPE = {
  name: 'tiny',
  data: 'data',
  preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 2 }] },
  augmentation: [{ step: 'jitter', deviation: 0.02 }],
  network: [{ kind: 'graph-convolution', heads: 1, filters: 4, combine: 'sum' }],
  training: { epochs: 4, batch: 8 },
  report: [0, 0.9],
};

/** @param {string} folder gets tiny.json and data/ */
export function writePlayground(folder) {
  write(join(folder, 'tiny.json'), JSON.stringify(RECIPE));
  for (const [subject, classes] of [101, 102, 104, 106].map((id) => [id, ['circle', 'wave', 'rest']])) {
    for (const [c, name] of classes.entries()) {
      for (const take of [1, 2]) {
        write(join(folder, `data/${name}/${subject}/${take}.json`), movement(new Random(subject, c, take), c));
      }
    }
  }
}

function movement(random, c) {
  const frames = Array.from({ length: 12 }, (_, t) =>
    Array.from({ length: 21 }, (_, joint) =>
      [0, 1, 2].map((axis) => Number((Math.sin(joint + axis + (t * c) / 4) + 0.1 * random.normal()).toFixed(3))),
    ),
  );
  return JSON.stringify({ layout: 'mediapipe-hand', frames });
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

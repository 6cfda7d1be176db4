// node bench/windows.js FILE...: what a frame of a stream costs with an answer each frame, for model files of any recipe: by
// anyrate/runtime and by anyrate/runtime-simd, at 0.98. The least of many turns counts, since other programs only add to it.
import { readFileSync } from 'node:fs';
import { markdownTable } from 'markdown-table';
import { OneEuroFilter } from '../dist/runtime/stream/one-euro.js';
import { load, Recognizer } from '../dist/runtime.js';
import { Recognizer as SimdRecognizer } from '../dist/runtime-simd.js';
import { round } from './lib/measure.js';

const RATE = 0.98;
const CAMERA = 30;
const [FRAMES, ROUNDS, WARM_UP] = [12, 600, 100];

const rows = [];
for (const file of process.argv.slice(2)) rows.push(await measure(file));
console.log(
  markdownTable([['network', 'nodes', 'channels', 'pose steps', 'runtime', 'runtime-simd', 'times'], ...rows]),
);

async function measure(file) {
  const view = (await load(readFileSync(file))).view(RATE);
  const { pipeline, persons, layout, frames } = view;
  const options = { window: frames / CAMERA, step: 1 / CAMERA, oneEuro: view.stream.oneEuro && OneEuroFilter };
  const recognizers = [new Recognizer(view, options), new SimdRecognizer(view, options)];
  const poses = posesOf(persons, layout.joints.length);
  const least = [Infinity, Infinity];
  for (let turn = -WARM_UP, at = 0; turn < ROUNDS; turn++, at += FRAMES) {
    for (const [i, recognizer] of recognizers.entries()) {
      const start = performance.now();
      for (let frame = 0; frame < FRAMES; frame++) recognizer.push(poses[(at + frame) % poses.length]);
      if (turn >= 0) least[i] = Math.min(least[i], ((performance.now() - start) * 1000) / FRAMES);
    }
  }
  const steps = pipeline.options.pose.map(({ step }) => step).filter((step) => step !== 'resample');
  const [plain, simd] = least;
  const name = file.split('/').slice(-2).join('/');
  return [
    name,
    pipeline.nodes,
    pipeline.channels,
    steps.join(', '),
    round(plain, 1),
    round(simd, 1),
    round(plain / simd, 1),
  ];
}

/** Bodies that move smoothly, the second person to the right of the first. */
function posesOf(persons, joints) {
  const size = joints * 3;
  return Array.from({ length: 1000 }, (_, frame) =>
    Float32Array.from({ length: persons * size }, (_, i) => {
      return Math.sin(i % size) + 3 * Math.floor(i / size) + 0.1 * Math.sin(frame / 9 + i);
    }),
  );
}

// What scripts/smoke.js runs in every runtime: trains, cuts, exports, reads the file again with the runtime that is a package
// of its own, and prints the answers and a digest of the model.
import { createHash } from 'node:crypto';
import { createTraining, cut, encodeModel, exportModel, layoutNamed, parseRecipe } from 'anyrate/node';
import { load } from 'anyrate-runtime';

const layout = layoutNamed('mediapipe-hand');
const joints = layout.joints.length;
const FRAMES = 8;

/** Hands that move along one of two axes. */
const samples = Array.from({ length: 24 }, (_, i) => {
  const label = i % 2;
  const positions = Float32Array.from({ length: FRAMES * joints * 3 }, (_, at) => {
    const [frame, value] = [Math.floor(at / (joints * 3)), at % (joints * 3)];
    return ((value * 7 + i * 13) % 53) / 200 + (value % 3 === label ? frame / 2 : 0);
  });
  return { id: `take-${i}`, label, subject: `s${i % 4}`, frames: FRAMES, persons: 1, joints, positions };
});
const [train, test] = [0, 1].map((part) => samples.flatMap((_, i) => ((i % 5 === 4 ? 1 : 0) === part ? [i] : [])));
const splits = [{ name: 'fifth', description: 'every fifth one tests', train, test }];
const about = { name: 'toy', title: 'toy', licence: 'none', citation: 'none', unit: 'normalised' };
const dataset = { ...about, layout, persons: 1, classes: ['across', 'up'], samples, skipped: [], splits };
const recipe = parseRecipe(
  {
    name: 'toy',
    data: 'toy',
    preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 2 }] },
    network: [{ kind: 'graph-convolution', heads: 2, filters: 4, combine: 'concatenate' }],
    training: { epochs: 120, batch: 8, warmup: 2 },
  },
  'recipe',
);
const training = createTraining(recipe, dataset);
while (!training.done) training.runEpoch();
const model = training.model();
training.close();
const bytes = encodeModel(model);
const view = (await load(bytes)).view(0.5);
const right = samples.filter((sample) => view.predict(sample).label === sample.label).length;
const { files } = await exportModel(cut(model, { rate: 0.9 }), 'c');
const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
console.log(JSON.stringify({ right, of: samples.length, exported: files.length, digest }));

// node bench/first-run.js DIR [--steps 1000,3000] [--seeds 1,2,3]
// A first run: 200 recordings of irds (5 exercises, 8 people, 5 times each) are written to DIR, unless it is there, as MediaPipe's
// pose in CSV files, DIR/<exercise>/<person>/<n>.csv, and `anyrate train DIR` is timed. With --steps it trains the automatic recipe for so many steps
// instead, without trials, on the test part and on two validation parts, and prints how many answers are right at each rate.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { automaticRecipe, createTraining, evaluate, labelledSequences, loadDataset } from '../dist/node.js';

const PEOPLE = ['101', '102', '103', '105', '106', '301', '302', '303'];
const [CLASSES, TIMES] = [5, 5];
const FRAMES_A_SECOND = 30;
const RATES = [0, 0.9, 0.98, 0.99, 0.995];

/** Kinect's joint in the place of each landmark; the face is its head. */
const FACE = ['NOSE', 'LEFT_EYE', 'RIGHT_EYE', 'LEFT_EAR', 'RIGHT_EAR'];
const INNER = ['LEFT_EYE_INNER', 'LEFT_EYE_OUTER', 'RIGHT_EYE_INNER', 'RIGHT_EYE_OUTER'];
const LIMBS = {
  SHOULDER: 'Shoulder',
  ELBOW: 'Elbow',
  WRIST: 'Wrist',
  PINKY: 'Hand',
  INDEX: 'HandTip',
  THUMB: 'Thumb',
  HIP: 'Hip',
  KNEE: 'Knee',
  ANKLE: 'Ankle',
  HEEL: 'Ankle',
  FOOT_INDEX: 'Foot',
};
const LANDMARKS = new Map([
  ...[...FACE, ...INNER].map((name) => [name, 'Head']),
  ...['MOUTH_LEFT', 'MOUTH_RIGHT'].map((name) => [name, 'Neck']),
  ...['Left', 'Right'].flatMap((side) =>
    Object.entries(LIMBS).map(([part, joint]) => [`${side.toUpperCase()}_${part}`, `${joint}${side}`]),
  ),
]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { steps: { type: 'string' }, seeds: { type: 'string', default: '1' } },
});
const [folder] = positionals;
const numbers = (text) => text.split(',').map(Number);

async function writeRecordings() {
  const { classes, layout, samples } = await loadDataset('irds');
  const places = [...LANDMARKS.values()].map((joint) => layout.joints.indexOf(joint));
  const counts = new Map();
  for (const sample of samples) {
    if (sample.label >= CLASSES || !PEOPLE.includes(sample.subject)) continue;
    const where = join(folder, classes[sample.label], sample.subject);
    const count = (counts.get(where) ?? 0) + 1;
    counts.set(where, count);
    if (count > TIMES) continue;
    mkdirSync(where, { recursive: true });
    writeFileSync(join(where, `${count}.csv`), csvOf(sample, layout.joints.length, places));
  }
}

/** y and z of MediaPipe's world point down and away. */
function csvOf({ frames, positions }, joints, places) {
  const header = [...LANDMARKS.keys()].flatMap((name) =>
    ['x', 'y', 'z', 'visibility'].map((part) => `${name}_${part}`),
  );
  const rows = Array.from({ length: frames }, (_, frame) => {
    const landmarks = places.flatMap((place) => {
      const [x, y, z] = positions.subarray((frame * joints + place) * 3);
      return [...[x, -y, -z].map((value) => value.toFixed(5)), '0.9'];
    });
    return [frame, Math.round((frame * 1000) / FRAMES_A_SECOND), ...landmarks].join(',');
  });
  return [['frame', 'timestamp_ms', ...header].join(','), ...rows].join('\n');
}

function timeFirstRun() {
  const start = performance.now();
  const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [cli, 'train', folder], { stdio: 'inherit' });
  console.log(`${Math.round((performance.now() - start) / 1000)} s`);
  process.exitCode = status;
}

async function compareSteps() {
  const dataset = await loadDataset(folder);
  const [{ name }] = dataset.splits;
  for (const seed of numbers(values.seeds)) {
    for (const split of [name, `${name}/validation-1`, `${name}/validation-2`]) {
      for (const steps of numbers(values.steps)) {
        const training = createTraining(automaticRecipe(dataset, { split, steps, seed }), dataset);
        while (!training.done) training.runEpoch();
        const model = training.model();
        training.close();
        const tested = labelledSequences(model, dataset, training.split.test);
        const right = evaluate(model, tested, RATES).map(({ accuracy }) => Math.round(accuracy * tested.length));
        console.log(JSON.stringify({ seed, split, steps, of: tested.length, right }));
      }
    }
  }
}

if (folder === undefined) throw new Error('DIR: expected a folder to write recordings to, found none');
if (!existsSync(folder)) await writeRecordings();
if (values.steps === undefined) timeFirstRun();
else await compareSteps();

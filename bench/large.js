// (e, f) A generated data set of NTU-60's size: 40,000 training sequences, 2 x 25 joints, 60 classes. The clips are
// streamed from a file; the resident size must stay bounded however many sequences there are.
import { markdownTable } from 'markdown-table';
import {
  clipsWithin,
  createTraining,
  layoutNamed,
  openNodeClips,
  parseRecipe,
  startNodeWorkers,
} from '../dist/node.js';
import { collectGarbage } from './lib/garbage.js';
import { round } from './lib/measure.js';

const FRAMES = 64;
const PERSONS = 2;
const CLASSES = 60;
const TRAIN = [10_000, 40_000];
const BATCH = 128;

const RECIPE = {
  name: 'ntu-size',
  data: 'generated',
  preprocessing: {
    pose: [
      { step: 'resample', frames: 32 },
      { step: 'center', persons: 'all', scale: 'spine' },
    ],
    channels: [
      { step: 'positions', chunks: 8 },
      { step: 'velocities', chunks: 8 },
    ],
  },
  augmentation: [
    { step: 'time-warp', crop: 0.1, bend: 0.2 },
    { step: 'rotate', angle: 0.1 },
  ],
  network: [
    { kind: 'graph-convolution', heads: 4, filters: 32, combine: 'concatenate', dropout: 0.3 },
    { kind: 'dense', units: 128, dropout: 0.3 },
  ],
  training: { epochs: 1, batch: BATCH },
};

/** Sequences that are made when they are looked at, so that none of them stays in memory. */
function generated(count) {
  const layout = layoutNamed('kinect-v2');
  const joints = layout.joints.length;
  const samples = Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    label: i % CLASSES,
    subject: `p${i % 40}`,
    frames: FRAMES,
    persons: PERSONS,
    joints,
    get positions() {
      return Float32Array.from(
        { length: FRAMES * PERSONS * joints * 3 },
        (_, j) => Math.sin(j * 0.37 + i) + (j % 75) / 25,
      );
    },
  }));
  const train = Array.from({ length: count - 600 }, (_, i) => i);
  const test = Array.from({ length: 600 }, (_, i) => count - 600 + i);
  return {
    name: 'ntu-size',
    title: 'Generated',
    licence: 'none',
    citation: 'none',
    layout,
    persons: PERSONS,
    unit: 'metre',
    classes: Array.from({ length: CLASSES }, (_, c) => `class-${c}`),
    samples,
    skipped: [],
    splits: [{ name: 'generated', description: 'the last 600 test', train, test }],
  };
}

function measure(count) {
  const threads = 2;
  const started = performance.now();
  const training = createTraining(parseRecipe(RECIPE, 'recipe'), generated(count + 600), {
    threads,
    startWorkers: startNodeWorkers,
    createClips: clipsWithin(0),
    openClips: openNodeClips,
  });
  const prepareSeconds = (performance.now() - started) / 1000;
  const epochStarted = performance.now();
  training.runEpoch();
  const secondsPerEpoch = (performance.now() - epochStarted) / 1000;
  const row = {
    sequences: count,
    clipsMB: round((count * 32 * 50 * 3 * 4) / 1e6, 0),
    heapMB: round(training.bytes / 1e6, 0),
    peakResidentMB: round(process.resourceUsage().maxRSS / 1e3, 0),
    prepareSeconds: round(prepareSeconds, 1),
    msPerStep: round((1000 * secondsPerEpoch) / Math.floor(count / BATCH), 1),
    secondsPerEpoch: round(secondsPerEpoch, 1),
  };
  training.close();
  return row;
}

const GROWTH_EPOCHS = [100, 300, 1000];
const STEPS_PER_EPOCH = 10;

/** Memory of a small training after a garbage collection, as it goes on: resident, and what JavaScript holds. */
function measureGrowth() {
  const network = [{ kind: 'graph-convolution', heads: 1, filters: 4, combine: 'sum' }];
  const recipe = parseRecipe({ ...RECIPE, network, training: { epochs: 1000, batch: 16 } }, 'recipe');
  const training = createTraining(recipe, generated(600 + 16 * STEPS_PER_EPOCH));
  const growth = GROWTH_EPOCHS.map((epochs) => {
    while (training.epoch < epochs) training.runEpoch();
    collectGarbage();
    const { rss, heapUsed, external } = process.memoryUsage();
    return {
      steps: epochs * STEPS_PER_EPOCH,
      residentMB: round(rss / 1e6, 1),
      usedMB: round((heapUsed + external) / 1e6),
    };
  });
  training.close();
  return growth;
}

export function benchLarge() {
  return { growth: measureGrowth(), rows: TRAIN.map(measure) };
}

export function largeTable({ growth, rows }) {
  const head = ['sequences', 'clips, MB', 'heap, MB', 'peak process, MB', 'prepare, s', 'ms a step', 's an epoch'];
  const body = rows.map((r) => Object.values(r).map(String));
  const growthHead = ['steps of a small training', 'resident, MB', 'held by JavaScript, MB'];
  const growthBody = growth.map((r) => Object.values(r).map(String));
  return `${markdownTable([head, ...body])}\n\n${markdownTable([growthHead, ...growthBody])}`;
}

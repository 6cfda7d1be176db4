// What disturbs a stream and what it costs: recordings that the example network was not trained on, pushed frame by frame.
// With BEFORE=path/to/an/older/dist/runtime.js its recognizer, which counted frames, is timed beside this one; with
// MODEL=path/to/a/file.anyrate another network of irds is disturbed: with its own filter of landmarks, if it states one.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { markdownTable } from 'markdown-table';
import { loadDataset, Random } from '../dist/node.js';
import { OneEuroFilter, smoothed } from '../dist/runtime/stream/one-euro.js';
import { load, Recognizer } from '../dist/runtime.js';
import { Recognizer as SimdRecognizer } from '../dist/runtime-simd.js';
import { collectGarbage } from './lib/garbage.js';
import { round } from './lib/measure.js';

const FILE = process.env.MODEL ?? new URL('../examples/irds.anyrate', import.meta.url);
const RATE = 0.98;
const EACH = 2; // of the test recordings
const CAMERA = 30;

/** Cutoffs in hertz, beta in hertz for a metre a second. */
const FILTER = { minCutoff: 0.5, beta: 2, derivativeCutoff: 1 };

/**
 * Each disturbance: frames a second, or a draw of the time to the next frame; shares that are lost; noise on every coordinate, as a
 * part of the skeleton's size; options.
 */
const STREAMS = {
  'as recorded, 30 frames a second': {},
  '10 % of frames lost': { frames: 0.1 },
  '5 % of joints lost': { joints: 0.05 },
  '10 frames a second': { rate: 10 },
  '15 frames a second': { rate: 15 },
  '60 frames a second': { rate: 60 },
  'from 10 to 60 frames a second, at random': { rate: (random) => 1 / random.uniform(1 / 60, 1 / 10) },
  'mirrored, with the option': { isMirrored: true },
  'enters after a tenth of the time': { late: 0.1 },
  'enters after a fifth of the time': { late: 0.2 },
  'trembles by 1 % of its size': { tremble: 0.01 },
  'trembles by 3 % of its size': { tremble: 0.03 },
  'trembles by 10 % of its size': { tremble: 0.1 },
  'as recorded, smoothed': { isSmoothed: true },
  'trembles by 1 % of its size, smoothed': { tremble: 0.01, isSmoothed: true },
  'trembles by 3 % of its size, smoothed': { tremble: 0.03, isSmoothed: true },
  'trembles by 10 % of its size, smoothed': { tremble: 0.1, isSmoothed: true },
};

async function open() {
  const view = (await load(readFileSync(FILE))).view(RATE);
  const dataset = await loadDataset('irds');
  const recordings = dataset.splits[0].test.map((index) => dataset.samples[index]).filter((_, i) => i % EACH === 0);
  return { view, dataset, recordings };
}

export async function benchLive() {
  const { view, dataset, recordings } = await open();
  const { oneEuro } = view.stream;
  const whole = (sample) => view.predict(oneEuro ? smoothed(sample, oneEuro) : sample);
  const clips = recordings.filter((sample) => whole(sample).label === sample.label).length;
  const disturbances = Object.entries(STREAMS).filter(([, { isSmoothed }]) => !(oneEuro && isSmoothed));
  const streams = disturbances.map(([what, disturbance]) => {
    const random = new Random(7);
    const answers = recordings.map((sample) => ({
      label: sample.label,
      ...watch(view, dataset, sample, disturbance, random),
    }));
    const share = (is) => round((100 * answers.filter(is).length) / answers.length, 1);
    return {
      what,
      right: share(({ last, label }) => last === dataset.classes[label]),
      wrong: share(({ names, label }) => names.some((name) => name !== dataset.classes[label])),
    };
  });
  return { recordings: recordings.length, whole: round((100 * clips) / recordings.length, 1), streams };
}

/** The names that a stream of a recording gave, and the last one. */
function watch(view, { layout }, sample, disturbance, random) {
  const { frames = 0, joints = 0, rate = CAMERA, isMirrored, late = 0, tremble = 0, isSmoothed } = disturbance;
  const names = [];
  const onChange = ({ name }) => name && names.push(name);
  const options = isMirrored ? { mirrored: true, partners: layout.mirror } : {};
  const recognizer = new Recognizer(view, { ...options, oneEuro: view.stream.oneEuro && OneEuroFilter, onChange });
  const filter = isSmoothed && new OneEuroFilter(FILTER, sample.joints);
  const deviation = tremble && tremble * sizeOf(sample);
  const recordedRate = (CAMERA * sample.frames) / (sample.recordedFrames ?? sample.frames);
  const length = (sample.frames - 1) / recordedRate;
  for (let time = 0; time <= length + 1e-9; time += 1 / (typeof rate === 'number' ? rate : rate(random))) {
    const pose = poseAt(sample, time * recordedRate);
    for (let at = 0; tremble && at < pose.length; at++) pose[at] += deviation * random.normal();
    if (filter) filter.smooth(pose, time);
    for (let joint = 0; joints && joint < sample.joints; joint++) {
      if (random.uniform() < joints) pose.fill(Number.NaN, joint * 3, joint * 3 + 3);
    }
    const isLost = time < late * length || (frames && random.uniform() < frames);
    recognizer.push(isLost ? null : isMirrored ? mirror(pose, layout.mirror) : pose, time);
  }
  return { names, last: names.at(-1) };
}

/** How far joints are from their middle in the first frame: the root of the mean square. */
function sizeOf({ joints, positions }) {
  const middle = [0, 1, 2].map((axis) => {
    let sum = 0;
    for (let at = axis; at < joints * 3; at += 3) sum += positions[at] / joints;
    return sum;
  });
  const squares = positions.subarray(0, joints * 3).map((value, at) => (value - middle[at % 3]) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / joints);
}

/** Between the frames of a recording, along straight lines. */
function poseAt({ frames, persons, joints, positions }, moment) {
  const size = persons * joints * 3;
  const before = Math.min(Math.floor(moment + 1e-6), frames - 1);
  const after = Math.min(before + 1, frames - 1);
  const share = Math.max(moment - before, 0);
  return Float32Array.from({ length: size }, (_, i) => {
    return (1 - share) * positions[before * size + i] + share * positions[after * size + i];
  });
}

function mirror(pose, partners) {
  return pose.map((_, at) => (at % 3 === 0 ? -1 : 1) * pose[partners[Math.floor(at / 3)] * 3 + (at % 3)]);
}

export function liveTable({ recordings, whole, streams }) {
  return [
    `${recordings} test recordings of irds, \`examples/irds.anyrate\` at pruning rate ${RATE}, options at their defaults. Whole ` +
      `recordings, classified at once: ${whole} % right. In a stream the last class that was recognised counts; \`wrong\` is the ` +
      'share of streams in which another class was announced at any time. Frames are pushed with their times and, at other ' +
      'frame rates, lie between those of the recording; recordings that the data set shortened last as long as they did.',
    markdownTable([
      ['stream', 'right', 'less', 'wrong'],
      ...streams.map(({ what, right, wrong }) => [
        what,
        `${right} %`,
        round(streams[0].right - right, 1).toFixed(1),
        `${wrong} %`,
      ]),
    ]),
  ].join('\n\n');
}

/** Frames that are timed at once, and how often: the least time counts, since other programs only add to it. */
const FRAMES = 12;
const ROUNDS = 2000;
/** Turns before, in which windows fill and the code gets warm. */
const WARM_UP = 100;

export async function benchCost() {
  const { view, recordings } = await open();
  const poses = recordings.slice(0, 40).flatMap((sample) => {
    return Array.from({ length: sample.frames }, (_, frame) => poseAt(sample, frame));
  });
  const eachFrame = { window: view.frames / CAMERA, step: 1 / CAMERA };
  const eachCell = { step: 1.6 / view.frames };
  const runs = {
    'an answer each frame, of a window of 32 frames': new Recognizer(view, eachFrame),
    'an answer as soon as a cell is complete': new Recognizer(view, eachCell),
    'an answer every two cells, the default': new Recognizer(view),
    'the same three by `anyrate/runtime-simd`: each frame': new SimdRecognizer(view, eachFrame),
    '… as soon as a cell is complete': new SimdRecognizer(view, eachCell),
    '… every two cells': new SimdRecognizer(view),
    'no answers': new Recognizer(view, { window: 3600, least: 3600 }),
  };
  if (process.env.BEFORE) {
    const { load: loadBefore, Recognizer: Before } = await import(pathToFileURL(process.env.BEFORE).href);
    const viewBefore = (await loadBefore(readFileSync(FILE))).view(RATE);
    runs['before: 48 frames, an answer each frame'] = new Before(viewBefore, { every: 1 });
    runs['before: 48 frames, an answer every 4 frames'] = new Before(viewBefore);
  }
  const least = Object.fromEntries(Object.keys(runs).map((what) => [what, Infinity]));
  let at = 0;
  for (let turn = -WARM_UP; turn < ROUNDS; turn++) {
    for (const [what, recognizer] of Object.entries(runs)) {
      const start = performance.now();
      for (let i = 0; i < FRAMES; i++) recognizer.push(poses[(at + i) % poses.length]);
      const microseconds = ((performance.now() - start) * 1000) / FRAMES;
      if (turn >= 0) least[what] = Math.min(least[what], microseconds);
    }
    at += FRAMES;
  }
  return {
    microseconds: Object.entries(least).map(([what, value]) => ({ what, value: round(value, 1) })),
    ...growth(view, eachFrame),
  };
}

/** Bytes that the heap grew by over many frames, with an answer each frame. */
function growth(view, options) {
  const recognizer = new SimdRecognizer(view, options);
  const pose = new Float32Array(view.persons * view.layout.joints.length * 3);
  const push = (frames) => {
    for (let frame = 0; frame < frames; frame++) {
      pose[frame % pose.length] = frame % 17;
      recognizer.push(pose);
    }
  };
  push(100_000);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const pushed = Number(process.env.FRAMES ?? 10_000_000);
  push(pushed);
  collectGarbage();
  return { pushed, grown: process.memoryUsage().heapUsed - before };
}

export function costTable({ microseconds, pushed, grown }) {
  return [
    `One frame of a stream at 30 frames a second, its share of the answers included, in microseconds: the least of ${ROUNDS} ` +
      'turns in which all of the table take their turn. Before: the runtime that `BEFORE=…/dist/runtime.js` names.',
    markdownTable([['push', 'µs a frame'], ...microseconds.map(({ what, value }) => [what, value.toFixed(1)])]),
    `After ${pushed.toLocaleString('en-US')} frames more of \`anyrate/runtime-simd\`, with an answer each frame, the heap had ${Math.round(Math.abs(grown) / 1024)} KiB ${grown > 0 ? 'more' : 'less'}.`,
  ].join('\n\n');
}

// node bench/turning-hands.js [--train 320] [--test 160] [--seed 1] [--rates 0,0.9,0.98,0.99]
// Where only the order of neighbouring frames tells classes apart: one hand of recordings of irds, left or right, is drawn in circles, one
// way or the other, from any place on them; all else is as recorded. Means over parts of the time do not show the way round. It prints
// what the search of an automatic recipe tried, and, a line of JSON each, what both families then answer of other people.
import { parseArgs } from 'node:util';
import {
  createTraining,
  evaluate,
  labelledSequences,
  loadDataset,
  Random,
  searchRecipe,
  searchTable,
} from '../dist/node.js';

const { values } = parseArgs({
  options: {
    train: { type: 'string', default: '320' },
    test: { type: 'string', default: '160' },
    seed: { type: 'string', default: '1' },
    rates: { type: 'string', default: '0,0.9,0.98,0.99' },
  },
});
const seed = Number(values.seed);
const rates = values.rates.split(',').map(Number);

/** Of a Kinect's joints those that the movement is about, and on which bone each hangs. */
const JOINTS = [
  'SpineMid',
  'Neck',
  'Head',
  'ShoulderLeft',
  'ElbowLeft',
  'WristLeft',
  'ShoulderRight',
  'ElbowRight',
  'WristRight',
];
const LAYOUT = {
  name: 'upper-body',
  joints: JOINTS,
  bones: [
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 3],
    [5, 4],
    [6, 1],
    [7, 6],
    [8, 7],
  ],
  anchors: { root: [0], top: [1], left: [3], right: [6] },
  mirror: [0, 1, 2, 6, 7, 8, 3, 4, 5],
};
const CLASSES = ['left-clockwise', 'left-counterclockwise', 'right-clockwise', 'right-counterclockwise'];
/** Circles, in metres and in turns a recording: a fourth of it has a whole turn at least. */
const RADIUS = { least: 0.12, most: 0.22 };
const TURNS = { least: 4, most: 8 };

const dataset = turningHands(await loadDataset('irds'), new Random(seed));
const { rounds, choices } = await last(searchRecipe(dataset, { seed }));
console.log(searchTable(rounds));
console.log(JSON.stringify({ chosen: choices.family ?? 'one-block', seed }));
for (const family of ['one-block', 'over-time']) {
  const { recipe } = await last(searchRecipe(dataset, { seed, family, budget: 0 }));
  const training = createTraining(recipe, dataset);
  while (!training.done) training.runEpoch();
  const model = training.model();
  const tested = labelledSequences(model, dataset, dataset.splits[0].test);
  const accuracies = evaluate(model, tested, rates).map(({ accuracy }) => accuracy);
  console.log(JSON.stringify({ family, seed, tested: tested.length, weights: model.network.weightCount, accuracies }));
  training.close();
}

async function last(events) {
  let event;
  for await (event of events);
  return event;
}

/** Recordings of the set's training people for training, of the others for the test: evenly over all of each. */
function turningHands(irds, random) {
  const [{ train, test }] = irds.splits;
  const kept = [...evenly(train, Number(values.train)), ...evenly(test, Number(values.test))];
  const columns = JOINTS.map((name) => irds.layout.joints.indexOf(name));
  const samples = kept.map((index, i) => turned(irds.samples[index], columns, i % CLASSES.length, random));
  const count = Number(values.train);
  const indices = samples.map((_, i) => i);
  const split = { name: 'other-people', train: indices.slice(0, count), test: indices.slice(count), apart: 'subjects' };
  return { ...irds, name: 'turning-hands', layout: LAYOUT, classes: CLASSES, samples, splits: [split] };
}

function evenly(indices, count) {
  return Array.from({ length: count }, (_, i) => indices[Math.floor((i * indices.length) / count)]);
}

/** A recording in which a hand turns in front of its shoulder, and the elbow hangs between. */
function turned({ id, subject, frames, joints, positions }, columns, label, random) {
  const result = new Float32Array(frames * JOINTS.length * 3);
  for (let t = 0; t < frames; t++) {
    for (const [j, from] of columns.entries()) {
      const at = (t * joints + from) * 3;
      result.set(positions.subarray(at, at + 3), (t * JOINTS.length + j) * 3);
    }
  }
  const shoulder = label < 2 ? 3 : 6;
  const way = label % 2 === 0 ? 1 : -1;
  const radius = random.uniform(RADIUS.least, RADIUS.most);
  const turns = random.uniform(TURNS.least, TURNS.most);
  const phase = random.uniform(0, 2 * Math.PI);
  for (let t = 0; t < frames; t++) {
    const angle = phase + (way * 2 * Math.PI * turns * t) / frames;
    const at = (joint) => (t * JOINTS.length + joint) * 3;
    const centre = [0, -0.1, -0.35].map((offset, c) => result[at(shoulder) + c] + offset);
    const hand = [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle), centre[2]];
    result.set(hand, at(shoulder + 2));
    const elbow = hand.map((value, c) => (value + result[at(shoulder) + c]) / 2 - (c === 1 ? 0.08 : 0));
    result.set(elbow, at(shoulder + 1));
  }
  return { id: `${id}-${label}`, label, subject, frames, persons: 1, joints: JOINTS.length, positions: result };
}

// node bench/few.js DATA [--steps 400] [--seeds 1] [--counts 3,5,10,20] [--ways usual,stronger,start,kernel,means]
// Few recordings: how right a network is on new people when it has seen 3, 5, 10 or 20 recordings of a class. DATA is `irds` or
// a folder of UTKinect; each seed takes other recordings, of as many people as there are. It prints a line of JSON a training;
// docs/results/few.md has the means.
import { parseArgs } from 'node:util';
import {
  automaticRecipe,
  createTraining,
  evaluate,
  labelledSequences,
  layoutNamed,
  loadDataset,
  Pipeline,
  Random,
  searchRecipe,
  selectSplit,
} from '../dist/node.js';
import { standardiseAll } from '../dist/train/automatic/judges.js';
import { kernelRidge, squaredDistances } from '../dist/train/automatic/kernel-ridge.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '400' },
    seeds: { type: 'string', default: '1' },
    counts: { type: 'string', default: '3,5,10,20' },
    ways: { type: 'string', default: 'usual,stronger,start,kernel,means' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const steps = Number(values.steps);
const RATES = [0, 0.98, 0.99];

/** How an automatic recipe changes many sequences, and few. */
const CHANGES = {
  usual: changes({
    crop: 0.1,
    bend: 0.2,
    least: 0.8,
    most: 1.2,
    angle: 0.15,
    amount: 0.1,
    body: 0,
    jitter: 0.02,
    loss: 0.1,
  }),
  stronger: changes({
    crop: 0.2,
    bend: 0.4,
    least: 0.6,
    most: 1.5,
    angle: 0.3,
    amount: 0.2,
    body: 0.05,
    jitter: 0.04,
    loss: 0.2,
  }),
};

function changes({ crop, bend, least, most, angle, amount, body, jitter, loss }) {
  return [
    { step: 'time-warp', crop, bend },
    { step: 'amplitude', least, most },
    { step: 'rotate', angle, axis: 'all' },
    { step: 'scale', amount },
    ...(body === 0 ? [] : [{ step: 'body', deviation: body, unit: 'positions' }]),
    { step: 'jitter', deviation: jitter, unit: 'positions' },
    { step: 'lose', joints: loss, frames: loss },
  ];
}

/** So many recordings of each class to train with, of as many people as there are, and the whole test part. */
function fewOf(dataset, split, count, seed) {
  const random = new Random(seed);
  const train = dataset.classes.flatMap((_, label) => {
    const places = split.train.filter((index) => dataset.samples[index].label === label);
    const taken = new Map();
    return places
      .map((index) => ({ index, order: random.uniform() }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ index }) => {
        const { subject } = dataset.samples[index];
        taken.set(subject, (taken.get(subject) ?? 0) + 1);
        return { index, turn: taken.get(subject) };
      })
      .toSorted((a, b) => a.turn - b.turn) // everybody once, then everybody twice ...
      .slice(0, count)
      .map(({ index }) => index);
  });
  return { ...dataset, splits: [{ name: 'few', description: 'few train', train, test: split.test }] };
}

/** irds as it is divided; of UTKinect's ten subjects the other five test with every other seed. */
function divide(dataset, seed) {
  if (dataset.name !== 'utkinect') return selectSplit(dataset, dataset.splits[0].name);
  const subjects = [...new Set(dataset.samples.map(({ subject }) => subject))].toSorted();
  const testing = new Set(seed % 2 ? subjects.slice(5) : subjects.slice(0, 5));
  const indices = [...dataset.samples.keys()];
  const isTest = (index) => testing.has(dataset.samples[index].subject);
  return { train: indices.filter((index) => !isTest(index)), test: indices.filter(isTest) };
}

async function chosenRecipe(dataset, seed) {
  for await (const event of searchRecipe(dataset, { budget: 0, seed, steps })) {
    if (event.type === 'chosen') return event.recipe;
  }
}

function trained(recipe, dataset, start) {
  const training = createTraining(recipe, dataset, start === undefined ? {} : { start });
  while (!training.done) training.runEpoch();
  const model = training.model();
  training.close();
  return model;
}

function accuracies(model, dataset) {
  const sequences = labelledSequences(model, dataset, dataset.splits[0].test);
  return evaluate(model, sequences, RATES).map(({ accuracy }) => round(accuracy));
}

const round = (share) => Number((100 * share).toFixed(1));

const V2 = { HipCenter: 'SpineBase', Spine: 'SpineMid', ShoulderCenter: 'SpineShoulder' };

/** irds with the 20 joints of Kinect v1. */
function inKinectV1(dataset) {
  const layout = layoutNamed('kinect-v1-20');
  const places = layout.joints.map((joint) => dataset.layout.joints.indexOf(V2[joint] ?? joint));
  const samples = dataset.samples.map((sample) => {
    const positions = new Float32Array(sample.frames * places.length * 3);
    for (let frame = 0; frame < sample.frames; frame++) {
      for (const [to, from] of places.entries()) {
        const at = (frame * sample.joints + from) * 3;
        positions.set(sample.positions.subarray(at, at + 3), (frame * places.length + to) * 3);
      }
    }
    return { ...sample, joints: places.length, positions };
  });
  return { ...dataset, layout, samples };
}

/** Where a network starts that takes over what another learnt: all tensors but those whose size depends on the classes. */
function startFrom(source, recipe, dataset) {
  const fresh = createTraining(recipe, dataset);
  const { parameters } = fresh.model();
  fresh.close();
  const from = source.parameters;
  const isSame = parameters.latents.map((tensor, i) => tensor.length === from.latents[i].length);
  const pick = (name) => parameters[name].map((value, i) => (isSame[i] ? from[name][i] : value));
  return { ...parameters, latents: pick('latents'), scales: pick('scales'), gains: pick('gains') };
}

/** Kernel ridge regression, or the nearest mean of a class, on the inputs that the network has. */
function onInputs(recipe, dataset, isKernel) {
  const [{ train, test }] = dataset.splits;
  const pipeline = new Pipeline(recipe.preprocessing, dataset.layout, dataset.persons);
  const rows = [...train, ...test].map((index) => pipeline.features(dataset.samples[index]));
  const labels = [...train, ...test].map((index) => dataset.samples[index].label);
  standardiseAll(rows);
  const trained = train.map((_, i) => i);
  const tested = test.map((_, i) => train.length + i);
  const answers = isKernel
    ? kernelRidge(squaredDistances(rows), labels, trained, tested)
    : nearestMeans(rows, labels, trained, tested, dataset.classes.length);
  return round(answers.filter((answer, i) => answer === labels[tested[i]]).length / tested.length);
}

function nearestMeans(rows, labels, trained, tested, classes) {
  const means = Array.from({ length: classes }, (_, label) => {
    const mine = trained.filter((i) => labels[i] === label).map((i) => rows[i]);
    return rows[0].map((_, at) => mine.reduce((sum, row) => sum + row[at] / mine.length, 0));
  });
  const distance = (a, b) => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);
  return tested.map((i) => {
    const distances = means.map((mean) => distance(rows[i], mean));
    return distances.indexOf(Math.min(...distances));
  });
}

const dataset = await loadDataset(positionals[0] ?? 'irds');
const ways = values.ways.split(',');
let source;
for (const seed of numbers(values.seeds)) {
  for (const count of numbers(values.counts)) {
    const few = fewOf(dataset, divide(dataset, seed), count, seed);
    const recipe = await chosenRecipe(few, seed);
    const tell = (way, answer) => {
      const recordings = few.splits[0].train.length;
      console.log(JSON.stringify({ data: dataset.name, count, seed, way, recordings, steps, accuracy: answer }));
    };
    for (const way of ways) {
      if (way === 'kernel' || way === 'means') tell(way, onInputs(recipe, few, way === 'kernel'));
      if (way in CHANGES) {
        const mirror = recipe.augmentation.filter(({ step }) => step === 'mirror');
        tell(way, accuracies(trained({ ...recipe, augmentation: [...mirror, ...CHANGES[way]] }, few), few));
      }
      if (way === 'start' && dataset.layout.name === 'kinect-v1-20') {
        const choices = { direction: 'heading', origin: 'moving' };
        const same = automaticRecipe(few, { seed, steps, choices });
        const other = inKinectV1(await loadDataset('irds'));
        source ??= trained(automaticRecipe(other, { seed, steps, choices }), other);
        tell('no start', accuracies(trained(same, few), few));
        tell(way, accuracies(trained(same, few, startFrom(source, same, few)), few));
      }
    }
  }
}

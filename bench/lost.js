// node bench/lost.js DATA [--steps 800] [--parts 1,2] [--seeds 1] [--shares 0,0.1,0.2]
// What losing joints and frames in training (the augmentation `lose`) does to validation sequences as they are, and to such
// that lack joints and frames. It prints a line of JSON a training; docs/choices.md has the means.
import { parseArgs } from 'node:util';
import { automaticRecipe, createTraining, evaluate, labelledSequences, loadDataset, Random } from '../dist/node.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '800' },
    parts: { type: 'string', default: '1,2' },
    seeds: { type: 'string', default: '1' },
    shares: { type: 'string', default: '0,0.1,0.2' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const RATES = [0, 0.98, 0.99];

/** `joints`: the chance of a joint to be lost for half of the time; `frames`: the share of the time in which all are. */
const TESTS = {
  whole: { joints: 0, frames: 0 },
  some: { joints: 0.1, frames: 0.1 },
  many: { joints: 0.3, frames: 0 },
};

function spoilt(sample, { joints, frames }, random) {
  const positions = sample.positions.slice();
  const nodes = sample.persons * sample.joints;
  const loseSpan = (node, share) => {
    const length = Math.round(share * sample.frames);
    const from = Math.floor(random.uniform(0, sample.frames - length + 1));
    for (let frame = from; frame < from + length; frame++) lose(frame, node);
  };
  const lose = (frame, node) => positions.fill(Number.NaN, (frame * nodes + node) * 3, (frame * nodes + node) * 3 + 3);
  for (let node = 0; node < nodes; node++) if (random.uniform() < joints) loseSpan(node, 0.5);
  const length = Math.round(frames * sample.frames);
  const from = Math.floor(random.uniform(0, sample.frames - length + 1));
  for (let frame = from; frame < from + length; frame++) for (let node = 0; node < nodes; node++) lose(frame, node);
  return { ...sample, positions };
}

const dataset = await loadDataset(positionals[0] ?? 'irds');
for (const seed of numbers(values.seeds)) {
  for (const part of numbers(values.parts)) {
    for (const share of numbers(values.shares)) {
      const split = `${dataset.splits[0].name}/validation-${part}`;
      const recipe = automaticRecipe(dataset, { steps: Number(values.steps), split, seed });
      const others = recipe.augmentation.filter(({ step }) => step !== 'lose');
      const loss = share === 0 ? [] : [{ step: 'lose', joints: share, frames: share }];
      const training = createTraining({ ...recipe, augmentation: [...others, ...loss] }, dataset);
      while (!training.done) training.runEpoch();
      const { test } = training.split;
      const model = training.model();
      training.close();
      const accuracy = Object.fromEntries(
        Object.entries(TESTS).map(([name, how]) => {
          const random = new Random(7);
          const sequences = labelledSequences(model, dataset, test).map((sample) => spoilt(sample, how, random));
          return [name, evaluate(model, sequences, RATES).map((one) => Number((100 * one.accuracy).toFixed(1)))];
        }),
      );
      console.log(JSON.stringify({ data: dataset.name, part, seed, share, sequences: test.length, ...accuracy }));
    }
  }
}

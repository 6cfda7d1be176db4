// node bench/retrain-cuts.js [--recipe irds-tiny] [--parts 1,2] [--seeds 1] [--rates 0.995,0.998,0.999]
// The most that corrections of a cut for its own rate could do: each cut of one training is trained on, all its kept weights, gains
// and biases, for its rate alone. It prints a line a cut: accuracy in per cent on the validation part as it was cut, and after
// each way of training on. docs/choices.md has the figures.
import { parseArgs } from 'node:util';
import {
  createTraining,
  cut,
  evaluate,
  labelledSequences,
  loadDataset,
  loadRecipe,
  selectSplit,
} from '../dist/node.js';

const { values } = parseArgs({
  options: {
    recipe: { type: 'string', default: 'irds-tiny' },
    parts: { type: 'string', default: '1,2' },
    seeds: { type: 'string', default: '1' },
    rates: { type: 'string', default: '0.995,0.998,0.999' },
  },
});
const WAYS = [
  { epochs: 10, learningRate: 0.001 },
  { epochs: 20, learningRate: 0.003 },
  { epochs: 20, learningRate: 0.01 },
];

const recipe = loadRecipe(values.recipe);
const dataset = await loadDataset(recipe.data);
for (const part of values.parts.split(',')) {
  for (const seed of values.seeds.split(',').map(Number)) {
    const asked = { ...recipe, seed, split: `${recipe.split}/validation-${part}` };
    const whole = trained(asked);
    for (const rate of values.rates.split(',').map(Number)) {
      const small = cut(whole, { rate });
      const cuts = [small, ...WAYS.map((way) => cut(trainedOn(asked, small, rate, way), { rate }))];
      const accuracies = cuts.map((model) => (100 * accuracyAt(model, asked.split, rate)).toFixed(1));
      console.log(`part ${part}, seed ${seed}, ${rate}: ${accuracies.join(' ')}`);
    }
  }
}

/** What a cut has kept, trained on for its rate alone and with other draws. */
function trainedOn(asked, small, rate, way) {
  const free = { regulariser: { kind: 'none', weight: 0 }, ramp: 0, paths: false };
  const pruning = { ...asked.pruning, ...free, mask: 'kept', rates: { draw: 'fixed', rates: [rate] } };
  const training = { ...asked.training, ...way };
  return trained({ ...asked, seed: asked.seed + 100, training, pruning }, { start: small.parameters });
}

function trained(asked, options = {}) {
  const training = createTraining(asked, dataset, options);
  while (!training.done) training.runEpoch();
  const model = training.model();
  training.close();
  return model;
}

function accuracyAt(model, split, rate) {
  const sequences = labelledSequences(model, dataset, selectSplit(dataset, split).test);
  return evaluate(model, sequences, [rate])[0].accuracy;
}

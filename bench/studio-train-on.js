// node bench/studio-train-on.js DATA [--split NAME] [--added 2] [--seeds 1]
// What training on is worth, as the studio does it when movements are added later: the last classes of a data set are unknown to a
// first network, which is then trained on with all of them in a third of the epochs; beside it a new network with that third, and one
// with all epochs. The recipe is what the rules choose for the first network. A line of JSON a seed: shares of the test sequences
// that are answered rightly at each rate, and for the added classes alone.
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import {
  automaticRecipe,
  createTraining,
  evaluate,
  labelledSequences,
  loadDataset,
  selectSplit,
} from '../dist/node.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    split: { type: 'string' },
    added: { type: 'string', default: '2' },
    seeds: { type: 'string', default: '1' },
  },
});
const RATES = [0, 0.9, 0.98, 0.99];
const MODULE = new URL('../.cache/train-on.js', import.meta.url);
await build({
  entryPoints: ['studio/src/train/train-on.ts'],
  bundle: true,
  packages: 'external',
  format: 'esm',
  outfile: MODULE.pathname,
});
const { shorter, startOf } = await import(MODULE.href);

const dataset = await loadDataset(positionals[0]);
const split = selectSplit(dataset, values.split).name;
const known = dataset.classes.length - Number(values.added);
const before = withClasses(known);
for (let seed = 1; seed <= Number(values.seeds); seed++) {
  const recipe = automaticRecipe(before, { seed, split });
  const short = shorter(recipe, undefined);
  const first = trained(recipe, before);
  const rows = {
    on: accuracies(trained(short, dataset, startOf(first, short, dataset))),
    'anew, a third': accuracies(trained(short, dataset)),
    'anew, all': accuracies(trained(recipe, dataset)),
  };
  const { epochs } = recipe.training;
  console.log(
    JSON.stringify({
      seed,
      split,
      classes: dataset.classes.length,
      known,
      epochs,
      third: short.training.epochs,
      ...rows,
    }),
  );
}

/** The data set without the classes from `count` on. */
function withClasses(count) {
  const kept = dataset.samples.flatMap(({ label }, index) => (label < count ? [index] : []));
  const places = new Map(kept.map((index, place) => [index, place]));
  const only = (indices) => indices.filter((index) => places.has(index)).map((index) => places.get(index));
  const splits = dataset.splits.map((each) => ({ ...each, train: only(each.train), test: only(each.test) }));
  const samples = kept.map((index) => dataset.samples[index]);
  return { ...dataset, classes: dataset.classes.slice(0, count), samples, splits };
}

function trained(recipe, data, start) {
  const training = createTraining(recipe, data, start && { start });
  while (!training.done) training.runEpoch();
  const model = training.model();
  training.close();
  return model;
}

function accuracies(model) {
  const { test } = selectSplit(dataset, split);
  const share = (indices) =>
    evaluate(model, labelledSequences(model, dataset, indices), RATES).map(({ accuracy }) =>
      Number(accuracy.toFixed(4)),
    );
  return { all: share(test), added: share(test.filter((index) => dataset.samples[index].label >= known)) };
}

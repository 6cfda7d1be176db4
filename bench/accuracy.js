// node bench/accuracy.js RECIPE [--data PATH] [--split NAME] [--seeds 5]: trains a recipe with several seeds and writes
// accuracy at every rate, mean and spread, to docs/results/accuracy-RECIPE[-SPLIT].json and .md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { createTraining, evaluate, loadDataset, loadRecipe, startNodeWorkers } from '../dist/node.js';
import { machine, round } from './lib/measure.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, split: { type: 'string' }, seeds: { type: 'string', default: '5' } },
});
const [name = 'irds'] = positionals;
const { data, split } = values;
const overrides = { ...(data && { data }), ...(split && { split }) };

const dataset = await loadDataset(loadRecipe(name, overrides).data);
const runs = [];
for (let seed = 1; seed <= Number(values.seeds); seed++) runs.push(run(seed));

function run(seed) {
  const recipe = loadRecipe(name, { ...overrides, seed });
  const training = createTraining(recipe, dataset, { threads: 2, startWorkers: startNodeWorkers });
  const started = performance.now();
  while (!training.done) training.runEpoch();
  const seconds = (performance.now() - started) / 1000;
  training.close();
  const test = training.split.test.map((index) => dataset.samples[index]);
  const rates = evaluate(training.model(), test, recipe.report);
  console.error(
    `seed ${seed}: ${rates.map((r) => `${r.rate} ${round(100 * r.accuracy, 1)} %`).join(', ')}; ${round(seconds, 0)} s`,
  );
  return { seed, seconds: round(seconds, 1), split: training.split.name, test: test.length, rates };
}

function summary(index) {
  const accuracies = runs.map(({ rates }) => 100 * rates[index].accuracy);
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
  const squares = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const { rate, nonzeros, macs, trained } = runs[0].rates[index];
  const spread = accuracies.length > 1 ? Math.sqrt(squares / (accuracies.length - 1)) : 0;
  return {
    rate,
    trained,
    nonzeros,
    macs,
    mean: round(mean),
    deviation: round(spread),
    least: round(Math.min(...accuracies)),
  };
}

const rates = runs[0].rates.map((_, index) => summary(index));
const command = `node bench/accuracy.js ${[name, split && `--split ${split}`, `--seeds ${values.seeds}`].filter(Boolean).join(' ')}`;
const results = {
  command,
  machine: machine(),
  dataset: dataset.name,
  split: runs[0].split,
  test: runs[0].test,
  rates,
  runs,
};
const head = ['rate', 'trained', 'non-zeros', 'MACs', 'mean, %', 'standard deviation', 'least, %'];
const body = rates.map((r) =>
  [r.rate, r.trained ? 'yes' : '–', r.nonzeros, r.macs, r.mean, r.deviation, r.least].map(String),
);
const facts = `${dataset.name}, ${results.split}, ${results.test} test sequences, seeds 1 to ${runs.length}; one training a seed for all rates, about ${round(runs[0].seconds, 0)} s on ${results.machine.processor}, ${results.machine.cores} cores, Node ${results.machine.node}, ${results.machine.date}, commit ${results.machine.commit}.`;
const text = `# Accuracy: ${name}, ${results.split}\n\n\`${command}\`: ${facts}\n\n${markdownTable([head, ...body])}\n`;
const file = `docs/results/accuracy-${[name, split].filter(Boolean).join('-')}`;
mkdirSync('docs/results', { recursive: true });
writeFileSync(`${file}.json`, `${JSON.stringify(results, undefined, 2)}\n`);
writeFileSync(`${file}.md`, text);
console.log(text);

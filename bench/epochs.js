// (e) Epochs a second on real data, batch filling and augmentation included.
import { markdownTable } from 'markdown-table';
import { createTraining, loadDataset, loadRecipe, startNodeWorkers } from '../dist/node.js';
import { round } from './lib/measure.js';

const EPOCHS = 6;

async function measure(name, threads) {
  const recipe = loadRecipe(name);
  const training = createTraining(recipe, await loadDataset(recipe.data), { threads, startWorkers: startNodeWorkers });
  training.runEpoch();
  const start = performance.now();
  for (let i = 0; i < EPOCHS; i++) training.runEpoch();
  const perSecond = (1000 * EPOCHS) / (performance.now() - start);
  training.close();
  const sequences = training.split.train.length;
  const memory = { heapMB: round(training.bytes / 1e6, 1), residentMB: round(process.memoryUsage().rss / 1e6, 0) };
  return { data: name, threads, sequences, epochsPerSecond: round(perSecond), ...memory };
}

export async function benchEpochs() {
  const rows = [];
  for (const name of ['irds', 'ui-prmd']) for (const threads of [1, 2]) rows.push(await measure(name, threads));
  return { rows };
}

export function epochsTable({ rows }) {
  const head = ['data', 'threads', 'sequences', 'epochs a second', 'heap, MB', 'process, MB'];
  const body = rows.map((r) => [r.data, r.threads, r.sequences, r.epochsPerSecond, r.heapMB, r.residentMB].map(String));
  return markdownTable([head, ...body]);
}

// node bench/queue.js SCENARIO... [--epochs 4] [--seed 1] [--kills 30] [--jobs 10000] [--mean 4] [--pairs 2] [--tiny]
// Sweeps through a real redis-server that is started here: the same bytes as without it (same), when two coordinators ask (two),
// when everything is killed (chaos) and links are cut (links); what many jobs that take no time weigh (many), what 200 workers do with
// jobs that sleep (crowd), what Redis costs against the local pool (cost), more jobs against more threads (threads), and
// whether every sweep ends whose Redis is killed all the time (outages). Each prints a line of JSON; docs/results/sweeps.md has them. With `--tiny` the sweep is of a small set that is made up, and not of irds.
import { parseArgs } from 'node:util';
import { tinyData } from './queue/rig.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    epochs: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '30' },
    jobs: { type: 'string' },
    mean: { type: 'string' },
    pairs: { type: 'string' },
    tiny: { type: 'boolean' },
  },
});
if (values.tiny) values.data = tinyData();
const scenarios = {
  same: './queue/same.js',
  two: './queue/same.js',
  chaos: './queue/chaos.js',
  links: './queue/links.js',
  many: './queue/many.js',
  crowd: './queue/crowd.js',
  cost: './queue/cost.js',
  threads: './queue/threads.js',
  outages: './queue/outages.js',
};
for (const name of positionals) {
  const module = await import(scenarios[name]);
  const started = performance.now();
  const found = await module[name](values);
  console.log(
    JSON.stringify({ scenario: name, seconds: Math.round((performance.now() - started) / 100) / 10, ...found }),
  );
}
process.exit();

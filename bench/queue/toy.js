// Jobs that sleep, and a worker of many slots that does them: node bench/queue/toy.js --queue URL --slots 50 --mean 4 --name NAME
// It prints, for each job, when it was taken, when it had slept and how long the slot was without one before, and what became of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadDataset, loadRecipe, Random } from '../../dist/node.js';
import { createJob } from '../../dist/run/jobs/node/job-key.js';
import { thisMachine } from '../../dist/run/jobs/node/machine.js';
import { formatResult } from '../../dist/run/jobs/result.js';
import { connectQueue } from '../../dist/run/queue/node/connect.js';
import { serveQueue } from '../../dist/run/queue/node/serve.js';

/** Jobs of one recipe on irds, with seeds 1 to `count`. */
export async function toyJobs(count) {
  const recipe = loadRecipe('irds', { epochs: 2 });
  const dataset = await loadDataset('irds');
  return Array.from({ length: count }, (_, i) =>
    createJob({ recipe: { ...recipe, split: 'cross-subject', seed: i + 1 }, method: 'mrmp', rates: [0, 0.9] }, dataset),
  );
}

export class Sleeper {
  constructor(mean, say) {
    this.mean = mean;
    this.say = say;
    this.idleSince = undefined;
  }

  async run(job, { store, onProgress }) {
    const random = new Random(job.spec.recipe.seed);
    const seconds = this.mean * random.uniform(0.5, 1.5);
    const begun = performance.timeOrigin + performance.now();
    if (seconds > 0) await sleep(seconds * 1000);
    onProgress({ share: 1, loss: 0 });
    const row = {
      split: 'cross-subject',
      rate: 0.9,
      nonzeros: 1,
      actualRate: 0.9,
      macs: 1,
      correct: 1,
      total: 1,
      accuracy: 1,
      accuracyAtThreshold: 1,
    };
    await store.saveResult(job.key, formatResult({ job: job.spec, rows: [row, row] }), {
      seconds,
      machine: thisMachine(),
    });
    await store.dropCheckpoint(job.checkpointKey);
    this.say(job, this.idleSince === undefined ? undefined : begun - this.idleSince);
    this.idleSince = performance.timeOrigin + performance.now();
    return 'done';
  }

  /** A sleep hurts nobody: it ends by itself, and what comes of it is not taken. */
  kill() {}
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const options = {
    queue: { type: 'string' },
    slots: { type: 'string', default: '1' },
    mean: { type: 'string', default: '0' },
    name: { type: 'string', default: 'toy' },
    each: { type: 'boolean', default: false },
    patience: { type: 'string', default: '30' },
  };
  const { values } = parseArgs({ options });
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  const now = () => performance.timeOrigin + performance.now();
  const tell = ({ spec }, what) => {
    const { seed } = spec.recipe;
    if (what === 'begun') console.log(JSON.stringify({ seed, taken: now() }));
    else console.log(JSON.stringify({ seed, what }));
  };
  const say = (job, gap) => console.log(JSON.stringify({ seed: job.spec.recipe.seed, slept: now(), gap }));
  // A worker a slot, as on as many machines: each with connections, a watch and a look of its own; or one with many slots.
  const count = Number(values.slots);
  const serve = async (name, slots) => {
    const connection = await connectQueue(values.queue, { patience: Number(values.patience), onNotice: console.error });
    await serveQueue(connection, {
      name,
      slots,
      dataOf: () => 'irds',
      onNotice: console.error,
      patience: Number(values.patience),
      onJob: (job, what) => tell(job, what),
      signal: stop.signal,
    });
    await connection.close();
  };
  const sleepers = Array.from({ length: count }, () => new Sleeper(Number(values.mean), say));
  await Promise.all(
    values.each ? sleepers.map((one, i) => serve(`${values.name}.${i}`, [one])) : [serve(values.name, sleepers)],
  );
  process.exit();
}

// The entry of a process that works on jobs, one after the other, until its parent lets go of it.
import { setImmediate } from 'node:timers/promises';
import { InputError } from '../../../core/errors.js';
import type { Dataset } from '../../../data/dataset.js';
import { loadDataset } from '../../../data/node/load.js';
import { enableFast } from '../../../kernels/node/fast.js';
import { loadPlugin } from '../../node/plugins.js';
import type { Job } from '../comparison.js';
import { runJob } from '../run-job.js';
import type { FromProcess } from './pool.js';

/** Plugins, whose files are the arguments. */
const plugins = loadAll(process.argv.slice(2));
plugins.catch(() => {}); // told with the first job

process.on('message', (job: Job) => void work(job));
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the parent decides

const datasets = new Map<string, Promise<Dataset>>();

async function work(job: Job): Promise<void> {
  try {
    await plugins;
    if (job.recipe.arithmetic === 'fast') enableFast();
    const dataset = await datasetAt(job.recipe.data);
    const result = await runJob(job, dataset, async (share) => {
      send({ type: 'share', share });
      await setImmediate();
    });
    send({ type: 'result', result });
  } catch (error) {
    if (error instanceof InputError) send({ type: 'bad-input', fault: error.fault });
    else send({ type: 'failure', message: (error as Error).stack ?? String(error) });
  }
}

async function loadAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await loadPlugin(path);
}

function datasetAt(data: string): Promise<Dataset> {
  const dataset = datasets.get(data) ?? loadDataset(data);
  datasets.set(data, dataset);
  return dataset;
}

function send(message: FromProcess): void {
  process.send?.(message);
}

// The entry of a process that works on jobs, one after the other, until its parent lets go of it.
import { setImmediate } from 'node:timers/promises';
import { InputError } from '../../../core/errors.js';
import type { Dataset } from '../../../data/dataset.js';
import { loadDataset } from '../../../data/node/load-dataset.js';
import { enableFast } from '../../../kernels/node/fast.js';
import type { Job } from '../comparison.js';
import { runJob } from '../run-job.js';
import type { FromProcess } from './pool.js';

process.on('message', (job: Job) => void work(job));
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the parent decides

const datasets = new Map<string, Promise<Dataset>>();

async function work(job: Job): Promise<void> {
  try {
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

function datasetAt(data: string): Promise<Dataset> {
  const dataset = datasets.get(data) ?? loadDataset(data);
  datasets.set(data, dataset);
  return dataset;
}

function send(message: FromProcess): void {
  process.send?.(message);
}

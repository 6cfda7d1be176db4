// The entry of a process that works on jobs, one after the other, until its parent lets go of it.
// Its arguments: threads, then the files of plugins.
import { setImmediate } from 'node:timers/promises';
import { InputError, InterruptedError } from '../../../core/errors.js';
import type { Dataset } from '../../../data/dataset.js';
import { loadDataset } from '../../../data/node/load.js';
import { enableFast } from '../../../kernels/node/fast.js';
import { clipsWithin, openNodeClips } from '../../../train/node/clip-file.js';
import { startNodeWorkers } from '../../../train/node/workers.js';
import { loadPlugin } from '../../node/plugins.js';
import { recipeOf } from '../job.js';
import { type PerformOptions, performJob } from '../perform.js';
import { formatResult } from '../result.js';
import { checkData } from './check-data.js';
import { parseJob } from './job-key.js';
import type { FromProcess, ToProcess } from './messages.js';

const [threads, ...paths] = process.argv.slice(2);
const training: NonNullable<PerformOptions['training']> = {
  threads: Number(threads),
  startWorkers: startNodeWorkers,
  createClips: clipsWithin(),
  openClips: openNodeClips,
};

const plugins = loadAll(paths);
plugins.catch(() => {}); // told with the first job

let stop = new AbortController();
process.on('message', (message: ToProcess) => {
  if (message.type === 'stop') stop.abort();
  else void work(message);
});
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the parent decides
process.on('disconnect', () => process.exit());

const datasets = new Map<string, Promise<Dataset>>();

async function work({ spec, data, checkpoint }: Extract<ToProcess, { type: 'start' }>): Promise<void> {
  stop = new AbortController();
  try {
    await plugins;
    const job = parseJob(spec, 'job');
    if (recipeOf(spec).arithmetic === 'fast') enableFast();
    const dataset = await datasetAt(data);
    checkData(spec, dataset, data);
    const { result, seconds } = await performJob(job, dataset, {
      training,
      checkpoint,
      signal: stop.signal,
      onCheckpoint: (bytes) => send({ type: 'checkpoint', bytes }),
      onProgress: async (progress) => {
        send({ type: 'progress', ...progress });
        await setImmediate();
      },
    });
    send({ type: 'result', text: formatResult(result), seconds });
  } catch (error) {
    send(endOf(error));
  }
}

function endOf(error: unknown): FromProcess {
  if (error instanceof InterruptedError) return { type: 'stopped' };
  if (error instanceof InputError) return { type: 'bad-input', fault: error.fault };
  return { type: 'failure', message: (error as Error).stack ?? String(error) };
}

async function loadAll(files: readonly string[]): Promise<void> {
  for (const path of files) await loadPlugin(path);
}

function datasetAt(data: string): Promise<Dataset> {
  const dataset = datasets.get(data) ?? loadDataset(data);
  datasets.set(data, dataset);
  return dataset;
}

function send(message: FromProcess): void {
  process.send?.(message);
}

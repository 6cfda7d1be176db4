// The entry of a process that works on jobs, one after the other, until its parent lets go of it.
// Its arguments: threads, then the files of plugins.
import { DivergenceError, InputError } from '../../../core/errors.js';
import type { Dataset } from '../../../data/dataset.js';
import { loadDataset } from '../../../data/node/load.js';
import { enableFast } from '../../../kernels/node/fast.js';
import { NetworkPlace } from '../../node/network-place.js';
import { loadPlugin } from '../../node/plugins.js';
import { recipeOf } from '../job.js';
import { checkData } from './check-data.js';
import { parseJob } from './job-key.js';
import type { FromProcess, ToProcess } from './messages.js';
import { TrainingPlace } from './training-place.js';

const [count, ...paths] = process.argv.slice(2);
const threads = Number(count);

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

async function work({ spec, data, checkpoint, folder }: Extract<ToProcess, { type: 'start' }>): Promise<void> {
  stop = new AbortController();
  try {
    await plugins;
    const job = parseJob(spec, 'job');
    if (recipeOf(spec).arithmetic === 'fast') enableFast();
    const dataset = await datasetAt(data);
    checkData(spec, dataset, data);
    if (spec.task === 'network' && folder === undefined) throw withoutFolder(job.name);
    const place =
      spec.task === 'network' ? new NetworkPlace(dataset, { threads }) : new TrainingPlace(dataset, threads);
    const end = await place.run(job, {
      data,
      folder,
      checkpoint,
      signal: stop.signal,
      onCheckpoint: (bytes) => send({ type: 'checkpoint', bytes }),
      onProgress: (progress) => send({ type: 'progress', ...progress }),
    });
    send(end);
  } catch (error) {
    send(endOf(error));
  }
}

function withoutFolder(source: string): InputError {
  const mend = 'Run it with: anyrate train';
  return new InputError({ source, expected: 'a run folder to keep a network in', found: 'none', mend });
}

function endOf(error: unknown): FromProcess {
  if (error instanceof DivergenceError) return { type: 'diverged', message: error.message };
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

/** A parent that was killed takes no messages: the process ends, as when it is let go. */
function send(message: FromProcess): void {
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) process.exit();
  });
}

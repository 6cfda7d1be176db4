// The entry of a process that works on jobs, one after the other, until its parent lets go of it.
// Its arguments: threads, then the files of plugins.
import { setImmediate } from 'node:timers/promises';
import { DivergenceError, InputError, InterruptedError } from '../../../core/errors.js';
import type { Dataset } from '../../../data/dataset.js';
import { loadDataset } from '../../../data/node/load.js';
import { enableFast } from '../../../kernels/node/fast.js';
import { clipsWithin, openNodeClips } from '../../../train/node/clip-file.js';
import { startNodeWorkers } from '../../../train/node/workers.js';
import { runFold } from '../../node/fold.js';
import type { ExperimentEvent } from '../../node/network-run.js';
import { loadPlugin } from '../../node/plugins.js';
import { RunFolder } from '../../node/run-folder.js';
import { type Job, recipeOf } from '../job.js';
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

async function work({ spec, data, checkpoint, folder }: Extract<ToProcess, { type: 'start' }>): Promise<void> {
  stop = new AbortController();
  try {
    await plugins;
    const job = parseJob(spec, 'job');
    if (recipeOf(spec).arithmetic === 'fast') enableFast();
    const dataset = await datasetAt(data);
    checkData(spec, dataset, data);
    if (spec.task === 'network') {
      send(await network(job, dataset, data, folder));
      return;
    }
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

/** How much of a network's job its trainings are; the rest is its report. */
const MOST_TRAINED = 0.99;

/** A network in its run folder, which keeps its checkpoints; the result says that it is done. */
async function network({ spec, name }: Job, dataset: Dataset, data: string, folder?: string): Promise<FromProcess> {
  if (folder === undefined) throw withoutFolder(name);
  const recipe = { ...recipeOf(spec), data, report: [...spec.rates] };
  const trainings = recipe.calibrate ? 2 : 1;
  let ended = 0;
  const onEvent = (event: ExperimentEvent) => {
    if (event.type === 'end') ended++;
    if (event.type !== 'epoch') return;
    const { epoch, epochs, loss } = event.report;
    send({ type: 'progress', share: (MOST_TRAINED * (ended + epoch / epochs)) / trainings, loss });
  };
  const options = { threads: Number(threads), signal: stop.signal, onEvent };
  const { seconds } = await runFold(recipe, dataset, RunFolder.open(folder), options);
  return { type: 'result', text: formatResult({ job: spec, rows: [] }), seconds };
}

function withoutFolder(source: string): InputError {
  const mend = 'Run it with: anyrate train';
  return new InputError({ source, expected: 'a run folder to keep a network in', found: 'none', mend });
}

function endOf(error: unknown): FromProcess {
  if (error instanceof InterruptedError) return { type: 'stopped' };
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

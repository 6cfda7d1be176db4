// The processor time of 12 jobs by the local pool and through Redis, in turns: of all processes, Redis included.
import { endAll, start } from '../processes.js';
import { dataFlags, folder, startRedis, sweepFlags } from './rig.js';

const COORDINATOR = new URL('coordinator.js', import.meta.url).pathname;
const MAIN = new URL('../../dist/cli/main.js', import.meta.url).pathname;
const PROCESSES = '2';

export async function cost({ pairs = '2', ...sweep }) {
  const found = [];
  for (let pair = 0; pair < Number(pairs); pair++) found.push({ local: await local(sweep), queue: await queue(sweep) });
  const mean = (of) => found.reduce((total, pair) => total + of(pair), 0) / found.length;
  const [alone, queued] = [mean((pair) => pair.local.processor), mean((pair) => pair.queue.processor)];
  return { jobs: 12, processes: 2, more: `${(100 * (queued / alone - 1)).toFixed(1)} %`, pairs: found };
}

async function local(sweep) {
  const started = performance.now();
  const flags = ['--local', PROCESSES, '--out', folder('local'), ...sweepFlags(sweep)];
  const pool = timed('pool', [COORDINATOR, ...flags]);
  await pool.over;
  return { seconds: elapsed(started), processor: processorOf(pool) };
}

/** A worker and a coordinator that start at the same time; the worker ends when it has had nothing to do for 20 seconds. */
async function queue(sweep) {
  const redis = await startRedis();
  const started = performance.now();
  const worker = timed('w', [
    ...[MAIN, 'worker', '--queue', redis.url, '--jobs', PROCESSES, '--idle', '20'],
    ...dataFlags(sweep),
  ]);
  const flags = ['--queue', redis.url, '--out', folder('queue'), ...sweepFlags(sweep)];
  const coordinator = timed('c', [COORDINATOR, ...flags]);
  await coordinator.over;
  const seconds = elapsed(started);
  await worker.over;
  const [system, user] = ['sys', 'user'].map((kind) =>
    Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(redis.cli('info', 'cpu'))[1]),
  );
  const parts = { worker: processorOf(worker), coordinator: processorOf(coordinator), redis: tenth(system + user) };
  await endAll([redis.process]);
  return { seconds, processor: tenth(parts.worker + parts.coordinator + parts.redis), ...parts };
}

/** With the processor time of it and of all below it at the end of what it says. */
function timed(name, args) {
  return start(name, 'bash', ['-c', 'TIMEFORMAT="processor %U %S"; time "$@"', 'timed', process.execPath, ...args]);
}

function processorOf({ said }) {
  const [, user, system] = /processor ([\d.]+) ([\d.]+)/.exec(said);
  return tenth(Number(user) + Number(system));
}

const tenth = (value) => Math.round(value * 10) / 10;
const elapsed = (since) => tenth((performance.now() - since) / 1000);

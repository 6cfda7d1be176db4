// What the scenarios of bench/queue.js share: a redis-server of their own, workers and coordinators as processes, a sweep.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadDataset, loadRecipe, Random } from '../../dist/node.js';
import { createJob } from '../../dist/run/jobs/node/job-key.js';
import { start } from '../processes.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const COORDINATOR = fileURLToPath(new URL('coordinator.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'anyrate-queue-'));

export const folder = (name) => mkdtempSync(join(scratch, `${name}-`));

/**
 * 3 recipes x 2 seeds x 2 folds. Of irds; or, with `data`, of the small set that `tinyData` writes and a network of a second, where
 * what is looked at is who does the jobs.
 */
export async function sweepJobs({ epochs, data }) {
  const dataset = await loadDataset(data === undefined ? 'irds' : join(data, 'irds'));
  const base = loadRecipe(data === undefined ? 'irds' : tinyRecipe(), { epochs: Number(epochs) });
  const jobs = [];
  for (const [v, change] of [{}, { learningRate: 0.002 }, { batch: 24 }].entries()) {
    for (const seed of [1, 2]) {
      for (const fold of [1, 2]) {
        const training = { ...base.training, ...change };
        const recipe = { ...base, name: `irds${v}`, seed, split: `cross-subject/validation-${fold}`, training };
        jobs.push(createJob({ recipe, method: 'mrmp', rates: [0, 0.9, 0.98] }, dataset));
      }
    }
  }
  return jobs;
}

/** The flags of a sweep for coordinators, and of its data for workers. */
export const sweepFlags = ({ epochs, data }) => [
  '--epochs',
  String(epochs),
  ...(data === undefined ? [] : ['--data', data]),
];
export const dataFlags = ({ data }) => (data === undefined ? [] : ['--data-dir', data]);

/** @returns the path of a recipe whose epochs take milliseconds */
export function tinyRecipe() {
  const file = join(mkdtempSync(join(scratch, 'recipe-')), 'tiny.json');
  const recipe = {
    name: 'tiny',
    data: 'irds',
    preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 2 }] },
    augmentation: [{ step: 'jitter', deviation: 0.02 }],
    network: [{ kind: 'graph-convolution', heads: 1, filters: 4, combine: 'sum', dropout: 0.1 }],
    training: { batch: 8 },
  };
  writeFileSync(file, JSON.stringify(recipe));
  return file;
}

/** A folder that holds a data set called irds, of movements that are made up: eight subjects, three gestures, three takes. */
export function tinyData() {
  const path = folder('data');
  const files = join(path, 'irds/Simplified');
  mkdirSync(files, { recursive: true });
  for (const subject of [101, 102, 103, 104, 105, 106, 107, 108]) {
    for (const gesture of [0, 1, 2]) {
      for (const take of [1, 2, 3]) {
        const random = new Random(subject, gesture, take);
        const value = (t, i) => Math.sin(i + (t * gesture) / 4) + 0.1 * random.normal();
        const line = (t) => Array.from({ length: 75 }, (_, i) => value(t, i).toFixed(3)).join(',');
        const text = Array.from({ length: 12 }, (_, t) => line(t)).join('\n');
        writeFileSync(join(files, `${subject}_18_${gesture}_${take}_1_sit.txt`), `${text}\n`);
      }
    }
  }
  return path;
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @param {{ into?: readonly string[], bind?: string, port?: number, dir?: string, more?: readonly string[] }} options */
export async function startRedis({ into = [], bind = '127.0.0.1', port, dir = folder('redis'), more = [] } = {}) {
  const at = port ?? (await freePort());
  const args = ['--port', String(at), '--bind', bind, '--protected-mode', 'no', '--dir', dir, '--save', ''];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];
  const again = () => start('redis', 'redis-server', [...args, ...durable, ...more], { into, quiet: true });
  const redis = { url: `redis://${bind}:${at}`, port: at, process: again() };
  redis.restart = () => {
    redis.process = again();
  };
  redis.cli = (...words) =>
    execFileSync(
      into[0] ?? 'redis-cli',
      [...(into.length > 0 ? [...into.slice(1), 'redis-cli'] : []), '-h', bind, '-p', String(at), ...words],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ).trim();
  for (let i = 0; i < 100; i++) {
    try {
      if (redis.cli('ping') === 'PONG') break;
    } catch {}
    await sleep(50);
  }
  return redis;
}

/** @param {Parameters<typeof start>[3]} options */
export function startWorker(name, url, more = [], options = {}) {
  return start(
    name,
    process.execPath,
    [MAIN, 'worker', '--queue', url, '--name', name, '--jobs', '1', ...more],
    options,
  );
}

/** @param {Parameters<typeof start>[3]} options */
export function startCoordinator(name, url, out, args, options = {}) {
  return start(name, process.execPath, [COORDINATOR, '--queue', url, '--out', out, ...args], options);
}

/** One digest for all results of a folder, and how many there are. */
export function digestOf(path) {
  const files = readdirSync(join(path, 'jobs'))
    .filter((file) => file.endsWith('.json'))
    .toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(path, 'jobs', file)));
  return { results: files.length, sha256: hash.digest('hex') };
}

/** How often each job was done to its end, and which were resumed, from what workers said. */
export function countEnds(workers) {
  const ends = new Map();
  for (const { said } of workers) {
    for (const [, job] of said.matchAll(/^(.+): done in/gm)) ends.set(job, (ends.get(job) ?? 0) + 1);
  }
  return { done: [...ends.values()].reduce((a, b) => a + b, 0), twice: [...ends.values()].filter((n) => n > 1).length };
}

export { sleep };

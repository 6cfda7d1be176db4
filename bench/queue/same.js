// The same sweep locally and through Redis, by one coordinator and by two.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { folderRunner } from '../../dist/run/jobs/node/folder-runner.js';
import { endAll } from '../processes.js';
import {
  countEnds,
  dataFlags,
  digestOf,
  folder,
  startCoordinator,
  startRedis,
  startWorker,
  sweepFlags,
  sweepJobs,
} from './rig.js';

/** What a pool of this machine gives. */
export async function locally(sweep) {
  const out = folder('local');
  const jobs = await sweepJobs(sweep);
  const run = folderRunner({
    folder: out,
    data: sweep.data === undefined ? 'irds' : join(sweep.data, 'irds'),
    processes: availableParallelism(),
    threads: 1,
  });
  const started = performance.now();
  await run(() => jobs);
  return { ...digestOf(out), seconds: (performance.now() - started) / 1000 };
}

export async function same(sweep) {
  const local = await locally(sweep);
  const redis = await startRedis();
  const workers = ['w1', 'w2', 'w3'].map((name) => startWorker(name, redis.url, dataFlags(sweep)));
  const out = folder('queue');
  const code = await startCoordinator('c', redis.url, out, sweepFlags(sweep)).over;
  await endAll([...workers, redis.process]);
  const queue = digestOf(out);
  return { code, local, queue, isSame: local.sha256 === queue.sha256, ...countEnds(workers) };
}

export async function two(sweep) {
  const redis = await startRedis();
  const workers = ['w1', 'w2', 'w3'].map((name) => startWorker(name, redis.url, dataFlags(sweep)));
  const outs = [folder('one'), folder('other')];
  const codes = await Promise.all(
    outs.map((out, i) => startCoordinator(`c${i}`, redis.url, out, sweepFlags(sweep)).over),
  );
  await endAll([...workers, redis.process]);
  const [one, other] = outs.map(digestOf);
  return { codes, one, isSame: one.sha256 === other.sha256, ...countEnds(workers) };
}

// 10,000 toy jobs that take no time: what the queue itself manages, and what it weighs.
import { FolderStore } from '../../dist/run/jobs/node/folder-store.js';
import { connectQueue } from '../../dist/run/queue/node/connect.js';
import { runByQueue } from '../../dist/run/queue/node/coordinate.js';
import { endAll, memoryOf, start } from '../processes.js';
import { folder, startRedis } from './rig.js';
import { toyJobs } from './toy.js';

const TOY = new URL('toy.js', import.meta.url).pathname;

export async function many({ jobs: count = '10000' }) {
  const jobs = await toyJobs(Number(count));
  const redis = await startRedis();
  const worker = start('toy', process.execPath, [TOY, '--queue', redis.url, '--slots', '8'], { quiet: true });
  const connection = await connectQueue(redis.url);
  const store = new FolderStore(folder('many'));
  store.make();
  const started = performance.now();
  const points = [];
  let done = 0;
  const megabytes = (bytes) => Math.round(bytes / 2 ** 20);
  const point = () => {
    const redisMemory = Number(/used_memory:(\d+)/.exec(redis.cli('info', 'memory'))[1]);
    points.push({
      done,
      seconds: Math.round((performance.now() - started) / 1000),
      coordinator: megabytes(memoryOf(process.pid)),
      worker: megabytes(memoryOf(worker.child.pid)),
      redis: megabytes(redisMemory),
    });
  };
  point();
  const finished = await runByQueue(connection, () => jobs, {
    store,
    onEvent: ({ type }) => {
      if (type === 'result' && ++done % Math.ceil(jobs.length / 10) === 0) point();
    },
  });
  const seconds = (performance.now() - started) / 1000;
  await connection.close();
  const ends = [...worker.said.matchAll(/"what":"done"/g)].length;
  await endAll([worker, redis.process]);
  return {
    jobs: jobs.length,
    done: finished.size,
    timesDone: ends,
    jobsPerSecond: Math.round(finished.size / seconds),
    megabytes: points,
  };
}

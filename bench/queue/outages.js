// Redis killed and started again every second while queues are opened and jobs end: whether every sweep of jobs that take no time ends.

import { Random } from '../../dist/node.js';
import { FolderStore } from '../../dist/run/jobs/node/folder-store.js';
import { connectQueue } from '../../dist/run/queue/node/connect.js';
import { runByQueue } from '../../dist/run/queue/node/coordinate.js';
import { serveQueue } from '../../dist/run/queue/node/serve.js';
import { endAll, killHard } from '../processes.js';
import { folder, sleep, startRedis } from './rig.js';
import { Sleeper, toyJobs } from './toy.js';

const SLOTS = 4;
const JOBS = 30;
const OUTAGES = 6;
/** Seconds. */
const PATIENCE = 3;
const LONGEST = 60;

export async function outages({ pairs = '20', seed }) {
  const random = new Random(Number(seed));
  const redis = await startRedis();
  const all = await toyJobs(Number(pairs) * JOBS);
  const rounds = [];
  for (let at = 0; at < all.length; at += JOBS) rounds.push(await round(all.slice(at, at + JOBS), redis, random));
  await endAll([redis.process]);
  const sum = (of) => rounds.reduce((total, one) => total + of(one), 0);
  return {
    rounds: rounds.length,
    outages: sum(({ kills }) => kills),
    jobs: sum(({ done }) => done),
    hung: rounds.filter(({ done }) => done < JOBS).length,
    longest: Math.max(...rounds.map(({ seconds }) => seconds)),
  };
}

async function round(jobs, redis, random) {
  const started = performance.now();
  const [mine, coordinator] = [await connect(redis.url), await connect(redis.url)];
  const stop = new AbortController();
  const slots = Array.from({ length: SLOTS }, () => new Sleeper(0.06, () => {}));
  const worker = { name: 'w', slots, patience: PATIENCE, dataOf: () => 'irds', onNotice: () => {} };
  const serving = serveQueue(mine, { ...worker, signal: stop.signal });
  const store = new FolderStore(folder('outages'));
  store.make();
  const give = new AbortController();
  let isOver = false;
  const running = runByQueue(coordinator, () => jobs, { store, signal: give.signal }).finally(() => {
    isOver = true;
  });
  let kills = 0;
  for (; kills < OUTAGES && !isOver; kills++) {
    await sleep(random.uniform(200, 900));
    await killHard(redis.process);
    await sleep(random.uniform(0, 1500));
    redis.restart();
    await sleep(300);
  }
  const late = setTimeout(() => give.abort(), LONGEST * 1000);
  const done = (await running).size;
  clearTimeout(late);
  const seconds = Math.round((performance.now() - started) / 1000);
  stop.abort();
  await Promise.race([serving, sleep(10_000)]);
  await Promise.all([mine.close(), coordinator.close()]);
  return { kills, done, seconds };
}

function connect(url) {
  return connectQueue(url, { patience: PATIENCE });
}

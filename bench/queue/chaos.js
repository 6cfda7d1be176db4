// kill -9 of workers, the coordinator and Redis at random, each started again soon after.
import { Random } from '../../dist/node.js';
import {
  countEnds,
  dataFlags,
  digestOf,
  endAll,
  folder,
  sleep,
  startCoordinator,
  startRedis,
  startWorker,
  sweepFlags,
} from './rig.js';
import { locally } from './same.js';

/** Seconds, for all; detection takes at least so long. */
const PATIENCE = 6;

export async function chaos(sweep) {
  const { seed, kills } = sweep;
  const local = await locally(sweep);
  const random = new Random(Number(seed));
  const redis = await startRedis();
  const out = folder('chaos');
  const all = [];
  const begin = {
    worker: (i) => startWorker(`w${i}-${all.length}`, redis.url, ['--patience', String(PATIENCE), ...dataFlags(sweep)]),
    coordinator: () => startCoordinator('c', redis.url, out, sweepFlags(sweep)),
  };
  const keep = (process) => {
    all.push(process);
    watch(process);
    return process;
  };
  // When a job was begun by whom, to tell how long it took to take up what a killed worker left.
  const begun = new Map();
  const left = new Map();
  const detections = [];
  let resumedAfterKill = 0;
  function watch({ child }) {
    child.stderr.on('data', (text) => {
      for (const [, job] of String(text).matchAll(/^(.+): begun$/gm)) {
        if (left.has(job)) {
          detections.push((performance.now() - left.get(job)) / 1000);
          left.delete(job);
          resumedAfterKill++;
        }
        begun.set(job, child.pid);
      }
      for (const [, job] of String(text).matchAll(/^(.+): (?:done|given)/gm)) begun.delete(job);
    });
  }
  const workers = [0, 1, 2].map((i) => keep(begin.worker(i)));
  let coordinator = keep(begin.coordinator());
  const counts = { worker: 0, coordinator: 0, redis: 0 };
  let done = 0;
  while (done < Number(kills)) {
    await sleep(random.uniform(1000, 7000));
    if (coordinator.isOver && (await coordinator.over) === 0) break;
    const dice = random.uniform();
    const what = dice < 0.6 ? 'worker' : dice < 0.8 ? 'coordinator' : 'redis';
    counts[what]++;
    done++;
    if (what === 'worker') {
      const i = random.integer(3);
      const { child } = workers[i];
      for (const [job, pid] of begun) if (pid === child.pid) left.set(job, performance.now());
      await endAll([workers[i]], 'SIGKILL');
      await sleep(random.uniform(0, 3000));
      workers[i] = keep(begin.worker(i));
    } else if (what === 'coordinator') {
      await endAll([coordinator], 'SIGKILL');
      await sleep(random.uniform(0, 3000));
      coordinator = keep(begin.coordinator());
    } else {
      await endAll([redis.process], 'SIGKILL');
      await sleep(random.uniform(0, 3000));
      redis.restart();
    }
  }
  const code = await coordinator.over;
  await endAll([...workers, redis.process]);
  const queue = digestOf(out);
  const sorted = detections.toSorted((a, b) => a - b).map((s) => Math.round(s * 10) / 10);
  const failures = all.flatMap(({ said }) => said.match(/^.*(?:failed|lost to others).*$/gm) ?? []);
  return {
    seed,
    kills: done,
    counts,
    code,
    isSame: queue.sha256 === local.sha256,
    ...queue,
    ...countEnds(all),
    resumedAfterKill,
    patience: PATIENCE,
    detections: sorted,
    failures,
  };
}

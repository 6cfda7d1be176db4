// kill -9 of workers at their jobs, of the coordinator and of Redis at random moments, each started again soon after.
import { Random } from '../../dist/node.js';
import { endAll, killHard, killJob } from '../processes.js';
import {
  countEnds,
  dataFlags,
  digestOf,
  folder,
  sleep,
  startCoordinator,
  startRedis,
  startWorker,
  sweepFlags,
} from './rig.js';
import { locally } from './same.js';
import { Watch } from './watch.js';

/** Seconds, for all; detection takes at least so long. */
const PATIENCE = 6;
const WORKERS = 3;

export async function chaos(sweep) {
  const local = await locally(sweep);
  const scene = new Scene(sweep, await startRedis());
  await scene.play(Number(sweep.kills));
  const code = await scene.coordinator.over;
  await endAll([...scene.workers, scene.redis.process]);
  const queue = digestOf(scene.out);
  return {
    seed: sweep.seed,
    kills: scene.kills,
    code,
    isSame: queue.sha256 === local.sha256,
    ...queue,
    ...countEnds(scene.all),
    ...scene.watch.facts(),
    patience: PATIENCE,
    localSeconds: Math.round(local.seconds),
  };
}

class Scene {
  all = [];
  watch = new Watch();
  kills = { workers: 0, atTheirJobs: 0, jobProcesses: 0, coordinator: 0, redis: 0 };
  out = folder('chaos');

  constructor(sweep, redis) {
    this.sweep = sweep;
    this.redis = redis;
    this.random = new Random(Number(sweep.seed));
    this.workers = Array.from({ length: WORKERS }, (_, i) => this.startWorker(i));
    this.coordinator = this.startCoordinator();
  }

  async play(most) {
    for (let done = 0; done < most; done++) {
      await sleep(this.random.uniform(1000, 6000));
      const dice = this.random.uniform();
      if (dice < 0.5) await this.killWorker();
      else if (dice < 0.6) this.killJobOf(this.workers[this.random.integer(WORKERS)]);
      else if (dice < 0.8) await this.killCoordinator();
      else await this.killRedis();
      if (this.coordinator.isOver && (await this.coordinator.over) === 0) return;
    }
  }

  /** One that is at a job, if there is one. */
  async killWorker() {
    const busy = this.workers.filter(({ child }) => this.watch.isBusy(child.pid));
    const victim = busy.length > 0 ? busy[this.random.integer(busy.length)] : this.workers[0];
    this.kills.workers++;
    if (busy.length > 0) this.kills.atTheirJobs++;
    await killHard(victim);
    this.watch.killed(victim.child.pid);
    await this.rest();
    this.workers[this.workers.indexOf(victim)] = this.startWorker(this.all.length);
  }

  killJobOf(worker) {
    if (killJob(worker)) this.kills.jobProcesses++;
  }

  async killCoordinator() {
    this.kills.coordinator++;
    await killHard(this.coordinator);
    await this.rest();
    this.coordinator = this.startCoordinator();
  }

  async killRedis() {
    this.kills.redis++;
    await killHard(this.redis.process);
    await this.rest();
    this.redis.restart();
    await sleep(1000);
  }

  rest() {
    return sleep(this.random.uniform(0, 3000));
  }

  startWorker(i) {
    const flags = ['--patience', String(PATIENCE), ...dataFlags(this.sweep)];
    return this.keep(startWorker(`w${i}`, this.redis.url, flags));
  }

  startCoordinator() {
    return this.keep(startCoordinator('c', this.redis.url, this.out, sweepFlags(this.sweep)));
  }

  keep(process) {
    this.all.push(process);
    this.watch.listen(process.child);
    return process;
  }
}

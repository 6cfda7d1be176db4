// 200 workers in a few processes, jobs that sleep for 4 s, and 5 % of the workers that die in the middle, for good.
import { endAll, killHard, memoryOf, start } from '../processes.js';
import { folder, sleep, startCoordinator, startRedis } from './rig.js';

const TOY = new URL('toy.js', import.meta.url).pathname;
/** Workers of each process; those of the last die. */
const PROCESSES = [48, 48, 47, 47, 10];
const PATIENCE = 30;

export async function crowd({ jobs: count = '20000', mean = '4' }) {
  const redis = await startRedis();
  const workers = PROCESSES.map((slots, i) => {
    const flags = ['--queue', redis.url, '--slots', String(slots), '--mean', mean, '--name', `p${i}`, '--each'];
    return start(`p${i}`, process.execPath, [TOY, ...flags, '--patience', String(PATIENCE)], { quiet: true });
  });
  const started = performance.now();
  const coordinator = startCoordinator('c', redis.url, folder('crowd'), ['--toy', count], { quiet: true });
  const results = () => coordinator.said.match(/^\S+ result /gm)?.length ?? 0;
  while (results() < Number(count) / 2 && !coordinator.isOver) await sleep(500);
  const doomed = workers[PROCESSES.length - 1];
  const killedAt = performance.timeOrigin + performance.now();
  await killHard(doomed);
  const memory = memoryOf(coordinator.child.pid);
  const code = await coordinator.over;
  const seconds = (performance.now() - started) / 1000;
  await endAll([...workers, redis.process]);
  return {
    code,
    jobs: Number(count),
    workers: PROCESSES.reduce((a, b) => a + b, 0),
    dead: PROCESSES[PROCESSES.length - 1],
    meanSeconds: Number(mean),
    jobsPerSecond: Math.round((10 * Number(count)) / seconds) / 10,
    busyShare: Math.round((100 * Number(count) * Number(mean)) / (seconds * 200)) / 100,
    coordinatorMegabytes: Math.round(memory / 2 ** 20),
    ...facts(workers, killedAt),
  };
}

/** Gaps of slots between two jobs, jobs that slept to the end twice, and what those lost that the dead held. */
function facts(workers, killedAt) {
  const lines = workers.flatMap(({ said, name }) =>
    said.split('\n').flatMap((line) => (line.startsWith('{') ? [{ ...JSON.parse(line), name }] : [])),
  );
  const slept = new Map();
  for (const { seed, slept: at } of lines) if (at !== undefined) slept.set(seed, (slept.get(seed) ?? 0) + 1);
  const gaps = lines.flatMap(({ gap }) => (gap === undefined ? [] : [gap])).toSorted((a, b) => a - b);
  const last = `p${PROCESSES.length - 1}`;
  const taken = (of) => lines.filter((line) => line.taken !== undefined && (line.name === last) === of);
  const ended = new Set(
    lines.flatMap(({ name, seed, slept: at }) => (name === last && at !== undefined ? [seed] : [])),
  );
  const held = taken(true).filter(({ seed }) => !ended.has(seed));
  const others = new Map(taken(false).map(({ seed, taken: at }) => [seed, at]));
  const lost = held.flatMap(({ seed, taken: at }) => (others.has(seed) ? [killedAt - at] : []));
  const waited = held.flatMap(({ seed }) => (others.has(seed) ? [others.get(seed) - killedAt] : []));
  const round = (milliseconds) => Math.round(milliseconds / 100) / 10;
  return {
    gapMilliseconds: {
      p50: Math.round(at(gaps, 0.5)),
      p95: Math.round(at(gaps, 0.95)),
      p99: Math.round(at(gaps, 0.99)),
    },
    twice: [...slept.values()].filter((n) => n > 1).length,
    heldByDead: held.length,
    lostSeconds: round(lost.reduce((a, b) => a + b, 0)),
    takenUpAfterSeconds: waited.map(round).toSorted((a, b) => a - b),
  };
}

function at(sorted, share) {
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? Number.NaN;
}

// Eight jobs by the local pool, as many jobs at a time and threads each as `SHAPES` says, in turns forwards and backwards.
import { endAll, start } from '../processes.js';
import { folder, sweepFlags } from './rig.js';

const COORDINATOR = new URL('coordinator.js', import.meta.url).pathname;
/** Jobs at a time, and threads of each. */
const SHAPES = [
  [8, 1],
  [4, 2],
  [2, 1],
  [1, 2],
];

export async function threads({ pairs = '1', ...sweep }) {
  const found = [];
  for (let round = 0; round < Number(pairs); round++) {
    for (const [jobs, count] of round % 2 === 0 ? SHAPES : SHAPES.toReversed())
      found.push(await run(jobs, count, sweep));
  }
  return { jobs: 8, found };
}

async function run(jobs, count, sweep) {
  const flags = ['--local', String(jobs), '--threads', String(count), '--most', '8', '--out', folder('threads')];
  const time = ['-c', 'TIMEFORMAT="took %R %U %S"; time "$@"', 'timed', process.execPath];
  const pool = start('pool', 'bash', [...time, COORDINATOR, ...flags, ...sweepFlags(sweep)]);
  await pool.over;
  await endAll([pool]);
  const [, elapsed, user, system] = /took ([\d.]+) ([\d.]+) ([\d.]+)/.exec(pool.said);
  return {
    jobs,
    threads: count,
    elapsed: Number(elapsed),
    processor: Math.round(10 * (Number(user) + Number(system))) / 10,
  };
}

/** Milliseconds that a group of calls must take: browsers round their clocks. */
const GROUP = 4;
/** Milliseconds until a function has been compiled well. */
const WARM_UP = 60;

/** Median time of a call in microseconds, by the clock of a browser: groups of calls, when warm. */
export function medianLatency(run: () => unknown, groups = 11): number {
  for (const start = performance.now(); performance.now() - start < WARM_UP; ) run();
  const calls = callsOf(run);
  const times = Array.from({ length: groups }, () => time(run, calls) / calls).sort((a, b) => a - b);
  return times[groups >> 1] * 1000;
}

/** How many calls make a group. */
function callsOf(run: () => unknown): number {
  let calls = 1;
  while (time(run, calls) < GROUP) calls *= 2;
  return calls;
}

function time(run: () => unknown, calls: number): number {
  const start = performance.now();
  for (let i = 0; i < calls; i++) run();
  return performance.now() - start;
}

/** Milliseconds that a group of calls must take: browsers round their clocks. */
const GROUP = 4;

/** Median time of a call in microseconds, by the clock of a browser: groups of calls, after as many to warm up. */
export function medianLatency(run: () => unknown, groups = 11): number {
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

// Shared by the benchmarks: timing, medians, and what machine and versions a result was made with.
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { gzipSync } from 'node:zlib';

/** Median and least of the milliseconds that `run` takes, after a warm-up. */
export function time(run, { count = 15, warmUp = 3 } = {}) {
  for (let i = 0; i < warmUp; i++) run();
  const times = Array.from({ length: count }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return { median: times[count >> 1], least: times[0] };
}

/** What a file takes on the wire. */
export function gzippedBytes(bytes) {
  return gzipSync(bytes, { level: 9 }).length;
}

export function machine() {
  const [{ model }] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: model.trim(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    v8: process.versions.v8,
    commit: git('rev-parse', '--short', 'HEAD'),
  };
}

function git(...args) {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}

export const round = (x, digits = 2) => Number(x.toFixed(digits));

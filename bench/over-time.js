// One joint training step of a network over time, three blocks of 48, 64 and 96 filters: the dense rate alone, eight rates,
// one thread and two, against PyTorch on the same arithmetic (bench/peers/torch_over_time.py). By the sequence, since PyTorch is as fast
// with smaller batches. Processor time of all threads stands beside the time that passes: other programs disturb it less.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { markdownTable } from 'markdown-table';
import { benchStep, REFERENCE_RATES } from '../dist/measure/step.js';
import { startNodeWorkers } from '../dist/train/node/workers.js';
import { LAYERS } from './continual.js';
import { round } from './lib/measure.js';
import { reasonOf } from './lib/reason.js';

const [FRAMES, JOINTS, CHANNELS, CLASSES] = [64, 25, 12, 60];
const [BATCH, PEER_BATCH] = [64, 16];
const NETWORK = {
  layers: LAYERS,
  input: { nodes: FRAMES * JOINTS, channels: CHANNELS, frames: FRAMES },
  classes: CLASSES,
};
const VARIANTS = [1, 2].flatMap((threads) => [[0], REFERENCE_RATES].map((rates) => ({ threads, rates })));
const PEER = fileURLToPath(new URL('./peers/torch_over_time.py', import.meta.url));

/** The second of two steps; processor time is the mean of both. */
function measure({ threads, rates }) {
  const before = process.cpuUsage();
  const once = { batch: BATCH, steps: 1, warmUp: 1, divergence: false, startWorkers: startNodeWorkers };
  const { msPerStep } = benchStep({ ...once, network: NETWORK, threads, rates });
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1000 / 2;
  return { engine: 'anyrate', threads, rates: rates.length, ms: msPerStep / BATCH, cpu: cpu / BATCH };
}

function measurePeer({ threads, rates }) {
  const options = ['--threads', threads, '--rates', ...rates, '--batch', PEER_BATCH, '--steps', 1].map(String);
  const row = { engine: 'PyTorch', threads, rates: rates.length };
  try {
    const text = execFileSync('/usr/bin/python3', [PEER, ...options], { encoding: 'utf8' });
    const { msPerStep, cpuMsPerStep, version } = JSON.parse(text);
    return { ...row, engine: `PyTorch ${version}`, ms: msPerStep / PEER_BATCH, cpu: cpuMsPerStep / PEER_BATCH };
  } catch (error) {
    return { ...row, absent: reasonOf(error) };
  }
}

export function benchStepOverTime() {
  return { rows: [...VARIANTS.map(measure), ...VARIANTS.map(measurePeer)] };
}

export function stepOverTimeTable({ rows }) {
  const body = rows.map((r) =>
    [r.engine, r.threads, r.rates, ...(r.absent ? [r.absent, ''] : [round(r.ms, 1), round(r.cpu, 1)])].map(String),
  );
  return markdownTable([['engine', 'threads', 'rates', 'ms a sequence', 'of the processor'], ...body]);
}

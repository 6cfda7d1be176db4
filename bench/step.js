// (a) One joint training step, anyrate against its peers; (b) cost over the number of rates; (d) over the sizes.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { markdownTable } from 'markdown-table';
import { supportsFast } from '../dist/kernels/wasm/wasm.js';
import { benchStep, REFERENCE_RATES } from '../dist/measure/step.js';
import { startNodeWorkers } from '../dist/train/node/workers.js';
import { round } from './lib/measure.js';
import { reasonOf } from './lib/reason.js';

const RATES_16 = [0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995];
/** σ along a training: 5 to 50 in geometric steps. */
const SCHEDULE = [5, 8.9, 15.8, 28.1, 50];
const peer = (file) => fileURLToPath(new URL(`./peers/${file}`, import.meta.url));

/** Rounds of our own variants, taken in turn: what is reported is the best round's median, since noise only adds. */
const ROUNDS = 3;

function measure(options) {
  const result = benchStep({ steps: 15, startWorkers: startNodeWorkers, ...options });
  return { ...result, msPerStep: round(result.msPerStep, 3), gflops: round(result.gflops, 1) };
}

/** The best of the rounds for each variant, all variants in turn. */
function bestOfRounds(variants) {
  const rounds = Array.from({ length: ROUNDS }, () => variants.map(measure));
  const faster = (a, b) => (b.msPerStep < a.msPerStep ? b : a);
  return variants.map((_, i) => rounds.map((results) => results[i]).reduce(faster));
}

/** Every own variant, then every peer; a peer that cannot run is a row that says why. */
export function benchSteps() {
  const modes = supportsFast() ? ['deterministic', 'fast'] : ['deterministic'];
  const variants = modes.flatMap((mode) =>
    [1, 2].flatMap((threads) => [true, false].map((divergence) => ({ mode, threads, divergence }))),
  );
  const ours = bestOfRounds(variants).map(({ mode, threads, divergence, msPerStep, gflops }) => ({
    peer: 'anyrate',
    mode,
    threads,
    divergence: divergence ? 'compact' : 'none',
    msPerStep,
    gflops,
  }));
  return { rows: [...ours, ...runPeer('/usr/bin/python3', 'torch_step.py', 'pytorch'), ...nodePeers()] };
}

function nodePeers() {
  return ['jax-step.js', 'tfjs-step.js'].flatMap((file) => runPeer(process.execPath, file, file.split('-')[0]));
}

const PEER_MINUTES = 10;

/** A peer's script prints one JSON object a line. */
function runPeer(command, file, name) {
  try {
    const environment = { ...process.env, OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined };
    const text = execFileSync(command, [peer(file)], {
      encoding: 'utf8',
      env: environment,
      timeout: PEER_MINUTES * 60_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  } catch (error) {
    const isLate = error.code === 'ETIMEDOUT';
    return [{ peer: name, absent: isLate ? `not done after ${PEER_MINUTES} minutes` : reasonOf(error) }];
  }
}

/** Cost of n rates against that of the dense one alone: crisp masks, and over a training's σ schedule. */
export function benchRates() {
  const rows = [2, 4, 8, 12, 16].map((n) => {
    const rates = n === 8 ? REFERENCE_RATES : RATES_16.slice(0, n);
    const densities = round(rates.reduce((total, rate) => total + 1 - rate, 0));
    const variants = [{ rates: [0] }, { rates }, ...SCHEDULE.map((crispness) => ({ rates, crispness }))];
    const results = bestOfRounds(variants);
    const [dense, crisp, ...schedule] = results.map(({ msPerStep }) => msPerStep);
    const phases = Object.fromEntries(Object.entries(results[1].phases).map(([name, ms]) => [name, round(ms)]));
    const scheduled = schedule.reduce((total, ms) => total + ms, 0) / schedule.length;
    const times = { msDense: dense, msCrisp: crisp, msScheduled: round(scheduled) };
    const ratios = { crisp: round(crisp / dense), scheduled: round(scheduled / dense) };
    return { rates: n, densities, ...times, ...ratios, phases };
  });
  return { rows };
}

export function benchScaling() {
  const vary = (name, values) =>
    values.map((value) => {
      const { msPerStep, gflops, weights, bytes } = measure({ [name]: value, steps: 9 });
      return { varied: name, value, weights, msPerStep, gflops, megabytes: round(bytes / 1e6, 1) };
    });
  const rows = [
    ...vary('nodes', [10, 21, 30, 60]),
    ...vary('batch', [32, 100, 200, 400, 800]),
    ...vary('dense', [32, 128, 512, 2048]),
  ];
  return { rows };
}

const STEPS_NOTE =
  'anyrate and PyTorch: median of a round of steps, the best of three rounds; jax-js: median of three steps after one; ' +
  'tfjs: one step after two.';

export function stepsTable({ rows }) {
  const head = ['engine', 'mode', 'threads', 'KLD', 'ms a step', 'GFLOP/s'];
  const body = rows.map((r) =>
    r.absent
      ? [r.peer, 'absent', '', '', '', r.absent]
      : [r.peer, r.mode ?? '', r.threads, r.divergence, r.msPerStep, r.gflops ?? ''],
  );
  return `${STEPS_NOTE}\n\n${markdownTable([head, ...body.map((cells) => cells.map(String))])}`;
}

export function ratesTable({ rows }) {
  const head = ['rates', 'sum of densities', 'ms, dense', 'ms, crisp', '× dense', 'ms, over the σ schedule', '× dense'];
  const body = rows.map((r) =>
    [r.rates, r.densities, r.msDense, r.msCrisp, r.crisp, r.msScheduled, r.scheduled].map(String),
  );
  const phases = ['prepare', 'pass', 'update', 'between'];
  const parts = rows.map((r) => [r.rates, ...phases.map((phase) => r.phases[phase])].map(String));
  const title = 'Crisp, by phase, ms (`between` is the main thread alone):';
  return [markdownTable([head, ...body]), title, markdownTable([['rates', ...phases], ...parts])].join('\n\n');
}

export function scalingTable({ rows }) {
  const head = ['varied', 'value', 'weights', 'ms a step', 'GFLOP/s', 'heap, MB'];
  const body = rows.map((r) => [r.varied, r.value, r.weights, r.msPerStep, r.gflops, r.megabytes].map(String));
  return markdownTable([head, ...body]);
}

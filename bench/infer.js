// Inference: anyrate at every rate against ONNX Runtime, TensorFlow.js and PyTorch running the same network dense, and
// with zeros for pruned weights; batch 1, one thread.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';
import { benchInfer } from '../dist/measure/infer.js';
import { cut, encodeModel, quantise } from '../dist/node.js';
import { openChromium } from './infer/chromium.js';
import { ENGINES, NOTHING } from './infer/engines.js';
import { referenceNetwork, trainedNetwork, writeNetwork } from './infer/networks.js';
import { runInProcess } from './infer/processes.js';
import { gzippedBytes, round } from './lib/measure.js';
import { reasonOf } from './lib/reason.js';

const RATES = [...new Set(ENGINES.flatMap(({ rates }) => rates))].sort((a, b) => a - b);
const RUNTIME = new URL('../dist/runtime.min.js', import.meta.url);
const EFFORT = { rounds: 4000, starts: 5 };
/** How far logits of engines may differ: they must run the same network. */
const TOLERANCE = 2e-3;

/** Every engine at each of its rates wherever it runs; one that cannot run is a row that says why. */
export async function benchInference() {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-infer-'));
  const chromium = await openChromium().catch((error) => ({ absent: reasonOf(error) }));
  try {
    const networks = [];
    for (const network of [referenceNetwork(), await trainedNetwork()]) {
      networks.push(await benchNetwork(network, folder, chromium));
    }
    const runtime = gzippedBytes(readFileSync(RUNTIME));
    return { chromium: chromium.version ?? chromium.absent, ...EFFORT, runtime, networks };
  } finally {
    await chromium.close?.();
    rmSync(folder, { recursive: true });
  }
}

async function benchNetwork(network, parent, chromium) {
  const { nodes, channels } = network.model.pipeline;
  const written = { folder: await writeNetwork(network, RATES, parent), nodes, channels };
  const rows = [];
  for (const place of ['node', 'python', 'chromium']) {
    for (const engine of ENGINES.filter(({ places }) => places.includes(place))) {
      for (const rate of engine.rates) rows.push(await benchRow(engine, rate, place, written, chromium));
    }
  }
  checkLogits(rows, network.name);
  const { name, model, sequences } = network;
  const predict = benchInfer(model, sequences, RATES).map(({ rate, predict, bytes, gzipped }) => {
    const int8 = gzippedBytes(encodeModel(quantise(cut(model, { rate }), 'int8')));
    return { rate, bytes, gzipped, int8, median: round(predict.median), p95: round(predict.p95) };
  });
  return { name, weights: model.network.weightCount, predict, rows: rows.map(({ logits, ...row }) => row) };
}

async function benchRow(engine, rate, place, network, chromium) {
  const file = `${rate}.${engine.extension}`;
  const row = { engine: engine.name, place, rate, bytes: statSync(join(network.folder, file)).size };
  try {
    if (place === 'chromium' && chromium.absent) throw new Error(chromium.absent);
    const run = place === 'chromium' ? chromium.run : runInProcess;
    const { median, p95, coldStart, ...rest } = await run(engine, file, network, EFFORT);
    console.error(`  ${place}, ${engine.name} at ${rate}: ${round(median)} µs, cold ${round(coldStart)} ms`);
    if (engine === NOTHING) return { ...row, coldStart: round(coldStart, 1) };
    return { ...row, median: round(median), p95: round(p95), coldStart: round(coldStart, 1), ...rest };
  } catch (error) {
    console.error(`  ${place}, ${engine.name} at ${rate}: ${reasonOf(error)}`);
    return { ...row, absent: reasonOf(error) };
  }
}

/** All engines must give the logits of the first. */
function checkLogits(rows, name) {
  for (const row of rows.filter(({ logits }) => logits)) {
    const reference = rows.find(({ logits, rate }) => logits && rate === row.rate);
    const error = Math.max(...row.logits.map((value, i) => Math.abs(value - reference.logits[i])));
    if (!(error <= TOLERANCE)) throw new Error(`${name}, ${row.engine} at ${row.rate}: logits differ by ${error}`);
  }
}

export function inferenceTable({ networks, rounds, starts, chromium, runtime }) {
  const notes =
    `Median and 95th percentile of ${rounds} calls in a warm engine, from features to logits (Chromium ${chromium}: of groups ` +
    `of 20 calls). Cold start: from the start of a process, or the navigation to a page in a browser that shows another ` +
    `page of the site, to the first answer; median of ${starts}. \`nothing\` answers without an engine or a network: what ` +
    'the process or the page takes by itself. Wire: gzipped, engine and network (float16 in ' +
    'the file of anyrate, float32 in those of the others); the runtime of anyrate alone is ' +
    `${runtime.toLocaleString('en-US')} bytes. Rate 0.98 of the other engines: the same network with zeros.`;
  return [notes, ...networks.flatMap((network) => [networkTable(network), predictTable(network)])].join('\n\n');
}

function networkTable({ name, weights, rows }) {
  const body = rows.map((row) => {
    if (row.absent) return [row.place, row.engine, row.rate, '', '', '', '', '', '', `absent: ${row.absent}`];
    const ours = rowOf(rows, 'anyrate', row.place) ?? rowOf(rows, 'anyrate', 'node');
    const bare = rowOf(rows, NOTHING.name, row.place)?.coldStart;
    const times = (a, b) => (a === undefined || b === undefined ? '' : `${round(b / a, 1)} ×`);
    return [
      ...[row.place, row.engine, row.rate, row.median ?? '', row.p95 ?? '', times(ours?.median, row.median)],
      ...[row.coldStart, times(ours?.coldStart, row.coldStart)],
      ...[bare === undefined ? '' : round(row.coldStart - bare, 1), row.wire?.toLocaleString('en-US') ?? ''],
    ];
  });
  const head = ['where', 'engine', 'rate', 'µs', 'p95', 'of ours at 0.98', 'cold ms', 'of ours at 0.98'];
  const table = tableOf([...head, 'ms beyond nothing', 'wire bytes'], body);
  return `### ${name}: ${weights.toLocaleString('en-US')} weights\n\n${table}`;
}

/** An engine at 0.98. */
function rowOf(rows, engine, place) {
  return rows.find((row) => row.engine === engine && row.place === place && row.rate === 0.98);
}

function predictTable({ predict }) {
  const head = ['rate', 'µs', 'p95', 'bytes', 'gzipped', 'int8, gzipped'];
  const body = predict.map(({ rate, median, p95, bytes, gzipped, int8 }) => [rate, median, p95, bytes, gzipped, int8]);
  return `One answer of anyrate in Node with preprocessing, and the file of the network:\n\n${tableOf(head, body)}`;
}

function tableOf(head, body) {
  return markdownTable([head, ...body.map((cells) => cells.map(String))]);
}

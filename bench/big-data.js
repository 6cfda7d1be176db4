// node bench/big-data.js DIR [--sequences 40000] [--steps 1] [--parts convert,prepare,train,phases]
// A generated set of NTU RGB+D's size: written to DIR in the formats in which such sets are passed on (10 GB), converted by
// `anyrate data convert`, and trained from the disk by the recipe ntu60-xsub. Each measurement is a process of its own; what is
// written stays in DIR. Of formats with a file a recording a tenth of the sequences is written.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { benchStep } from '../dist/measure/step.js';
import {
  clipsWithin,
  createTraining,
  loadDataset,
  loadRecipe,
  openNodeClips,
  Pipeline,
  startNodeWorkers,
} from '../dist/node.js';
import { writeKinetics, writeNpz, writePickle, writeSkeletons } from './lib/big-sets.js';
import { machine, round } from './lib/measure.js';
import { secondsAStep } from './lib/scheduled.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sequences: { type: 'string', default: '40000' },
    steps: { type: 'string', default: '1' },
    parts: { type: 'string', default: 'convert,prepare,train,phases' },
    child: { type: 'string' },
  },
});
const [folder] = positionals;
const [sequences, steps] = [Number(values.sequences), Number(values.steps)];
const here = fileURLToPath(new URL('.', import.meta.url));
/** One in so many tests. */
const TESTED = 20;
const CORES = [1, 2, 16, 64];
/** Of a sandwich of four: its ends, and the quartiles of what is drawn between them. */
const TYPICAL_RATES = [0, 0.734, 0.981, 0.995];
const CRISPNESS = 1000;

/** In each format, how many sequences are written, and by what. */
const FORMATS = {
  'NTU .skeleton': { file: 'skeletons', count: sequences / 10, write: writeSkeletons },
  'Kinetics-skeleton JSON': { file: 'kinetics', count: sequences / 20, write: writeKinetics },
  'CTR-GCN npz': {
    file: 'set.npz',
    count: sequences,
    write: (path, count) => writeNpz(path, count - count / TESTED, count / TESTED),
  },
  'PYSKL pickle': { file: 'set.pkl', count: sequences, write: writePickle },
};
const packedOf = (file) => join(folder, `${file}.anyset`);
const PACKED = packedOf('set.npz');
/** The one split of an npz. */
const SPLIT = 'published';

/** What a process of node printed and took. */
function run(...args) {
  const ended = spawnSync(process.execPath, ['--import', join(here, 'lib/report-usage.js'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
    maxBuffer: 2 ** 28,
  });
  if (ended.status !== 0) throw new Error(`${args.join(' ')} failed: ${ended.stderr}`);
  return { text: ended.stdout, usage: JSON.parse(ended.stderr.trim().split('\n').at(-1)) };
}

function child(part) {
  const { text, usage } = run(join(here, 'big-data.js'), ...process.argv.slice(2), '--child', part);
  return { ...JSON.parse(text), ...usage };
}

function convertEach() {
  return Object.entries(FORMATS).map(([format, { file, count, write }]) => {
    const path = join(folder, file);
    if (!existsSync(`${path}.bytes`)) {
      rmSync(path, { recursive: true, force: true });
      writeFileSync(`${path}.bytes`, String(write(path, count)));
    }
    const bytes = Number(readFileSync(`${path}.bytes`, 'utf8'));
    const target = packedOf(file);
    const { usage } = run(join(here, '../dist/cli/main.js'), 'data', 'convert', path, '-o', target, '--packed');
    return { format, count, bytes, packed: statSync(target).size, ...usage };
  });
}

const inNode = (threads) => ({
  threads,
  startWorkers: startNodeWorkers,
  createClips: clipsWithin(0),
  openClips: openNodeClips,
});

/** Everything of a training of the whole set before its first step. */
async function prepare() {
  const dataset = await loadDataset(PACKED);
  const start = performance.now();
  const training = createTraining(loadRecipe('ntu60-xsub', { split: SPLIT }), dataset, inNode(1));
  training.close();
  return { sequences: training.split.train.length, preparing: (performance.now() - start) / 1000 };
}

/** Steps of the recipe on sequences from all over the set. */
async function train(threads) {
  const recipe = loadRecipe('ntu60-xsub', { split: SPLIT });
  const dataset = await loadDataset(PACKED);
  const split = dataset.splits.find(({ name }) => name === recipe.split);
  const wanted = steps * recipe.training.batch;
  const stride = Math.floor(split.train.length / wanted);
  const train = split.train.filter((_, i) => i % stride === 0).slice(0, wanted);
  const labels = new Set(train.map((index) => dataset.samples[index].label));
  const test = split.test.filter((index) => labels.has(dataset.samples[index].label));
  const splits = [{ ...split, train, test }];
  const training = createTraining(recipe, { ...dataset, splits }, inNode(threads));
  training.runEpoch(); // warms up
  const [start, before] = [performance.now(), process.cpuUsage()];
  training.runEpoch();
  const { user, system } = process.cpuUsage(before);
  training.close();
  const [step, cpu] = [(performance.now() - start) / 1000, (user + system) / 1e6].map((seconds) => seconds / steps);
  return { threads, step, cpu, heapMB: training.bytes / 1e6 };
}

/**
 * A step on one thread at one of its rates, its batch filled already: seconds of the processor for all of it, which is mostly the
 * pass, and what the phases after the pass take.
 */
async function phases(index) {
  const recipe = loadRecipe('ntu60-xsub', { split: SPLIT });
  const { layout, persons, classes } = await loadDataset(PACKED);
  const { input } = new Pipeline(recipe.preprocessing, layout, persons);
  const network = { layers: recipe.network, input, classes: classes.length };
  const once = { batch: recipe.training.batch, steps: 1, warmUp: 1, crispness: CRISPNESS, divergence: false };
  const before = process.cpuUsage();
  const { update, between } = benchStep({ ...once, network, rates: [TYPICAL_RATES[index]] }).phases;
  const { user, system } = process.cpuUsage(before);
  return { pass: (user + system) / 1e6 / 2, update: update / 1000, between: between / 1000 };
}

/** Of a step on so many cores, by lib/scheduled.js: what a whole step takes longer than its passes is filling the batch. */
function hours(measured, { cpu }, { sequences }) {
  const { training } = loadRecipe('ntu60-xsub');
  const shards = Math.max(4, training.batch / 16);
  const passes = measured.map(({ pass }) => pass);
  const most = (key) => Math.max(...measured.map((one) => one[key]));
  const prepare = Math.max(0, cpu - passes.reduce((sum, seconds) => sum + seconds, 0));
  const [update, between] = [most('update'), most('between')];
  const tasks = { passes, shards, prepare, prepareTasks: shards, update, updateTasks: 16, between };
  const stepsInAll = Math.floor(sequences / training.batch) * training.epochs;
  return CORES.map((cores) => {
    const seconds = secondsAStep(tasks, cores);
    return { cores, step: round(seconds, 2), hours: round((seconds * stepsInAll) / 3600, 1) };
  });
}

const table = (head, rows) => markdownTable([head, ...rows.map((row) => row.map(String))]);

function report() {
  const parts = values.parts.split(',');
  const facts = Object.entries(machine()).map(([key, value]) => `${key} ${value}`);
  console.log(`\`node bench/big-data.js ${process.argv.slice(2).join(' ')}\`: ${facts.join(', ')}.\n`);
  if (parts.includes('convert')) {
    const rows = convertEach().map((r) => {
      const size = [round(r.bytes / 1e6, 0), round(r.packed / 1e6, 0)];
      return [
        r.format,
        r.count,
        ...size,
        round(r.seconds, 1),
        round(r.cpuSeconds, 1),
        round(r.bytes / 1e6 / r.cpuSeconds, 0),
        round(r.peakMB, 0),
      ];
    });
    const head = ['format', 'sequences', 'MB', 'packed, MB', 's', 's of CPU', 'MB a second of CPU', 'peak process, MB'];
    console.log(`${table(head, rows)}\n`);
  }
  const prepared = parts.includes('prepare') ? child('prepare') : undefined;
  if (prepared !== undefined) {
    const row = [prepared.sequences, round(prepared.preparing, 1), round(prepared.peakMB, 0)];
    console.log(`${table(['training sequences', 'prepared in, s', 'peak process, MB'], [row])}\n`);
  }
  const trained = parts.includes('train') ? [child('train-1'), child('train-2')] : [];
  if (trained.length > 0) {
    const rows = trained.map((r) => [
      r.threads,
      ...[r.step, r.cpu].map((s) => round(s, 2)),
      ...[r.heapMB, r.peakMB].map(Math.round),
    ]);
    console.log(`${table(['threads', 's a step', 'of the processor', 'heap, MB', 'peak process, MB'], rows)}\n`);
  }
  if (!parts.includes('phases')) return;
  const measured = TYPICAL_RATES.map((_, index) => child(`phases-${index}`));
  const rates = TYPICAL_RATES.map((rate, i) => [rate, round(measured[i].pass, 2)]);
  console.log(`${table(['rate', 's of the processor'], rates)}\n`);
  if (prepared === undefined || trained.length === 0) return;
  const rows = hours(measured, trained[0], prepared).map(Object.values);
  console.log(table(['cores', 's a step', 'h, the whole training'], rows));
}

mkdirSync(folder, { recursive: true });
if (values.child === undefined) report();
else {
  const [part, number] = values.child.split('-');
  const result = await { prepare, train, phases }[part](Number(number));
  console.log(JSON.stringify(result));
}

// What the exported C of networks over time takes on Cortex-M: bytes, and instructions counted by qemu-system-arm. Weights
// are random: what a frame costs depends on how many are left, not on their values.
import { readFileSync } from 'node:fs';
import { markdownTable } from 'markdown-table';
import { Random } from '../dist/core/random.js';
import { Model } from '../dist/model/model.js';
import { createTraining, cut, exportModel, loadDataset, loadRecipe, selectSplit } from '../dist/node.js';
import { LAYERS } from './continual.js';
import { runOnCortex } from './small/cortex-m.js';
import { streamOf } from './small-targets.js';

const RECORDINGS = 3;
const TARGETS = ['Cortex-M4F', 'Cortex-M0'];
const WEIGHTS = ['float', 'int8'];
const framewise = (frames) => ({
  pose: [{ step: 'resample', frames }],
  channels: [{ step: 'frame-positions' }, { step: 'frame-relative' }, { step: 'frame-bones' }],
});

export async function benchOverTime() {
  const dataset = await loadDataset('irds');
  const recipe = loadRecipe('irds-temporal');
  const { test } = selectSplit(dataset);
  const frames = streamOf([joined(Array.from({ length: RECORDINGS }, (_, i) => dataset.samples[test[i * 300]]))]);
  const own = modelOf(recipe, dataset);
  const local = modelOf({ ...recipe, preprocessing: framewise(32) }, dataset);
  const large = modelOf({ ...recipe, network: LAYERS, preprocessing: framewise(64) }, dataset);
  const networks = [
    ['irds-temporal', own, 0.9],
    ['irds-temporal', own, 0.98],
    ['its blocks, features of one frame', local, 0.9],
    ['its blocks, features of one frame', local, 0.98],
    ['three blocks of 48, 64 and 96, features of one frame', large, 0.98],
  ];
  const rows = networks.flatMap(([name, model, rate]) =>
    TARGETS.flatMap((target) =>
      WEIGHTS.map((weights) => rowOf({ name, rate, weights, target }, cut(model, { rate }), frames)),
    ),
  );
  return Promise.all(rows);
}

/** Without a pause, so that the window is full. */
function joined(sequences) {
  const positions = Float32Array.from(sequences.flatMap((sequence) => [...sequence.positions]));
  return { ...sequences[0], frames: sequences.reduce((sum, { frames }) => sum + frames, 0), positions };
}

/** Standardised by the data, with random weights. */
function modelOf(recipe, dataset) {
  const training = createTraining(recipe, dataset);
  const { description, parameters } = training.model();
  training.close();
  const random = new Random(1);
  const latents = parameters.latents.map((tensor) => tensor.map(() => random.normal()));
  return new Model(description, { ...parameters, latents });
}

async function rowOf(row, model, frames) {
  const { files, nonzeros, memory } = await exportModel(model, 'c', { name: 'net', weights: row.weights });
  const defines = row.weights === 'int8' ? ['-DWHOLE'] : [];
  const { output, flash, memory: ram } = runOnCortex(files, row.target, 'stream', frames, defines);
  const pushes = Array.from({ length: output.length / 16 }, (_, i) => output.readInt32LE(i * 16 + 4));
  const median = pushes.toSorted((a, b) => a - b)[Math.floor(pushes.length / 2)];
  const answer = Math.max(...pushes.slice(-30));
  return { ...row, nonzeros, flash, memory: ram, rings: memory.rings, median, answer, dearest: Math.max(...pushes) };
}

export function overTimeTable(rows) {
  const count = (value) => value.toLocaleString('en-US');
  const head = [
    'network',
    'rate',
    'weights',
    'processor',
    'non-zeros',
    'flash',
    'memory',
    'of it rings',
    'a frame',
    'an answer',
    'the dearest',
  ];
  const body = rows.map(({ name, rate, weights, target, ...row }) => [
    name,
    `${rate}`,
    weights,
    target,
    ...[row.nonzeros, row.flash, row.memory, row.rings, row.median, row.answer, row.dearest].map(count),
  ]);
  return [
    'Networks over time of random weights as C that recognises a stream, compiled by `arm-none-eabi-gcc -Os` and run ' +
      `by qemu-system-arm on ${RECORDINGS} test recordings of irds without a pause, 30 frames a second, as in [small targets](small-targets.md). ` +
      'Non-zeros are those that lead from a feature to an answer. Instructions of a usual frame (the median), which the network ' +
      'does not see; of the dearest frame of the last second, which gives an answer about one or two cells that are new; and of the ' +
      'dearest of all, which takes a whole window. The recipe `irds-temporal` has features that depend on the window ' +
      '(`center`, `frame-velocities`): each answer takes a whole window, as every answer in whole numbers (int8) does, whatever ' +
      'the features.',
    markdownTable([head, ...body], { align: ['l', 'r', 'l', 'l', ...Array(7).fill('r')] }),
    readFileSync(new URL('small/decisions.md', import.meta.url), 'utf8').trim(),
  ].join('\n\n');
}

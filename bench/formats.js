// What a network weighs in every format and precision, and how accurate each is: the recipe irds, trained here.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';
import {
  createReport,
  createTraining,
  cut,
  encodeModel,
  exportModel,
  loadDataset,
  loadRecipe,
  quantise,
  selectSplit,
  startNodeWorkers,
} from '../dist/node.js';
import { gzippedBytes, round } from './lib/measure.js';
import { reasonOf } from './lib/reason.js';

const PRECISIONS = ['float32', 'float16', 'int8'];
const FILE_RATES = [0, 0.9, 0.95, 0.98, 0.99, 0.995];
const EXPORT_RATES = [0, 0.9, 0.98, 0.995];
/** Format, what the row says of it, its options, and the precision of the model. */
const EXPORTS = [
  ['onnx', '', {}, 'float32'],
  ['onnx', '`--compact`', { compact: true }, 'float32'],
  ['safetensors', '', {}, 'float32'],
  ['html', 'int8', {}, 'int8'],
  ...['javascript', 'wasm'].flatMap((format) => PRECISIONS.map((precision) => [format, precision, {}, precision])),
  ['c', 'float', { weights: 'float' }, 'float32'],
  ['c', '`--weights int8`', { weights: 'int8' }, 'float32'],
];

export async function benchFormats() {
  const recipe = loadRecipe('irds');
  const dataset = await loadDataset(recipe.data);
  const model = trained(recipe, dataset);
  const test = selectSplit(dataset, recipe.split).test.map((index) => dataset.samples[index]);
  return {
    recipe: recipe.name,
    split: recipe.split,
    seed: recipe.seed,
    weights: model.network.weightCount,
    sequences: test.length,
    files: FILE_RATES.map((rate) => fileRow(model, dataset, rate)),
    exports: await Promise.all(EXPORT_RATES.flatMap((rate) => EXPORTS.map((kind) => exportRow(model, rate, kind)))),
    programs: await Promise.all(
      ['float', 'int8'].map((weights) => programRow(cut(model, { rate: 0.98 }), weights, test)),
    ),
  };
}

function trained(recipe, dataset) {
  const training = createTraining(recipe, dataset, { threads: 2, startWorkers: startNodeWorkers });
  while (!training.done) training.runEpoch();
  const model = training.model();
  training.close();
  return model;
}

/** Whole cuts as .anyrate files. */
function fileRow(model, dataset, rate) {
  const small = cut(model, { rate });
  const precisions = PRECISIONS.map((precision) => {
    const rounded = quantise(small, precision);
    const [{ accuracy }] = createReport(rounded, dataset, { rates: [rate] }).rates;
    return { precision, bytes: encodeModel(rounded).length, accuracy };
  });
  return { rate, precisions };
}

async function exportRow(model, rate, [format, kind, options, precision]) {
  const { files, nonzeros, macs } = await exportModel(quantise(cut(model, { rate }), precision), format, options);
  const [bytes, gzipped] = [files[0].length, gzippedBytes(files[0])];
  return { rate, format, kind, bytes, gzipped, nonzeros, macs };
}

/** The C program on the test sequences, against the model; `size` of its object. Absent without gcc. */
export async function programRow(model, weights, sequences) {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-formats-'));
  try {
    const { files } = await exportModel(model, 'c', { weights, name: 'network' });
    const [source, header] = files;
    for (const [name, text] of [
      ['network.c', source],
      ['network.h', header],
      ['main.c', MAIN],
    ]) {
      writeFileSync(join(folder, name), text);
    }
    const gcc = (...args) =>
      execFileSync('gcc', ['-std=c99', '-Wall', '-Wextra', '-Werror', ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    gcc('-Os', '-c', 'network.c');
    const [text, data, bss] = execFileSync('size', ['network.o'], { cwd: folder, encoding: 'utf8' })
      .split('\n')[1]
      .trim()
      .split(/\s+/)
      .map(Number);
    gcc('-O2', 'main.c', 'network.c', '-lm', '-o', 'main');
    const answers = execFileSync(join(folder, 'main'), { input: inputOf(sequences), encoding: 'utf8' });
    const labels = answers.trim().split('\n').map(Number);
    const right = labels.filter((label, i) => label === sequences[i].label).length;
    return { weights, code: text + data, scratch: bss, accuracy: right / sequences.length };
  } catch (error) {
    return { weights, absent: reasonOf(error) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads recordings from standard input, a number of frames before each, and prints a class a line. */
const MAIN = `
#include "network.h"
#include <stdint.h>
#include <stdio.h>

static float frames[1 << 20], probabilities[NETWORK_CLASSES];

int main(void)
{
  int32_t n;
  while (fread(&n, sizeof n, 1, stdin) == 1) {
    if (fread(frames, sizeof(float) * NETWORK_PERSONS * NETWORK_JOINTS * 3, n, stdin) != (size_t)n) return 1;
    printf("%d\\n", network_predict(frames, n, probabilities));
  }
  return 0;
}
`;

function inputOf(sequences) {
  const bytesOf = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);
  return Buffer.concat(sequences.flatMap(({ frames, positions }) => [Int32Array.of(frames), positions].map(bytesOf)));
}

export function formatsTable({ recipe, split, seed, weights, sequences, files, exports, programs }) {
  const count = (value) => value.toLocaleString('en-US');
  const percent = (share) => `${round(100 * share)} %`;
  const fileHead = ['rate', ...PRECISIONS.flatMap((precision) => [precision, 'bytes'])];
  const fileBody = files.map(({ rate, precisions }) => [
    `${rate}`,
    ...precisions.flatMap(({ accuracy, bytes }) => [percent(accuracy), count(bytes)]),
  ]);
  const exportHead = ['rate', 'format', '', 'bytes', 'gzipped', 'non-zeros', 'MACs'];
  const exportBody = exports.map(({ rate, format, kind, ...numbers }) => [
    ...[`${rate}`, format, kind],
    ...[numbers.bytes, numbers.gzipped, numbers.nonzeros, numbers.macs].map(count),
  ]);
  const programHead = ['weights', 'code and constants', 'scratch', 'accuracy'];
  const programBody = programs.map((row) =>
    row.absent
      ? [row.weights, '', '', `absent: ${row.absent}`]
      : [row.weights, count(row.code), count(row.scratch), percent(row.accuracy)],
  );
  return [
    `${recipe}, ${split}, seed ${seed}: ${count(weights)} weights; accuracy on ${count(sequences)} test sequences.`,
    'The model file, in each precision: accuracy, and bytes of the whole cut.',
    markdownTable([fileHead, ...fileBody]),
    'Exports: the main file. Formats that are dense multiply zeros too; programs leave out what cannot influence an answer.',
    markdownTable([exportHead, ...exportBody]),
    'C at rate 0.98, compiled by gcc -Os for this processor: text and data, and bss; run on the test sequences.',
    markdownTable([programHead, ...programBody]),
  ].join('\n\n');
}

// decisions.js RUN DATA [RATES]: how many decisions of the exported C, in float and in whole numbers, are those of the runtime, and
// what it costs in accuracy, on the sequences that the run's report is of. gcc compiles it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';
import { cut, encodeModel, exportModel, loadDataset, RunFolder, selectSplit } from '../dist/node.js';
import { RuntimeModel } from '../dist/runtime-temporal.js';

const DRIVER = `
#include "net.h"
#include <stdint.h>
#include <stdio.h>

static float frames[1 << 22], probabilities[NET_CLASSES];

int main(void)
{
  int32_t n, label;
  while (fread(&n, sizeof n, 1, stdin) == 1) {
    if (fread(frames, sizeof(float) * NET_PERSONS * NET_JOINTS * 3, (size_t)n, stdin) != (size_t)n) return 1;
    label = net_predict(frames, n, probabilities);
    fwrite(&label, sizeof label, 1, stdout);
  }
  return 0;
}
`;

const [run, data, rates = '0.9,0.98,0.99'] = process.argv.slice(2);
const model = RunFolder.open(run).model();
const dataset = await loadDataset(data);
const { test } = selectSplit(dataset, model.description.provenance.split);
const sequences = test.map((index) => dataset.samples[index]);
const input = Buffer.concat(
  sequences.flatMap(({ frames, positions }) => [
    Buffer.from(Int32Array.of(frames).buffer),
    Buffer.from(positions.buffer, positions.byteOffset, positions.byteLength),
  ]),
);
console.log(
  markdownTable([
    ['rate', 'program', 'accuracy', 'decisions of the runtime'],
    ...(await Promise.all(rates.split(',').map((rate) => rowsAt(Number(rate))))).flat(),
  ]),
);

async function rowsAt(rate) {
  const small = cut(model, { rate });
  const view = new RuntimeModel(encodeModel(small)).view();
  const expected = sequences.map((sequence) => view.predict(sequence).label);
  const row = (name, labels) => {
    const right = labels.filter((label, i) => label === sequences[i].label).length;
    const alike = labels.filter((label, i) => label === expected[i]).length;
    return [`${rate}`, name, ((100 * right) / labels.length).toFixed(1), `${alike} of ${labels.length}`];
  };
  return [
    row('runtime', expected),
    row('C, float', await decide(small, 'float')),
    row('C, int8', await decide(small, 'int8')),
  ];
}

/** The class of each sequence by the exported C. */
async function decide(small, weights) {
  const { files } = await exportModel(small, 'c', { name: 'net', weights });
  const [source, header] = files;
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-decisions-'));
  try {
    for (const [name, text] of Object.entries({ 'net.c': source, 'net.h': header, 'driver.c': DRIVER }))
      writeFileSync(join(folder, name), text);
    execFileSync('gcc', ['-std=c99', '-O2', 'net.c', 'driver.c', '-lm', '-o', 'driver'], { cwd: folder });
    const output = execFileSync(join(folder, 'driver'), { input, maxBuffer: 2 ** 28 });
    return Array.from({ length: sequences.length }, (_, i) => output.readInt32LE(i * 4));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

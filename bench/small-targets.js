// What the exported C of examples/irds.anyrate takes on Cortex-M: bytes, and instructions counted by qemu-system-arm.
import { existsSync, readFileSync } from 'node:fs';
import { markdownTable } from 'markdown-table';
import { cut, exportModel, loadDataset, loadModel, predict, selectSplit } from '../dist/node.js';
import { programRow } from './formats.js';
import { reasonOf } from './lib/reason.js';
import { runOnCortex } from './small/cortex-m.js';

const MODEL = 'examples/irds.anyrate';
const AUTOMATIC_COMMAND =
  'npx anyrate train path/to/irds --split cross-subject --family one-block --threads 1 --seed 1 --out runs/automatic-irds';
/** What that makes. */
const AUTOMATIC = 'runs/automatic-irds/model.anyrate';
const RATES = [0.9, 0.98, 0.995];
const TARGETS = ['Cortex-M4F', 'Cortex-M0'];
const WEIGHTS = ['float', 'int8'];
const RECORDINGS = 2;
/** Of the irds recordings, by Kinect. */
const FRAME_MILLISECONDS = 33;

export async function benchSmallTargets() {
  const model = loadModel(MODEL);
  const dataset = await loadDataset('irds');
  const { test } = selectSplit(dataset);
  const sequences = Array.from({ length: RECORDINGS }, (_, i) => dataset.samples[test[i * 300]]);
  const frames = streamOf(sequences);
  const kinds = RATES.flatMap((rate) =>
    WEIGHTS.flatMap((weights) => TARGETS.map((target) => ({ rate, weights, target }))),
  );
  const rows = await Promise.all(kinds.map((kind) => rowOf(cut(model, { rate: kind.rate }), kind, frames)));
  const all = test.map((index) => dataset.samples[index]);
  const chosen = existsSync(AUTOMATIC) ? TARGETS.map((target) => ({ rate: 0.98, weights: 'int8', target })) : [];
  const automatic = await Promise.all(
    chosen.map((kind) => rowOf(cut(loadModel(AUTOMATIC), { rate: kind.rate }), kind, frames)),
  );
  const paths = [MODEL, ...(automatic.length > 0 ? [AUTOMATIC] : [])];
  const accuracies = await Promise.all(paths.map((path) => accuracyRow(path, all)));
  return { model: MODEL, compiler: 'arm-none-eabi-gcc -Os', recordings: RECORDINGS, rows, automatic, accuracies };
}

/** A network cut to 0.98: as it is, and as C in whole numbers on this machine, on all test recordings. */
async function accuracyRow(path, sequences) {
  const model = cut(loadModel(path), { rate: 0.98 });
  const right = sequences.filter((sequence) => predict(model, sequence).label === sequence.label).length;
  return {
    model: path,
    sequences: sequences.length,
    float: right / sequences.length,
    int8: (await programRow(model, 'int8', sequences)).accuracy,
  };
}

/** Recordings one after the other, five seconds apart: frames, milliseconds before each. */
export function streamOf(sequences) {
  let milliseconds = 0;
  return Buffer.concat(
    sequences.flatMap(({ frames, persons, joints, positions }) => {
      const size = persons * joints * 3;
      milliseconds += 5000;
      return Array.from({ length: frames }, (_, i) => {
        milliseconds += FRAME_MILLISECONDS;
        const frame = positions.subarray(i * size, (i + 1) * size);
        const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
        return Buffer.concat([Buffer.from(Uint32Array.of(milliseconds).buffer), bytes]);
      });
    }),
  );
}

async function rowOf(model, row, frames) {
  const { files, nonzeros } = await exportModel(model, 'c', { name: 'net', weights: row.weights });
  const defines = row.weights === 'int8' ? ['-DWHOLE'] : [];
  try {
    const { output, flash, memory } = runOnCortex(files, row.target, 'stream', frames, defines);
    const pushes = Array.from({ length: output.length / 16 }, (_, i) => ({
      instructions: output.readInt32LE(i * 16 + 4),
      stack: output.readInt32LE(i * 16 + 8),
    }));
    const sorted = pushes.map(({ instructions }) => instructions).sort((a, b) => a - b);
    return {
      ...row,
      nonzeros,
      flash,
      memory,
      stack: Math.max(...pushes.map(({ stack }) => stack)),
      frame: sorted[Math.floor(sorted.length / 2)],
      answer: sorted[sorted.length - 1],
    };
  } catch (error) {
    return { ...row, absent: reasonOf(error) };
  }
}

export function smallTargetsTable({ model, compiler, recordings, rows, automatic, accuracies }) {
  const count = (value) => value.toLocaleString('en-US');
  const head = ['rate', 'weights', 'processor', 'non-zeros', 'flash', 'memory', 'stack', 'a frame', 'an answer'];
  const bodyOf = ({ rate, weights, target, absent, ...row }) => {
    const numbers = absent
      ? ['', '', '', '', '', `absent: ${absent}`]
      : [row.nonzeros, row.flash, row.memory, row.stack, row.frame, row.answer].map(count);
    return [`${rate}`, weights, target, ...numbers];
  };
  const align = ['l', 'l', 'l', 'r', 'r', 'r', 'r', 'r', 'r'];
  const percent = (share) => (share === undefined ? 'absent' : `${(100 * share).toFixed(2)} %`);
  const accurate = accuracies.map((row) => [
    `\`${row.model}\``,
    count(row.sequences),
    percent(row.float),
    percent(row.int8),
  ]);
  return [
    `\`${model}\` as C that recognises a stream, compiled by \`${compiler}\` and run by qemu-system-arm on ${recordings} test ` +
      'recordings of irds, frame by frame at 30 a second. Bytes of flash (code, constants, and what they call of the C ' +
      'library), of static memory, which holds the last frames, and of stack; instructions of a usual frame (the median), and ' +
      'of the dearest one, which gives an answer: counted by the system timer under `-icount shift=0`, where an instruction ' +
      'takes a nanosecond.',
    markdownTable([head, ...rows.map(bodyOf)], { align }),
    ...(automatic.length > 0
      ? [
          `The network of the automatic recipe for irds, \`${AUTOMATIC_COMMAND}\`:`,
          markdownTable([head, ...automatic.map(bodyOf)], { align }),
        ]
      : []),
    'Accuracy at 0.98 on the test recordings, as the model is and as the C in whole numbers:',
    markdownTable([['model', 'recordings', 'float', 'int8'], ...accurate], { align: ['l', 'r', 'r', 'r'] }),
    'Networks over time: [small targets, over time](small-targets-over-time.md).',
    readFileSync(new URL('small/others.md', import.meta.url), 'utf8').trim(),
  ].join('\n\n');
}

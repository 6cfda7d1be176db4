// npm run bench [-- PART...]: measures this machine and writes docs/results/bench.json and bench.md; of inference
// infer.json and infer.md, of sizes formats.json and formats.md, of the runtime's parts runtime.json and runtime.md,
// of streams live.json and live.md, of C on Cortex-M small-targets.json and small-targets.md, of networks over time continual.json
// and over-time.json, each with its page.
import { mkdirSync, writeFileSync } from 'node:fs';
import { enableFast } from '../dist/kernels/node/fast.js';
import { benchContinual, continualTable } from './continual.js';
import { benchEpochs, epochsTable } from './epochs.js';
import { benchFormats, formatsTable } from './formats.js';
import { benchInference, inferenceTable } from './infer.js';
import { benchKernels, kernelsTable } from './kernels.js';
import { benchLarge, largeTable } from './large.js';
import { machine } from './lib/measure.js';
import { benchCost, benchLive, costTable, liveTable } from './live.js';
import { benchStepOverTime, stepOverTimeTable } from './over-time.js';
import { benchRuntime, runtimeTable } from './runtime.js';
import { benchSmallTargets, smallTargetsTable } from './small-targets.js';
import { benchOverTime, overTimeTable } from './small-targets-over-time.js';
import { benchRates, benchScaling, benchSteps, ratesTable, scalingTable, stepsTable } from './step.js';

const PARTS = {
  step: { title: 'One joint training step, against its peers', run: benchSteps, table: stepsTable },
  rates: { title: 'Cost over the number of rates', run: benchRates, table: ratesTable },
  kernels: { title: 'Kernels against the SIMD peak', run: benchKernels, table: kernelsTable },
  scaling: { title: 'Cost over the sizes', run: benchScaling, table: scalingTable },
  epochs: { title: 'Epochs a second', run: benchEpochs, table: epochsTable },
  large: { title: 'A data set of NTU-60 size, streamed', run: benchLarge, table: largeTable },
  formats: { title: 'Sizes and accuracy in every format', run: benchFormats, table: formatsTable, report: 'formats' },
  runtime: { title: 'The runtime without its parts', run: benchRuntime, table: runtimeTable, report: 'runtime' },
  live: { title: 'Streams that are disturbed', run: benchLive, table: liveTable, report: 'live' },
  stream: { title: 'What a frame of a stream costs', run: benchCost, table: costTable, report: 'live' },
  'small-targets': {
    title: 'C on small targets',
    run: benchSmallTargets,
    table: smallTargetsTable,
    report: 'small-targets',
  },
  'small-targets-over-time': {
    title: 'C of networks over time on Cortex-M',
    run: benchOverTime,
    table: overTimeTable,
    report: 'small-targets-over-time',
  },
  continual: {
    title: 'A frame of a stream through a network over time',
    run: benchContinual,
    table: continualTable,
    report: 'continual',
  },
  'over-time': {
    title: 'A joint training step of a network over time',
    run: benchStepOverTime,
    table: stepOverTimeTable,
    report: 'over-time',
  },
  infer: { title: 'Inference, against its peers', run: benchInference, table: inferenceTable, report: 'infer' },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in PARTS));
if (unknown !== undefined) {
  console.error(`bench: no part "${unknown}"; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
try {
  enableFast();
} catch (error) {
  console.error(error.message); // measured without it
}

const command = wanted.length === 0 ? 'npm run bench' : `npm run bench -- ${wanted.join(' ')}`;
const reports = new Map();
for (const [name, { title, run, table, report = 'bench' }] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`${title} ...`);
  if (!reports.has(report)) reports.set(report, { results: { machine: machine(), command }, sections: [] });
  const { results, sections } = reports.get(report);
  results[name] = await run();
  sections.push(`## ${title}\n\n${table(results[name])}`);
}

mkdirSync('docs/results', { recursive: true });
for (const [name, { results, sections }] of reports) {
  const facts = Object.entries(results.machine).map(([key, value]) => `${key} ${value}`);
  const text = [`# Benchmark\n\n\`${command}\`: ${facts.join(', ')}.`, ...sections].join('\n\n');
  writeFileSync(`docs/results/${name}.json`, `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(`docs/results/${name}.md`, `${text}\n`);
  console.log(text);
}

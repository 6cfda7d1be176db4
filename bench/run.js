// npm run bench [-- PART...]: measures this machine and writes docs/results/bench.json and bench.md; of inference
// infer.json and infer.md, of sizes formats.json and formats.md, of the runtime's parts runtime.json and runtime.md,
// of streams live.json and live.md, of C on Cortex-M small-targets.json and small-targets.md, of networks over time continual.json
// and over-time.json, each with its page; what of them is not measured stays as it was.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { enableFast } from '../dist/kernels/node/fast.js';
import { benchContinual, continualTable } from './continual.js';
import { benchEpochs, epochsTable } from './epochs.js';
import { benchFormats, formatsTable } from './formats.js';
import { benchInference, inferenceTable } from './infer.js';
import { benchKernels, kernelsTable } from './kernels.js';
import { benchLarge, largeTable } from './large.js';
import { machine } from './lib/measure.js';
import { withSection } from './lib/page.js';
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

mkdirSync('docs/results', { recursive: true });
for (const [name, { title, run, table, report = 'bench' }] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`${title} ...`);
  const found = await run();
  const facts = { command: `npm run bench -- ${name}`, ...machine() };
  keep(report, name, title, { ...facts, results: found }, `${inWords(facts)}\n\n${table(found)}`);
}

function inWords({ command, ...facts }) {
  return `\`${command}\`: ${Object.entries(facts)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')}.`;
}

/** Puts a part in its page and its JSON, as soon as it is measured. */
function keep(report, name, title, results, text) {
  const [json, page] = ['json', 'md'].map((ending) => `docs/results/${report}.${ending}`);
  const parts = Object.entries(PARTS).filter(([, part]) => (part.report ?? 'bench') === report);
  const known = { ...(existsSync(json) && JSON.parse(readFileSync(json, 'utf8'))), [name]: results };
  const ordered = Object.fromEntries(parts.flatMap(([part]) => (part in known ? [[part, known[part]]] : [])));
  const titles = parts.map(([, part]) => part.title);
  const before = existsSync(page) ? readFileSync(page, 'utf8') : undefined;
  writeFileSync(json, `${JSON.stringify(ordered, undefined, 2)}\n`);
  writeFileSync(page, withSection(before, title, text, titles.slice(titles.indexOf(title) + 1)));
  console.log(`## ${title}\n\n${text}\n`);
}

import { Command } from 'commander';
import { markdownTable } from 'markdown-table';
import { formatCount, formatRate } from '../../core/format.js';
import { loadDataset } from '../../data/node/load.js';
import { selectSplit } from '../../data/splits.js';
import { labelledSequences } from '../../evaluate/labelled-sequences.js';
import { ratesOf } from '../../evaluate/report/report.js';
import { benchInfer, type InferBenchResult } from '../../measure/infer.js';
import { loadModel } from '../../run/node/load-model.js';
import { dataOf } from '../model-data.js';
import { examples, flags, printResult } from '../options.js';

interface InferOptions {
  readonly data?: string;
  readonly rates?: readonly number[];
  readonly json?: boolean;
}

/** Sequences that are classified in turn. */
const SEQUENCES = 50;

export function benchInferCommand(): Command {
  return new Command('infer')
    .description('latency and size of a model in the runtime: batch 1, one thread, warm')
    .argument('<model|run>', 'an .anyrate file, or the folder of a run')
    .addOption(flags.data())
    .addOption(flags.rates())
    .addOption(flags.json())
    .addHelpText(
      'after',
      '\nWith --json, median and p95 are in microseconds and firstAnswer is in\n' +
        'milliseconds. The first of several rates also warms up the engine: to measure\n' +
        'a cold start, give a single rate.',
    )
    .addHelpText('after', examples('anyrate bench infer runs/irds --rates 0,0.9,0.98 --json'))
    .action(runInfer);
}

async function runInfer(path: string, { data, rates, json }: InferOptions): Promise<void> {
  const model = loadModel(path);
  const dataset = await loadDataset(data ?? dataOf(model, path));
  const sequences = labelledSequences(model, dataset, selectSplit(dataset).test.slice(0, SEQUENCES));
  const results = benchInfer(model, sequences, rates ?? ratesOf(model));
  printResult(json, results, () => describe(results));
}

/** With one decimal: 15,014.1. */
function formatTime(value: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

function describe(results: readonly InferBenchResult[]): string {
  const sizes = ['non-zeros', 'effective', 'bytes', 'gzipped'];
  const head = ['rate', ...sizes, 'predict µs', 'p95', 'network µs', 'p95', 'first answer ms'];
  const rows = results.map(({ rate, nonzeros, effective, bytes, gzipped, predict, network, firstAnswer }) => [
    ...[formatRate(rate), ...[nonzeros, effective, bytes, gzipped].map(formatCount)],
    ...[predict.median, predict.p95, network.median, network.p95, firstAnswer].map(formatTime),
  ]);
  return markdownTable([head, ...rows], { align: head.map(() => 'r') });
}

import { Command } from 'commander';
import { InputError } from '../core/errors.js';
import { isBuiltin } from '../data/builtin.js';
import { loadDataset } from '../data/node/load-dataset-node.js';
import type { Model } from '../model/model.js';
import { createReport } from '../report/report.js';
import { reportTable } from '../report/table.js';
import { loadModel, runOf } from '../train/node/load-model-node.js';
import { flags } from './options.js';
import { examples, printResult } from './print.js';

interface EvalOptions {
  readonly data?: string;
  readonly split?: string;
  readonly rates?: readonly number[];
  readonly json?: boolean;
}

export function evalCommand(): Command {
  return new Command('eval')
    .description('accuracy and size of a model at any list of rates')
    .argument('<model|run>', 'an .anyrate file, or the folder of a run')
    .addOption(flags.data())
    .addOption(flags.split())
    .addOption(flags.rates())
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate eval runs/irds', 'anyrate eval small.anyrate --rates .98,.99 --json'))
    .action(evaluateModel);
}

async function evaluateModel(path: string, { data, split, rates, json }: EvalOptions): Promise<void> {
  const model = loadModel(path);
  const dataset = await loadDataset(data ?? dataOf(model, path));
  const report = createReport(model, dataset, { split, rates: rates ?? reportRates(model, path) });
  const { sequences, classes } = report;
  const title = `${report.dataset}, ${report.split}: ${sequences} test sequences, ${classes} classes`;
  printResult(json, report, () => `${title}\n\n${reportTable(report)}`);
}

/** The data that the model was trained with: a built-in set, or what the recipe beside it names. */
function dataOf({ description: { provenance } }: Model, path: string): string {
  const data = runOf(path)?.recipe().data ?? provenance.dataset;
  if (isBuiltin(provenance.dataset) || data !== provenance.dataset) return data;
  throw new InputError({
    source: path,
    expected: `--data with the folder of ${provenance.dataset}, which the model was trained with`,
    found: 'no --data',
    mend: 'Give it.',
  });
}

/** The rates of the run's own report, as far as the model holds them. */
function reportRates({ rate }: Model, path: string): number[] | undefined {
  return rate === 0 ? runOf(path)?.recipe().report : undefined;
}

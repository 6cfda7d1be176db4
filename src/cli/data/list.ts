import { Command } from 'commander';
import { type DatasetSummary, describeDataset } from '../../data/describe.js';
import { builtinNames, loadDataset } from '../../data/node/load.js';
import { examples, flags, printResult } from '../options.js';

export function listCommand(): Command {
  return new Command('list')
    .description('built-in data sets in a line each')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate data list'))
    .action(async ({ json }: { json?: boolean }) => {
      const summaries = await Promise.all(builtinNames.map(async (name) => describeDataset(await loadDataset(name))));
      printResult(json, summaries, () => summaries.map(describeInLine).join('\n'));
    });
}

function describeInLine({ name, title, sequences, classes, splits }: DatasetSummary): string {
  const names = splits.map((split) => split.name).join(', ');
  return `${name.padEnd(8)} ${title}; ${sequences} sequences, ${classes.length} classes; splits: ${names}`;
}

import { Command, Option } from 'commander';
import { writeWhole } from '../core/node/write.js';
import { type DatasetSummary, describeDataset } from '../data/describe.js';
import { builtinNames, loadDataset } from '../data/node/load.js';
import { contactSheet } from '../page/sheet/contact-sheet.js';
import { checkCommand } from './data/check.js';
import { convertCommand } from './data/convert.js';
import { featuresCommand } from './data/features.js';
import { infoCommand } from './data/info.js';
import { initCommand } from './data/init.js';
import { checkFile, examples, flags, printResult, wholeNumber } from './options.js';

export function dataCommand(): Command {
  const command = new Command('data').description(
    'describe, check, show and convert data sets: built-in ones and your own',
  );
  for (const create of [
    listCommand,
    infoCommand,
    initCommand,
    checkCommand,
    showCommand,
    convertCommand,
    featuresCommand,
  ]) {
    command.addCommand(create());
  }
  return command.addHelpText('after', examples('anyrate data list', 'anyrate data check my-moves'));
}

function listCommand(): Command {
  return new Command('list')
    .description('the built-in data sets, one per line')
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

function showCommand(): Command {
  return new Command('show')
    .description('a page of moving skeletons, with some recordings of each class; it works offline')
    .argument('<name|path>', 'built-in name, folder, or file')
    .requiredOption('-o, --output <file>', 'where to write the page')
    .addOption(
      new Option('--each <n>', 'recordings to show of each class').argParser(wholeNumber('--each', 1, 20)).default(3),
    )
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate data show my-moves -o sheet.html'))
    .action(async (name: string, { output, each, json }: { output: string; each: number; json?: boolean }) => {
      checkFile(output);
      writeWhole(output, contactSheet(await loadDataset(name), each));
      printResult(json, { file: output, each }, () => `Written to ${output}: open it in a browser.`);
    });
}

import { Command } from 'commander';
import { builtinNames } from '../data/builtin.js';
import { type DatasetSummary, describeDataset, type Range } from '../data/describe.js';
import { loadDataset } from '../data/node/load-dataset.js';
import { flags } from './options.js';
import { examples, printResult } from './print.js';

export function dataCommand(): Command {
  const command = new Command('data').description('list the built-in data sets, or describe one or a folder');
  command
    .command('list')
    .description('built-in data sets in a line each')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate data list'))
    .action(async ({ json }: { json?: boolean }) => {
      const summaries = await Promise.all(builtinNames.map(summarise));
      printResult(json, summaries, () => summaries.map(describeInLine).join('\n'));
    });
  command
    .command('info')
    .description('persons, joints, frames, classes, splits, and what was skipped and why')
    .argument('[name|path]', 'built-in name or folder', 'irds')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate data info irds', 'anyrate data info path/to/sbu --json'))
    .action(async (name: string, { json }: { json?: boolean }) => {
      const summary = await summarise(name);
      printResult(json, summary, () => describeInFull(summary));
    });
  return command.addHelpText('after', examples('anyrate data list', 'anyrate data info irds'));
}

async function summarise(nameOrPath: string): Promise<DatasetSummary> {
  return describeDataset(await loadDataset(nameOrPath));
}

function describeInLine({ name, title, sequences, classes, splits }: DatasetSummary): string {
  const names = splits.map((split) => split.name).join(', ');
  return `${name.padEnd(8)} ${title}; ${sequences} sequences, ${classes.length} classes; splits: ${names}`;
}

function describeInFull(summary: DatasetSummary): string {
  const { frames, recordedFrames, classes, splits, skipped } = summary;
  return [
    `${summary.name}: ${summary.title}`,
    `licence    ${summary.licence}`,
    `citation   ${summary.citation}`,
    ...(summary.note === undefined ? [] : [`note       ${summary.note}`]),
    `skeletons  ${summary.persons} x ${summary.joints} joints (${summary.layout}), in ${summary.unit}s`,
    `sequences  ${summary.sequences} by ${summary.subjects} subjects`,
    `frames     ${describeRange(frames)}; recorded ${describeRange(recordedFrames)}`,
    `classes    ${classes.map(({ name, sequences }) => `${name} (${sequences})`).join(', ')}`,
    ...splits.map(({ name, train, test, description }) => `split      ${name}: ${train} / ${test}. ${description}`),
    ...skipped.map(({ reason, files, first }) => `skipped    ${files}, such as ${first}: ${reason}`),
  ].join('\n');
}

function describeRange({ min, median, max }: Range): string {
  return `${min} to ${max}, median ${median}`;
}

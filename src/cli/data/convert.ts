import { statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { formatCount } from '../../core/format.js';
import { writeWhole } from '../../core/node/write.js';
import { encodeAnyset } from '../../data/anyset/anyset.js';
import { fittingStep } from '../../data/anyset/step.js';
import { loadDataset } from '../../data/node/load.js';
import { checkFile, examples, flags, parsePositive, printResult } from '../options.js';

interface ConvertOptions {
  readonly output: string;
  readonly step?: number;
  readonly json?: boolean;
}

export function convertCommand(): Command {
  return new Command('convert')
    .description('any data set as one compact .anyset file, lost joints and time stamps included')
    .argument('<name|path>', 'built-in name, folder, or file')
    .requiredOption('-o, --output <file>', 'where to write it')
    .addOption(
      new Option(
        '--step <size>',
        'positions are rounded to multiples of this (default: a 5,000th of a skeleton)',
      ).argParser(parsePositive('--step')),
    )
    .addOption(flags.json())
    .addHelpText(
      'after',
      examples('anyrate data convert my-moves -o moves.anyset', 'anyrate train --data moves.anyset'),
    )
    .action(convert);
}

async function convert(name: string, { output, step, json }: ConvertOptions): Promise<void> {
  checkFile(output);
  const dataset = await loadDataset(name);
  const size = step ?? fittingStep(dataset);
  writeWhole(output, encodeAnyset(dataset, size));
  const result = { file: output, sequences: dataset.samples.length, step: size, bytes: statSync(output).size };
  printResult(json, result, () => {
    const { sequences, bytes } = result;
    return `${formatCount(sequences)} recordings in ${formatCount(bytes)} bytes, to ${size} ${dataset.unit}: ${output}`;
  });
}

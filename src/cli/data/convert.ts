import { statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { InputError } from '../../core/errors.js';
import { formatCounted } from '../../core/format.js';
import { writeParts, writeWhole } from '../../core/node/write.js';
import { encodeAnyset, isForPacking, packAnyset } from '../../data/anyset/anyset.js';
import { coarsestStep, fittingStep } from '../../data/anyset/step.js';
import type { Dataset } from '../../data/dataset.js';
import { loadDataset } from '../../data/node/load.js';
import { checkFile, examples, flags, parsePositive, printResult } from '../options.js';

interface ConvertOptions {
  readonly output: string;
  readonly step?: number;
  readonly packed?: boolean;
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
    .option('--packed', 'so that a training reads it from the disk, as is done of what is larger than the memory')
    .addOption(flags.json())
    .addHelpText(
      'after',
      examples('anyrate data convert my-moves -o moves.anyset', 'anyrate train --data moves.anyset'),
    )
    .action(convert);
}

async function convert(name: string, { output, step, packed: pack, json }: ConvertOptions): Promise<void> {
  checkFile(output);
  const dataset = await loadDataset(name);
  if (step !== undefined) checkStep(dataset, step);
  const packed = pack === true || isForPacking(dataset);
  const size = packed ? step : (step ?? fittingStep(dataset));
  if (size === undefined || packed) writeParts(output, packAnyset(dataset, size));
  else writeWhole(output, encodeAnyset(dataset, size));
  const sequences = dataset.samples.length;
  const result = { file: output, sequences, step: size ?? null, packed, bytes: statSync(output).size };
  printResult(json, result, () => {
    const fineness = size === undefined ? 'a 5,000th of a skeleton or finer' : `${size} ${unitOf(dataset)}`;
    const what = `${formatCounted(sequences, 'recording')}, ${formatCounted(result.bytes, 'byte')}`;
    return `Written to ${output}: ${what}, positions in steps of ${fineness}`;
  });
}

/** @throws InputError on a step that is coarse beside a skeleton: recordings would become alike */
function checkStep(dataset: Dataset, step: number): void {
  const most = coarsestStep(dataset);
  if (step <= most) return;
  throw new InputError({
    source: '--step',
    expected: `at most ${most} ${unitOf(dataset)}, a 50th of a skeleton`,
    found: String(step),
    mend: 'Leave it out: a fitting one is found.',
  });
}

/** What a step is of. */
function unitOf({ unit }: Dataset): string {
  if (unit === 'image') return 'of the picture';
  return unit === 'normalised' ? 'of the unit' : unit;
}

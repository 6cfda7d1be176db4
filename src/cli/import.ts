import { Command } from 'commander';
import { markdownTable } from 'markdown-table';
import { formatCount, formatRate } from '../core/format.js';
import { readBytes } from '../core/node/read.js';
import { importSafetensors } from '../export/safetensors/import-safetensors.js';
import { encodeModel } from '../model/file/file.js';
import { weightSize } from '../pruning/cut/size.js';
import { loadModel, saveModel } from '../run/node/load-model.js';
import { checkModelFile } from './model-file.js';
import { examples, flags, printResult } from './options.js';

interface ImportFlags {
  readonly like?: string;
  readonly output: string;
  readonly json?: boolean;
}

/** What was read, and the model file that it became. */
interface Read {
  readonly file: string;
  readonly tensors: number;
  readonly weights: number;
  readonly nonzeros: number;
  readonly rate: number;
  readonly bytes: number;
  readonly rounding: number;
}

export function importCommand(): Command {
  return new Command('import')
    .description('make a model from exported weights that were changed elsewhere')
    .argument('<weights>', 'a .safetensors file with the tensors of anyrate export')
    .option(
      '--like <model|run>',
      'model that model that describes the network in place of the metadata; gains and biases follow its curves',
    )
    .requiredOption('-o, --output <file>', 'where to write the .anyrate file')
    .addOption(flags.json())
    .addHelpText(
      'after',
      examples(
        'anyrate import tuned.safetensors -o tuned.anyrate',
        'anyrate import tuned.safetensors --like runs/irds -o tuned.anyrate',
      ),
    )
    .action(importFile);
}

function importFile(path: string, { like, output, json }: ImportFlags): void {
  checkModelFile(output);
  const options = like === undefined ? {} : { like: loadModel(like) };
  const { model, tensors, rounding } = importSafetensors(readBytes(path), path, options);
  saveModel(model, output);
  const { nonzeros } = weightSize(model);
  const sizes = { weights: model.network.weightCount, nonzeros, rate: model.rate, bytes: encodeModel(model).length };
  const read = { file: output, tensors, ...sizes, rounding };
  printResult(json, read, () => describe(read));
}

function describe({ file, tensors, weights, nonzeros, rate, bytes, rounding }: Read): string {
  const row = [...[tensors, weights, nonzeros].map(formatCount), formatRate(rate), formatCount(bytes)];
  const table = markdownTable([['tensors', 'weights', 'non-zeros', 'rate', 'bytes'], row], { align: 'r' });
  const note =
    rounding === 0
      ? ''
      : `Means and deviations were rounded to the precision of a model file, by up to ${rounding.toPrecision(2)} deviations.\n`;
  return `${table}\n\n${note}The model states no accuracy and no temperatures. Written to ${file}`;
}

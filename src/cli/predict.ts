import { Command, Option } from 'commander';
import { formatPercent, formatRate } from '../core/format.js';
import { depthSuspicion } from '../data/check/suspicions.js';
import { checkSequence, notFinite } from '../evaluate/predict.js';
import { runtimeOf } from '../model/file/runtime-of.js';
import type { Model } from '../model/model.js';
import { nonzerosOf } from '../pruning/cut/budget.js';
import { loadModel } from '../run/node/load-model.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import type { View } from '../runtime/view.js';
import { tell } from './failure.js';
import { loadRecording } from './model-data.js';
import { examples, flags, parseRate, printResult, wholeNumber } from './options.js';

interface PredictOptions {
  readonly rate?: number;
  readonly top: number;
  readonly json?: boolean;
}

/** The likeliest classes of one file. */
interface FilePrediction {
  readonly file: string;
  readonly frames: number;
  readonly rate: number;
  readonly predictions: readonly { readonly label: number; readonly name: string; readonly probability: number }[];
}

export function predictCommand(): Command {
  return new Command('predict')
    .description('the class of recorded sequences')
    .argument('<model|run>', 'an .anyrate file, or the folder of a run')
    .argument('<sequence-file...>', 'recordings in any format of docs/data.md, of the joints that the model knows')
    .addOption(new Option('--rate <rate>', 'pruning rate to predict at').argParser(parseRate))
    .addOption(new Option('--top <n>', 'number of classes to show').argParser(wholeNumber('--top', 1)).default(3))
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate predict runs/irds sequence.txt --rate 0.98'))
    .action(predictFiles);
}

async function predictFiles(path: string, files: readonly string[], options: PredictOptions): Promise<void> {
  const model = loadModel(path);
  const { rate = model.rate } = options;
  const view = viewAt(model, rate);
  const results: FilePrediction[] = [];
  for (const file of files) {
    results.push({ file, rate, ...(await predictFile(file, model, view, options.top)) });
  }
  printResult(options.json, results, () => results.map(describe).join('\n'));
}

/** The network that answers in the product. @throws InputError on a rate that the model does not hold */
function viewAt(model: Model, rate: number): View {
  nonzerosOf(model, { rate });
  return runtimeOf(model).view(rate);
}

async function predictFile(file: string, model: Model, view: View, top: number) {
  const sequence = await loadRecording(file, model);
  checkSequence(model, sequence, file);
  const odd = depthSuspicion(sequence);
  if (odd !== undefined) tell(`warning: ${file}: ${odd}`);
  const predictions = scoresOf(view, sequence)
    .map((probability, label) => ({ label, name: view.classes[label], probability }))
    .toSorted((a, b) => b.probability - a.probability);
  return { frames: sequence.frames, predictions: predictions.slice(0, top) };
}

function scoresOf(view: View, sequence: SkeletonSequence): readonly number[] {
  try {
    return view.predict(sequence).scores;
  } catch (error) {
    throw error instanceof RangeError ? notFinite('weights that give others') : error;
  }
}

function describe({ file, frames, rate, predictions }: FilePrediction): string {
  const classes = predictions.map(({ name, probability }) => `${name} ${formatPercent(probability)}`);
  return `${file} (${frames} frames, rate ${formatRate(rate)}): ${classes.join(', ')}`;
}

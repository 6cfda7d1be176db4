import { Command, Option } from 'commander';
import { markdownTable } from 'markdown-table';
import { InputError } from '../core/errors.js';
import { formatCount, formatRate } from '../core/format.js';
import { quantise } from '../model/file/quantise.js';
import type { Model } from '../model/model.js';
import type { Budget } from '../pruning/cut/budget.js';
import { criterionNamed, magnitude } from '../pruning/cut/criterion.js';
import { cut } from '../pruning/cut/cut.js';
import { dropDead } from '../pruning/cut/keep.js';
import { liveWeights } from '../pruning/cut/live.js';
import { type ModelSize, modelSize, weightSize } from '../pruning/cut/size.js';
import { loadModel, saveModel } from '../run/node/load-model.js';
import { MAX_CODE, type Precision } from '../runtime/file/precision.js';
import { nonzerosAt } from '../runtime/network/rate.js';
import { describeKept, findSmallest } from './cut/smallest.js';
import { checkModelFile } from './model-file.js';
import { examples, flags, parseRate, parseShare, printResult, wholeNumber } from './options.js';

interface CutOptions {
  readonly rate?: number;
  readonly nonzeros?: number;
  readonly bytes?: number;
  readonly effective?: boolean;
  readonly dropDead?: boolean;
  readonly criterion: string;
  readonly keep?: number;
  readonly precision?: Precision;
  readonly output: string;
  readonly json?: boolean;
}

interface Size extends ModelSize {
  readonly rate: number;
}

export function cutCommand(): Command {
  return new Command('cut')
    .description('a smaller model file, without retraining; give one of --rate, --nonzeros, --bytes and --keep')
    .argument('<model|run>', 'an .anyrate file, or the folder of a run')
    .addOption(new Option('--rate <rate>', 'share of weights to set to zero').argParser(parseRate))
    .addOption(
      new Option('--nonzeros <n>', 'number of non-zero weights to keep').argParser(wholeNumber('--nonzeros', 0)),
    )
    .addOption(new Option('--bytes <n>', 'maximum size of the file in bytes').argParser(wholeNumber('--bytes', 1)))
    .option('--effective', 'spend the budget of --rate or --nonzeros only on weights that can influence an answer')
    .option('--drop-dead', 'leave out weights that cannot influence an answer at this rate')
    .option(
      '--criterion <name>',
      'what decides which weights stay: their magnitude, or a criterion that a plugin registers',
      'magnitude',
    )
    .addOption(
      new Option(
        '--keep <share>',
        'the smallest model that keeps this share of the unpruned accuracy on validation data',
      ).argParser(parseShare),
    )
    .addOption(
      new Option('--precision <name>', 'how the file stores the weights (default: as the model does)').choices(
        Object.keys(MAX_CODE),
      ),
    )
    .requiredOption('-o, --output <file>', 'where to write it')
    .addOption(flags.json())
    .addHelpText(
      'after',
      examples(
        'anyrate cut runs/irds --rate 0.98 -o small.anyrate',
        'anyrate cut runs/irds --nonzeros 2000 --effective --precision float16 -o small.anyrate',
        'anyrate cut runs/irds --keep 0.99 -o small.anyrate',
      ),
    )
    .action(cutModel);
}

async function cutModel(path: string, options: CutOptions): Promise<void> {
  checkModelFile(options.output);
  const before = loadModel(path);
  const { precision = before.precision } = options;
  const budget = budgetOf(options);
  const criterion = criterionNamed(options.criterion, '--criterion');
  if ('keep' in budget && criterion !== magnitude) throw otherCriterion(criterion.name);
  const kept = 'keep' in budget ? await findSmallest(path, precision, budget.keep) : undefined;
  const source = precision === before.precision ? before : quantise(before, precision);
  const small = cut(source, 'keep' in budget ? { rate: kept!.rate } : budget, { criterion });
  const after = options.dropDead ? dropDead(small) : small;
  saveModel(after, options.output);
  const sizes = { before: sizeOf(before), after: sizeOf(after) };
  const rounded = weightSize(before).nonzeros - weightSize(source).nonzeros;
  const result = { file: options.output, precision, rounded, ...sizes, ...(kept && { kept }) };
  printResult(options.json, result, () =>
    [
      ...(kept ? [describeKept(kept)] : []),
      describe(sizes),
      ...describeRounding(before, precision, rounded),
      ...describeUnspent(source, options, after),
      `Written to ${options.output}`,
    ].join('\n\n'),
  );
}

type CutBudget = Budget | { readonly keep: number };

function budgetOf({ rate, nonzeros, bytes, keep, effective = false, dropDead = false }: CutOptions): CutBudget {
  const given: CutBudget[] = [];
  if (rate !== undefined) given.push({ rate, effective });
  if (nonzeros !== undefined) given.push({ nonzeros, effective });
  if (bytes !== undefined) given.push({ bytes, dropDead });
  if (keep !== undefined) given.push({ keep });
  const suitsEffective = rate !== undefined || nonzeros !== undefined;
  if (given.length === 1 && (suitsEffective || !effective)) return given[0];
  if (given.length === 1) throw effectiveWithoutCount(bytes === undefined ? '--keep' : '--bytes');
  throw new InputError({
    source: 'anyrate cut',
    expected: 'one of --rate, --nonzeros, --bytes and --keep',
    found: given.length === 0 ? 'none' : `${given.length} of them`,
    mend: 'Give exactly one of them.',
  });
}

function otherCriterion(found: string): InputError {
  const expected = '--keep with the criterion magnitude, with which its accuracy is measured';
  return new InputError({ source: 'anyrate cut', expected, found, mend: 'Give --rate, --nonzeros or --bytes.' });
}

function effectiveWithoutCount(flag: string): InputError {
  return new InputError({
    source: 'anyrate cut',
    expected: '--effective with --rate or --nonzeros',
    found: `--effective with ${flag}`,
    mend: `Use --drop-dead with ${flag}.`,
  });
}

function sizeOf(model: Model): Size {
  return { rate: model.rate, ...modelSize(model) };
}

function describe({ before, after }: { before: Size; after: Size }): string {
  const row = (name: string, { rate, nonzeros, effective, macs, bytes }: Size) => [
    ...[name, formatRate(rate)],
    ...[nonzeros, effective, macs, bytes].map(formatCount),
  ];
  const head = ['', 'rate', 'non-zeros', 'effective', 'MACs', 'bytes'];
  const align = ['l', 'r', 'r', 'r', 'r', 'r'];
  const table = markdownTable([head, row('before', before), row('after', after)], { align });
  const emptied = after.emptied.length === 0 ? '' : `\n\nNo weight is left in ${after.emptied.join(', ')}.`;
  return `${table}${emptied}`;
}

/** What another precision has pruned, if anything. */
function describeRounding(before: Model, precision: Precision, rounded: number): string[] {
  if (rounded === 0) return [];
  return [
    `In ${precision}, ${formatCount(rounded)} of the ${formatCount(weightSize(before).nonzeros)} non-zero weights round to zero.`,
  ];
}

/** What --effective could not spend, if anything. */
function describeUnspent(source: Model, { rate, nonzeros, effective }: CutOptions, after: Model): string[] {
  const budget = rate === undefined ? nonzeros : nonzerosAt(source.network.weightCount, rate);
  if (!effective || budget === undefined) return [];
  const wanted = Math.min(budget, liveWeights(source).effective);
  const left = wanted - weightSize(after).nonzeros;
  if (left <= 0) return [];
  const more = 'using the next most important weight would exceed the budget';
  return [`${formatCount(left)} of ${formatCount(wanted)} weights of the budget are unused: ${more}.`];
}

import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { Comparison } from '../compare/comparison.js';
import { isBuiltin } from '../data/builtin.js';
import type { Dataset } from '../data/dataset.js';
import { loadDataset } from '../data/node/load-dataset-node.js';
import { selectSplit } from '../data/splits.js';
import { checkRecipe } from '../train/check-recipe.js';
import { methodNamed, methods } from '../train/methods/methods.js';
import { loadRecipe } from '../train/node/load-recipe-node.js';
import { definedOnly } from '../train/parse-recipe.js';
import type { Recipe } from '../train/recipe.js';
import { describeComparison, runComparison, saveComparison } from './compare/run.js';
import { flags, seedsTo } from './options.js';
import { examples, printResult } from './print.js';
import { foldNames, isAllFolds } from './run/folds.js';

interface CompareOptions {
  readonly data?: string;
  readonly split?: string;
  readonly methods: readonly string[];
  readonly rates?: readonly number[];
  readonly seeds: number;
  readonly epochs?: number;
  readonly jobs: number;
  readonly fast?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

const DEFAULT_RECIPE = 'irds';

export function compareCommand(): Command {
  return new Command('compare')
    .description('MRMP and its rivals on the same network, data, seeds, epochs and budgets: one table, one picture')
    .argument('[recipe]', 'built-in name or file (default: that of the data set)')
    .addOption(flags.data())
    .addOption(flags.split())
    .addOption(
      new Option('--methods <list>', 'methods between commas').argParser(parseMethods).default(
        methods.map(({ name }) => name),
        'all',
      ),
    )
    .addOption(flags.rates())
    .addOption(flags.seeds().default(3))
    .addOption(flags.epochs())
    .addOption(flags.jobs())
    .addOption(flags.fast())
    .addOption(new Option('--out <dir>', 'folder of results; run again to go on (default: runs/compare-<recipe>)'))
    .addOption(flags.json())
    .addHelpText(
      'after',
      `\nMethods:\n${methods.map(({ name, description }) => `  ${name.padEnd(14)} ${description}`).join('\n')}`,
    )
    .addHelpText(
      'after',
      examples(
        'anyrate compare --data irds --methods mrmp,srmp,mp-ft --rates 0,.9,.98 --seeds 3',
        'anyrate compare sbu --data path/to/sbu --split 5-fold --epochs 100',
      ),
    )
    .action(compare);
}

function parseMethods(text: string): string[] {
  return [...new Set(text.split(',').map((name) => methodNamed(name.trim()).name))];
}

async function compare(name: string | undefined, options: CompareOptions): Promise<void> {
  const { comparison, recipe } = await plan(name, options);
  const folder = options.out ?? join('runs', `compare-${recipe.name}`);
  const run = { folder, processes: options.jobs, command: describeCommand(recipe, comparison, options) };
  const report = await runComparison(comparison, run);
  await saveComparison(report, folder, 'report');
  printResult(options.json, report, () => describeComparison(report, join(folder, 'report')));
}

async function plan(
  name: string | undefined,
  { data, split, methods: names, rates, seeds, epochs, fast }: CompareOptions,
): Promise<{ comparison: Comparison; recipe: Recipe }> {
  const dataset = await loadDataset(data ?? loadRecipe(name ?? DEFAULT_RECIPE).data);
  const arithmetic = fast ? 'fast' : undefined;
  const recipe = loadRecipe(name ?? dataset.name, definedOnly({ data, split, epochs, arithmetic }));
  checkRecipe(recipe, dataset);
  const splits = splitsOf(recipe, dataset);
  const series = names.map((method) => ({ title: methodNamed(method).title, method, recipe, splits }));
  const title = `${recipe.name}, ${recipe.split ?? splits[0]}: ${names.length} methods at every rate`;
  const comparison = {
    title,
    dataset,
    series,
    rates: rates ?? recipe.report,
    seeds: seedsTo(seeds),
  };
  return { comparison, recipe };
}

/** All folds, or the one split that the recipe names. @throws InputError where there is none */
function splitsOf(recipe: Recipe, dataset: Dataset): string[] {
  return isAllFolds({ recipe, dataset }) ? foldNames(dataset) : [selectSplit(dataset, recipe.split).name];
}

/** The command that gives these results, with a stand-in for a path. */
function describeCommand(recipe: Recipe, { dataset, rates, seeds }: Comparison, options: CompareOptions): string {
  const { data, split, methods: names, epochs } = options;
  const parts = [`anyrate compare ${recipe.name}`];
  if (data !== undefined) parts.push(`--data ${isBuiltin(data) ? data : `path/to/${dataset.name}`}`);
  if (split !== undefined) parts.push(`--split ${split}`);
  if (names.length < methods.length) parts.push(`--methods ${names.join(',')}`);
  parts.push(`--rates ${rates.join(',')}`, `--seeds ${seeds.length}`);
  if (epochs !== undefined) parts.push(`--epochs ${epochs}`);
  return parts.join(' ');
}

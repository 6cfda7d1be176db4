import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type Comparison, comparedData } from '../run/compare/comparison.js';
import { methodNamed, methods } from '../run/methods/methods.js';
import { type ComparisonFlags, describeCommand, describeRecipe, loadSubject, withFlags } from './compare/plan.js';
import { reportComparison } from './compare/run.js';
import { examples, seedsTo, termsHelp } from './options.js';

interface CompareOptions extends ComparisonFlags {
  readonly methods: readonly string[];
}

export function compareCommand(): Command {
  const command = new Command('compare')
    .description('MRMP and its rivals on the same network, data, seeds, epochs and budgets: one table, one picture')
    .argument('[recipe]', 'built-in name or file (default: the recipe of the data set)')
    .addOption(
      new Option('--methods <list>', 'methods, separated by commas').argParser(parseMethods).default(
        methods.map(({ name }) => name),
        'all',
      ),
    );
  return withFlags(command)
    .addHelpText(
      'after',
      termsHelp(
        'Methods',
        methods.map(({ name, description }) => [name, description]),
      ),
    )
    .addHelpText(
      'after',
      examples(
        'anyrate compare --data irds --methods mrmp,srmp,mp-ft --rates 0,0.9,0.98 --seeds 3',
        'anyrate compare sbu --data path/to/sbu --split 5-fold --epochs 100',
      ),
    )
    .action(compare);
}

function parseMethods(text: string): string[] {
  return [...new Set(text.split(',').map((name) => methodNamed(name.trim(), '--methods').name))];
}

async function compare(name: string | undefined, options: CompareOptions): Promise<void> {
  const { methods: names, seeds, jobs, json } = options;
  const { recipe, dataset, splits, folder } = await loadSubject('compare', name, options);
  const rates = options.rates ?? recipe.report;
  const compared = names.length === 1 ? methodNamed(names[0]).title : `${names.length} methods`;
  const comparison: Comparison = {
    title: `${recipe.name}, ${recipe.split ?? splits[0]}: ${compared} at every rate`,
    data: comparedData(dataset),
    rates,
    seeds: seedsTo(seeds),
    picture: 'curves',
    series: names.map((method) => ({ title: methodNamed(method).title, method, recipe, splits })),
  };
  const command = describeCommand(
    `compare ${describeRecipe(name ?? recipe.name)}`,
    dataset.name,
    { ...options, rates },
    [`--methods ${names.join(',')}`],
  );
  await reportComparison(
    comparison,
    { folder, data: recipe.data, processes: jobs, command },
    join(folder, 'report'),
    json,
  );
}

import { join } from 'node:path';
import { Command } from 'commander';
import { ablationsOf } from '../run/compare/ablation.js';
import { type Comparison, comparedData } from '../run/compare/comparison.js';
import { type ComparisonFlags, describeCommand, describeRecipe, loadSubject, withFlags } from './compare/plan.js';
import { reportComparison } from './compare/run.js';
import { examples, seedsTo } from './options.js';

interface AblateOptions extends ComparisonFlags {
  readonly rates: readonly number[];
}

export function ablateCommand(): Command {
  const command = new Command('ablate')
    .description('what each piece of a recipe contributes: MRMP with all of them, then without each in turn')
    .argument('[recipe]', 'built-in name or file (default: the recipe of the data set)');
  return withFlags(command, [0, 0.9, 0.98, 0.995])
    .addHelpText(
      'after',
      examples(
        'anyrate ablate irds --split cross-subject/validation-1',
        'anyrate ablate my.json --seeds 5 --epochs 50',
      ),
    )
    .action(ablate);
}

async function ablate(name: string | undefined, options: AblateOptions): Promise<void> {
  const { rates, seeds, jobs, json } = options;
  const { recipe, dataset, splits, folder } = await loadSubject('ablate', name, options);
  const lines = [{ piece: '', recipe }, ...ablationsOf(recipe)];
  const comparison: Comparison = {
    title: `${recipe.name}, ${recipe.split ?? splits[0]}: without each piece of the recipe`,
    note: 'Without a channel step, or with heads summed, the network has fewer weights, and a rate is a share of those.',
    data: comparedData(dataset),
    rates,
    seeds: seedsTo(seeds),
    picture: 'differences',
    series: lines.map(({ piece, recipe: changed }) => ({
      title: piece === '' ? 'all pieces' : `without ${piece}`,
      method: 'mrmp',
      recipe: changed,
      splits,
    })),
  };
  const command = describeCommand(`ablate ${describeRecipe(name ?? recipe.name)}`, dataset.name, options);
  await reportComparison(
    comparison,
    { folder, data: recipe.data, processes: jobs, command },
    join(folder, 'report'),
    json,
  );
}

import { join } from 'node:path';
import { Command, Option } from 'commander';
import { ablationsOf } from '../compare/ablation.js';
import {
  defaultFolder,
  describeCommand,
  describeRecipe,
  loadSubject,
  type SubjectFlags,
  withSubjectFlags,
} from './compare/plan.js';
import { reportComparison } from './compare/run.js';
import { seedsTo } from './options.js';
import { examples } from './print.js';

interface AblateOptions extends SubjectFlags {
  readonly rates: readonly number[];
  readonly jobs: number;
  readonly out?: string;
  readonly json?: boolean;
}

export function ablateCommand(): Command {
  const command = new Command('ablate')
    .description('what each piece of a recipe is good for: MRMP with all of them, and without each one')
    .argument('[recipe]', 'built-in name or file (default: that of the data set)')
    .addOption(
      new Option(
        '--out <dir>',
        'folder of results; run again to go on (default: runs/ablate-<recipe>, and the split if one is given)',
      ),
    );
  return withSubjectFlags(command, [0, 0.9, 0.98, 0.995])
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
  const { rates, seeds, jobs, out, json } = options;
  const subject = await loadSubject(name, options);
  const { recipe, dataset, splits } = subject;
  const folder = out ?? defaultFolder('ablate', recipe.name, options.split);
  const lines = [{ piece: '', recipe }, ...ablationsOf(recipe)];
  const comparison = {
    title: `${recipe.name}, ${recipe.split ?? splits[0]}: without each piece of the recipe`,
    note: 'Without a channel step, or with heads summed, the network has fewer weights, of which a rate is a share.',
    ...{ dataset, rates, seeds: seedsTo(seeds) },
    series: lines.map(({ piece, recipe: own }) => ({
      ...{ title: piece === '' ? 'all pieces' : `without ${piece}`, method: 'mrmp', recipe: own, splits },
    })),
  };
  const command = describeCommand(`ablate ${describeRecipe(name ?? recipe.name)}`, dataset.name, options);
  await reportComparison(comparison, { folder, processes: jobs, command }, join(folder, 'report'), json);
}

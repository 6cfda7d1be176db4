import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { InputError } from '../core/errors.js';
import { VALIDATION_PARTS } from '../data/validation.js';
import { definedOnly, type RecipeOverrides } from '../train/recipe/parse-recipe.js';
import { examples, flags, printResult, wholeNumber } from './options.js';
import { describeRun, runAsJson } from './train/describe.js';
import { resumeRun, startRun } from './train/run.js';

const MOST_THREADS = 4;

interface TrainOptions {
  readonly data?: string;
  readonly split?: string;
  readonly rates?: readonly number[];
  readonly epochs?: number;
  readonly seed?: number;
  readonly threads: number;
  readonly validate?: number;
  readonly calibrate?: boolean;
  readonly fast?: boolean;
  readonly out?: string;
  readonly resume?: string;
  readonly json?: boolean;
}

export function trainCommand(): Command {
  const threads = Math.min(availableParallelism(), MOST_THREADS);
  return new Command('train')
    .description('train one network for all rates; writes a run folder with model and report')
    .argument('[recipe]', 'built-in name or file (default: irds)')
    .addOption(flags.data())
    .addOption(flags.split())
    .addOption(flags.rates())
    .addOption(flags.epochs())
    .addOption(new Option('--seed <n>', 'seed of all random numbers').argParser(wholeNumber('--seed', 0)))
    .addOption(
      new Option('--threads <n>', 'threads to train with; the result is the same for any number')
        .argParser(wholeNumber('--threads', 1, 64))
        .default(threads),
    )
    .addOption(
      new Option(
        '--validate <part>',
        'leave a part (1 to 4) of the training subjects out and report on it, not on the test',
      )
        .argParser(wholeNumber('--validate', 1, VALIDATION_PARTS))
        .conflicts('calibrate'),
    )
    .option('--calibrate', 'train twice: first without validation part 1, for temperatures and for cut --keep')
    .addOption(flags.fast())
    .addOption(new Option('--out <dir>', 'run folder; by default the next free runs/<recipe>'))
    .addOption(new Option('--resume <run>', 'go on with an interrupted run').conflicts(RECIPE_FLAGS))
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate train', 'anyrate train sbu --data path/to/sbu --split fold5 --seed 2'))
    .action(trainRecipe);
}

const DEFAULT_RECIPE = 'irds';

function recipeOfResumed(recipe: string): InputError {
  return new InputError({
    source: '--resume',
    expected: 'no recipe: a resumed run goes on with its own',
    found: `"${recipe}"`,
    mend: 'Leave out the recipe, or start a new run without --resume.',
  });
}

/** Flags that a resumed run has settled already. */
const RECIPE_FLAGS = ['data', 'split', 'rates', 'epochs', 'seed', 'validate', 'calibrate', 'fast', 'out'];

async function trainRecipe(recipe: string | undefined, options: TrainOptions): Promise<void> {
  const { threads, resume, out, validate, json } = options;
  if (recipe !== undefined && resume !== undefined) throw recipeOfResumed(recipe);
  const result =
    resume === undefined
      ? await startRun(recipe ?? DEFAULT_RECIPE, overridesOf(options), { threads, out, validate })
      : await resumeRun(resume, { threads });
  printResult(json, runAsJson(result), () => describeRun(result));
}

function overridesOf({ data, split, rates, epochs, seed, calibrate, fast }: TrainOptions): RecipeOverrides {
  const arithmetic = fast ? 'fast' : undefined;
  return definedOnly({ data, split, report: rates, epochs, seed, calibrate, arithmetic });
}

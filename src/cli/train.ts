import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { InputError } from '../core/errors.js';
import { VALIDATION_PARTS } from '../data/validation.js';
import { DEFAULT_BUDGET } from '../train/automatic/search-recipe.js';
import { builtinRecipes } from '../train/node/load-recipe.js';
import { definedOnly, type RecipeOverrides } from '../train/recipe/parse-recipe.js';
import { FAMILIES, type Family } from '../train/recipe/recipe.js';
import { examples, flags, printResult, wholeNumber } from './options.js';
import { startAutomatic } from './train/automatic.js';
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
  readonly jobs: number;
  readonly validate?: number;
  readonly calibrate?: boolean;
  readonly fast?: boolean;
  readonly out?: string;
  readonly resume?: string;
  readonly budget: number;
  readonly family?: Family | 'both';
  readonly json?: boolean;
}

export function trainCommand(): Command {
  const threads = Math.min(availableParallelism(), MOST_THREADS);
  return new Command('train')
    .description('train one network for all rates; writes a run folder with model and report')
    .argument('[recipe]', 'built-in name, recipe file, or a folder, zip or .anyset of your recordings (default: irds)')
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
        '--jobs <n>',
        'of several folds, and of trials for a recipe, how many to train at the same time, each in a process of its own',
      )
        .argParser(wholeNumber('--jobs', 1, 256))
        .default(1),
    )
    .addOption(
      new Option(
        '--validate <part>',
        'leave out a part (1 to 4) of the training subjects and report on it instead of the test part',
      )
        .argParser(wholeNumber('--validate', 1, VALIDATION_PARTS))
        .conflicts('calibrate'),
    )
    .option('--calibrate', 'train twice: first without validation part 1, for temperatures and for cut --keep')
    .addOption(flags.fast())
    .addOption(new Option('--out <dir>', 'run folder; by default the next free runs/<recipe>'))
    .addOption(
      new Option('--budget <steps>', 'without a recipe: optimiser steps for the trials that choose one')
        .argParser(wholeNumber('--budget', 0, 1_000_000))
        .default(DEFAULT_BUDGET),
    )
    .addOption(
      new Option(
        '--family <name>',
        'without a recipe: one block, a network over time, or the better one on validation (default: the better one where one block errs in more than one answer of 20)',
      ).choices(FAMILIES),
    )
    .addOption(
      new Option('--resume <run>', 'continue an interrupted run').conflicts([...RECIPE_FLAGS, ...SEARCH_FLAGS]),
    )
    .addOption(flags.json())
    .addHelpText(
      'after',
      examples(
        'anyrate train',
        'anyrate train my-moves',
        'anyrate train sbu --data path/to/sbu --split fold5 --seed 2',
      ),
    )
    .action(trainRecipe);
}

const DEFAULT_RECIPE = 'irds';

function recipeOfResumed(recipe: string): InputError {
  return new InputError({
    source: '--resume',
    expected: 'no recipe: a resumed run continues with its own',
    found: `"${recipe}"`,
    mend: 'Leave out the recipe, or start a new run without --resume.',
  });
}

/** Flags that a resumed run has settled already. */
const RECIPE_FLAGS = ['data', 'split', 'rates', 'epochs', 'seed', 'validate', 'calibrate', 'fast', 'out'];
/** Flags of the search for a recipe, which there is of data alone. */
const SEARCH_FLAGS = ['budget', 'family'];

function searchOfRecipe(flag: string, recipe: string): InputError {
  return new InputError({
    source: `--${flag}`,
    expected: 'a folder, zip or .anyset of your recordings, to choose a recipe for',
    found: `the recipe "${recipe}"`,
    mend: `Leave out --${flag}, or pass the recordings in place of the recipe.`,
  });
}

async function trainRecipe(recipe: string | undefined, options: TrainOptions, command: Command): Promise<void> {
  const { threads, jobs, resume, out, validate, budget, family, json } = options;
  if (recipe !== undefined && resume !== undefined) throw recipeOfResumed(recipe);
  const ofData = recipe !== undefined && isData(recipe);
  const search = SEARCH_FLAGS.find((flag) => command.getOptionValueSource(flag) === 'cli');
  if (search !== undefined && !ofData) throw searchOfRecipe(search, recipe ?? DEFAULT_RECIPE);
  const result =
    resume !== undefined
      ? await resumeRun(resume, { threads, jobs })
      : ofData
        ? await startAutomatic(recipe, overridesOf(options), { threads, jobs, out, validate, budget, family })
        : await startRun(recipe ?? DEFAULT_RECIPE, overridesOf(options), { threads, jobs, out, validate });
  printResult(json, runAsJson(result), () => describeRun(result));
}

/** Whether what is to be trained is data and no recipe. */
function isData(path: string): boolean {
  if (builtinRecipes().includes(path) || !existsSync(path)) return false;
  return /\.(anyset|zip)$/.test(path) || statSync(path).isDirectory();
}

function overridesOf({ data, split, rates, epochs, seed, calibrate, fast }: TrainOptions): RecipeOverrides {
  const arithmetic = fast ? 'fast' : undefined;
  return definedOnly({ data, split, report: rates, epochs, seed, calibrate, arithmetic });
}

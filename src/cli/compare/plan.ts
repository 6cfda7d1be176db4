import { basename, join } from 'node:path';
import { type Command, Option } from 'commander';
import { InputError } from '../../core/errors.js';
import { shellWord } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import { isBuiltin, loadDataset } from '../../data/node/load.js';
import { foldSplits } from '../../run/folds.js';
import { trainableSplit } from '../../train/create-training.js';
import { builtinRecipes, loadRecipe } from '../../train/node/load-recipe.js';
import { checkRecipe } from '../../train/recipe/check-recipe.js';
import { definedOnly } from '../../train/recipe/parse-recipe.js';
import { MOST_FIXED_RATES, type Recipe } from '../../train/recipe/recipe.js';
import { flags } from '../options.js';
import { pluginPaths } from '../plugins.js';

/** The flags that say what is trained and evaluated. */
export interface SubjectFlags {
  readonly data?: string;
  readonly split?: string;
  readonly rates?: readonly number[];
  readonly seeds: number;
  readonly epochs?: number;
  readonly fast?: boolean;
}

/** The flags of `compare` and `ablate` alike. */
export interface ComparisonFlags extends SubjectFlags {
  readonly jobs: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** A command with these flags. */
export function withFlags(command: Command, rates?: readonly number[]): Command {
  const folder = `runs/${command.name()}-<recipe>, plus the split if one is given`;
  return command
    .addOption(new Option('--out <dir>', `results folder; run the same command again to continue (default: ${folder})`))
    .addOption(flags.data())
    .addOption(flags.split())
    .addOption(flags.rates(MOST_FIXED_RATES).default(rates, rates?.join(',')))
    .addOption(flags.seeds().default(3))
    .addOption(flags.epochs())
    .addOption(flags.jobs())
    .addOption(flags.fast())
    .addOption(flags.json());
}

/** What is trained and evaluated. */
export interface Subject {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  /** Several where the mean of all folds counts. */
  readonly splits: readonly string[];
  /** Of the results. */
  readonly folder: string;
}

const DEFAULT_RECIPE = 'irds';

/** A recipe with its data, by name or else that of the data set. @throws InputError where they do not fit */
export async function loadSubject(
  command: string,
  name: string | undefined,
  { data, split, epochs, fast, out }: ComparisonFlags,
): Promise<Subject> {
  const dataset = await loadDataset(data ?? loadRecipe(name ?? DEFAULT_RECIPE).data);
  const arithmetic = fast ? 'fast' : undefined;
  if (name === undefined && !builtinRecipes().includes(dataset.name)) throw withoutRecipe(command, dataset.name, data!);
  const recipe = loadRecipe(name ?? dataset.name, definedOnly({ data, split, epochs, arithmetic }));
  checkRecipe(recipe, dataset);
  const folds = foldSplits(recipe.split, dataset);
  const splits = (folds.length > 0 ? folds : [recipe.split]).map((one) => trainableSplit(dataset, one).name);
  return { recipe, dataset, splits, folder: out ?? defaultFolder(command, recipe.name, split) };
}

function withoutRecipe(command: string, name: string, data: string): InputError {
  const [file, folder] = [shellWord(join('runs', name, 'recipe.json')), shellWord(data)];
  return new InputError({
    source: `anyrate ${command}`,
    expected: 'a recipe: only built-in data sets have one of their name',
    found: `--data ${data} alone`,
    mend: `Run "anyrate train ${folder}" first, then "anyrate ${command} ${file} --data ${folder}".`,
  });
}

/** The folder of results, one a recipe and split: a look at validation does not replace the test's report. */
function defaultFolder(command: string, recipe: string, split: string | undefined): string {
  const parts = [command, recipe, ...(split === undefined ? [] : [split.replaceAll('/', '-')])];
  return join('runs', parts.join('-'));
}

/** A built-in recipe's name, or a stand-in for the path of another. */
export function describeRecipe(recipe: string): string {
  return builtinRecipes().includes(recipe) ? recipe : `path/to/${basename(recipe)}`;
}

/** The command that gives the same results, with stand-ins for paths; `more` are flags of the command alone. */
export function describeCommand(
  command: string,
  dataset: string,
  { data, split, rates, seeds, epochs, fast }: SubjectFlags,
  more: readonly string[] = [],
): string {
  const parts = [`anyrate ${command}`];
  if (data !== undefined) parts.push(`--data ${isBuiltin(data) ? data : `path/to/${dataset}`}`);
  if (split !== undefined) parts.push(`--split ${split}`);
  parts.push(...more);
  if (rates !== undefined) parts.push(`--rates ${rates.join(',')}`);
  parts.push(`--seeds ${seeds}`);
  if (epochs !== undefined) parts.push(`--epochs ${epochs}`);
  if (fast) parts.push('--fast');
  parts.push(...pluginPaths(process.argv.slice(2)).map((path) => `--plugin path/to/${basename(path)}`));
  return parts.join(' ');
}

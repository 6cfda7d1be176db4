import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { InputError } from '../../../core/errors.js';
import { readText } from '../../../core/node/read.js';
import type { Dataset } from '../../../data/dataset.js';
import { isBuiltin, loadDataset } from '../../../data/node/load.js';
import { trainableSplit } from '../../../train/create-training.js';
import { builtinRecipes, loadRecipe } from '../../../train/node/load-recipe.js';
import { definedOnly } from '../../../train/recipe/parse-recipe.js';
import { foldSplits } from '../../folds.js';
import { createPlan, type SweepPlan } from '../plan.js';
import { parseSeeds } from '../seeds.js';
import { parseSweepFile, type SweepFile } from '../sweep-file.js';
import { variantsOf } from '../variants.js';

/** What may be changed of a sweep's file. */
export interface SweepChanges {
  /** A built-in data set's name, or a path. */
  readonly data?: string | undefined;
  /** `5` for 1 to 5, or a list such as `4-6,9`. */
  readonly seeds?: string | undefined;
  readonly epochs?: number | undefined;
}

/** A plan, and where its data are on this machine. */
export interface PlannedSweep {
  readonly plan: SweepPlan;
  readonly data: string;
}

/** Reads a sweep's file, its recipes and its data, and settles everything. @throws InputError */
export async function planSweep(path: string, changes: SweepChanges): Promise<PlannedSweep> {
  const file = parseSweepFile(readJson(path), path);
  const epochs = changes.epochs ?? file.epochs;
  const recipes = file.recipes.map((name) => loadRecipe(besides(path, name), definedOnly({ epochs })));
  const data = changes.data ?? (file.data === undefined ? recipes[0].data : besides(path, file.data));
  const dataset = await loadDataset(data);
  const splits = [file.splits ?? recipes[0].split ?? dataset.splits[0]?.name ?? ''].flat();
  const plan = createPlan(
    {
      name: file.name ?? basename(path).replace(/\.json$/, ''),
      command: describeSweep(path, changes),
      methods: [...new Set(file.methods)],
      seeds: seedsOf(changes.seeds ?? file.seeds, path),
      splits: [...new Set(splits.flatMap((split) => splitsOf(split, dataset)))],
      rates: [...new Set(file.rates ?? recipes[0].report)],
      variants: variantsOf(recipes, file, path),
      search: file.search,
    },
    dataset,
    path,
  );
  return { plan, data };
}

/** What stands for all folds or subjects, as their names. */
function splitsOf(split: string, dataset: Dataset): string[] {
  const folds = foldSplits(split, dataset);
  return folds.length > 0 ? folds : [trainableSplit(dataset, split).name];
}

function seedsOf(seeds: SweepFile['seeds'], path: string): number[] {
  return Array.isArray(seeds) ? [...new Set(seeds)] : parseSeeds(String(seeds), path);
}

/** A built-in name, or the path of a file beside the sweep's. */
function besides(path: string, name: string): string {
  return builtinRecipes().includes(name) || isBuiltin(name) ? name : resolve(dirname(path), name);
}

function describeSweep(path: string, { data, seeds, epochs }: SweepChanges): string {
  const parts = ['anyrate sweep', `path/to/${basename(path)}`];
  if (data !== undefined) parts.push(`--data ${isBuiltin(data) ? data : 'path/to/data'}`);
  if (seeds !== undefined) parts.push(`--seeds ${seeds}`);
  if (epochs !== undefined) parts.push(`--epochs ${epochs}`);
  return parts.join(' ');
}

function readJson(path: string): unknown {
  if (!existsSync(path)) {
    const mend = 'Write one as docs/sweeps.md shows.';
    throw new InputError({ source: path, expected: 'the file of a sweep', found: 'nothing', mend });
  }
  try {
    return JSON.parse(readText(path));
  } catch (error) {
    if (error instanceof InputError) throw error;
    const found = `text that is not (${(error as Error).message})`;
    throw new InputError({ source: path, expected: 'JSON', found, mend: 'Fix the file; see docs/sweeps.md.' });
  }
}
